package lb.config.file;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import lb.config.ConnectionsConfig;
import lb.config.HealthConfig;
import lb.config.Limits;
import lb.config.PoolConfig;
import lb.config.Timeouts;

/** Reads the pool-level keys; what is missing, also inside an object, is taken from the level above. */
final class PoolLevelReading {
    private final Values values;
    private final BalanceReading balance;

    /** @param balancers the known names */
    PoolLevelReading(Values values, Set<String> balancers) {
        this.values = values;
        this.balance = new BalanceReading(values, balancers);
    }

    /** @param timeouts the shape of {@code timeouts} here @param limits the shape of {@code limits} here */
    PoolLevel read(Fields fields, PoolLevel base, Shape timeouts, Shape limits) {
        Node health = fields.node("health");
        HealthConfig checked = health == null ? base.health() : new HealthReading(values).read(health, base.health());
        Node outlier = fields.node("outlier");
        Node sticky = fields.node("sticky");
        return new PoolLevel(
                fields.read("balance", base.balance(), balance::read),
                checked,
                fields.read("retry", base.retry(), node -> new RetryReading(values).read(node, base.retry())),
                fields.read("timeouts", base.timeouts(), node -> timeouts(node, timeouts, base.timeouts())),
                fields.read("limits", base.limits(), node -> limits(node, limits, base.limits())),
                fields.read("connections", base.connections(), node -> connections(node, base.connections())),
                fields.truth("preserveHost", base.preserveHost()),
                outlier == null ? base.outlier() : new OutlierReading(values).read(outlier, base.outlier()),
                fields.read("slowStart", base.slowStart(), this::slowStart),
                fields.word("whenNoneEligible", base.whenNoneEligible(), Words.WHEN_NONE_ELIGIBLE),
                sticky == null ? base.sticky() : new StickyReading(values).read(sticky, base.sticky()),
                new PreferenceReading(values).read(fields, base.preference()));
    }

    private Duration slowStart(Node node) {
        return node.isFalse() ? Duration.ZERO : values.duration(node, PoolConfig.MAX_SLOW_START);
    }

    private Timeouts timeouts(Node node, Shape shape, Timeouts base) {
        if (!node.is(Node.Kind.OBJECT)) return values.wrong(node, "an object such as { \"connect\": \"3s\" }");
        Fields fields = new Fields(node, shape, values);
        boolean root = shape == Shape.TIMEOUTS;
        return new Timeouts(
                timeout(fields, "connect", base.connect()),
                timeout(fields, "response", base.response()),
                timeout(fields, "stream", base.stream()),
                timeout(fields, "upgrade", base.upgrade()),
                root ? timeout(fields, "clientHeaders", base.clientHeaders()) : base.clientHeaders(),
                root ? timeout(fields, "clientIdle", base.clientIdle()) : base.clientIdle(),
                root ? timeout(fields, "drain", base.drain()) : base.drain());
    }

    private static Duration timeout(Fields fields, String key, Duration otherwise) {
        return fields.duration(key, otherwise, Timeouts.MAX);
    }

    private Limits limits(Node node, Shape shape, Limits base) {
        if (!node.is(Node.Kind.OBJECT)) return values.wrong(node, "an object such as { \"body\": \"10MiB\" }");
        Fields fields = new Fields(node, shape, values);
        long body = fields.read("body", base.body(), written -> written.isFalse() ? Long.valueOf(Limits.NONE)
                : values.size(written, 0, Limits.MAX_BODY, ", or false for no limit"));
        if (shape == Shape.POOL_LIMITS) return base.withBody(body);
        return new Limits(
                bytes(fields, "headers", base.headers(), Limits.MIN_HEADERS),
                fields.whole("headerCount", base.headerCount(), 1, Limits.MAX_HEADER_COUNT),
                bytes(fields, "line", base.line(), Limits.MIN_LINE),
                body,
                fields.read("bodyRate", base.bodyRate(), this::bodyRate),
                fields.read("connections", base.connections(), this::clients),
                fields.read("connectionsPerClient", base.connectionsPerClient(), this::clientsOfOneAddress));
    }

    private int bytes(Fields fields, String key, int otherwise, int least) {
        return fields.read(key, (long) otherwise, node -> values.size(node, least, Limits.MAX_HEADERS, "")).intValue();
    }

    private Long bodyRate(Node node) {
        return node.isFalse() ? Long.valueOf(0) : values.rate(node, 1, Limits.MAX_BODY_RATE, ", or false for no limit");
    }

    private Integer clientsOfOneAddress(Node node) {
        return node.isFalse() ? Integer.valueOf(0)
                : values.whole(node, 1, Limits.MAX_CONNECTIONS, ", or false for no limit");
    }

    private Integer clients(Node node) {
        if (node.is(Node.Kind.TEXT)) return values.word(node, Map.of("auto", 0), "a whole number");
        return values.whole(node, 1, Limits.MAX_CONNECTIONS, ", or \"auto\"");
    }

    private ConnectionsConfig connections(Node node, ConnectionsConfig base) {
        if (!node.is(Node.Kind.OBJECT)) return values.wrong(node, "an object such as { \"idle\": \"30s\" }");
        Fields fields = new Fields(node, Shape.CONNECTIONS, values);
        int most = fields.read("maxPerBackend", base.maxPerBackend(), written -> written.isFalse() ? Integer.valueOf(0)
                : values.whole(written, 1, ConnectionsConfig.MAX, ", or false for no limit"));
        return new ConnectionsConfig(
                most,
                fields.duration("idle", base.idle(), Timeouts.MAX),
                fields.whole("maxIdle", base.maxIdle(), 0, ConnectionsConfig.MAX),
                fields.whole("queue", base.queue(), 0, ConnectionsConfig.MAX_QUEUE),
                fields.duration("queueTimeout", base.queueTimeout(), Timeouts.MAX));
    }
}
