package lb.config.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lb.config.BackendConfig;
import lb.config.Config;
import lb.config.PoolConfig;

/** Reads {@code pools}, and the pool that {@code backends} at the root makes. */
final class PoolsReading {
    private static final String EXPECTED =
            "an object such as { \"api\": { \"backends\": [\"http://10.0.0.7:8080\"] } }";
    private static final String UNWEIGHTED = "roundRobin";

    private final Values values;
    private final PoolLevelReading levels;
    private final BackendsReading backends;

    PoolsReading(Values values, Set<String> balancers) {
        this.values = values;
        this.levels = new PoolLevelReading(values, balancers);
        this.backends = new BackendsReading(values);
    }

    /** What the root says of all pools. */
    PoolLevel level(Fields root) {
        return levels.read(root, PoolLevel.BUILT_IN, Shape.TIMEOUTS, Shape.LIMITS);
    }

    /** By name; each with the node that makes it, also where its config was refused and is null. */
    Map<String, Named<PoolConfig>> read(Fields root, PoolLevel level) {
        Map<String, Named<PoolConfig>> pools = new LinkedHashMap<>();
        Node list = root.node("backends");
        if (list != null) pools.put(Config.DEFAULT, new Named<>(list, pool(Config.DEFAULT, list, level)));
        Node node = root.node("pools");
        if (list == null && node == null) {
            values.problems().addMissing(root.object(), "backends",
                    "write who answers requests, such as [\"http://127.0.0.1:9001\"]");
        }
        if (node == null) return pools;
        if (!node.is(Node.Kind.OBJECT)) {
            values.wrong(node, EXPECTED);
            return pools;
        }
        for (Node member : Named.members(node, values)) {
            if (member.key().equals(Config.DEFAULT) && list != null) {
                values.problems().addAtKey(member, "\"backends\" on line " + list.keyPlace().line()
                        + " makes a pool \"default\" already; rename this one, or put those backends here");
            }
            pools.putIfAbsent(member.key(), new Named<>(member, pool(member, level)));
        }
        if (pools.isEmpty()) {
            values.wrong(node, EXPECTED);
        }
        return pools;
    }

    private PoolConfig pool(Node node, PoolLevel base) {
        if (!node.is(Node.Kind.OBJECT)) {
            return values.wrong(node, "an object such as { \"backends\": [\"http://10.0.0.7:8080\"] }");
        }
        Fields fields = new Fields(node, Shape.POOL, values);
        PoolLevel level = levels.read(fields, base, Shape.POOL_TIMEOUTS, Shape.POOL_LIMITS);
        Node list = fields.node("backends");
        if (list != null) return pool(node.key(), list, level);
        values.problems().addMissing(node, "backends", "write who answers, such as [\"http://10.0.0.7:8080\"]");
        return null;
    }

    private PoolConfig pool(String name, Node list, PoolLevel level) {
        List<BackendConfig> read = backends.read(list);
        if (read.isEmpty()) return null;
        if (read.stream().allMatch(backend -> backend.weight() == 0)) {
            values.problems().warn(list, "every backend has weight 0: none takes a new request");
        }
        if (level.balance().name().equals(UNWEIGHTED)) warnOfIgnoredWeight(list);
        return level.pool(name, read);
    }

    private void warnOfIgnoredWeight(Node list) {
        for (Node backend : list.items()) {
            Node weight = backend.members().get("weight");
            if (weight == null || "0".equals(weight.text()) || "1".equals(weight.text())) continue;
            values.problems().warn(weight, weight.shown()
                    + " is ignored by \"roundRobin\"; \"weightedRoundRobin\" heeds weights");
            return;
        }
    }
}
