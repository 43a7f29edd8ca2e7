package lb.config.file;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import lb.config.AdminConfig;
import lb.config.ConnectionsConfig;
import lb.config.ListenAddress;
import lb.config.ListenerConfig;
import lb.config.PoolConfig;
import lb.config.Quoted;
import lb.config.Units;

/** What no value shows on its own: names that lead nowhere, addresses taken twice, settings that do nothing. */
final class CrossChecks {
    private final Map<String, Named<ListenerConfig>> listeners;
    private final Map<String, Named<PoolConfig>> pools;
    private final Problems problems;

    CrossChecks(Map<String, Named<ListenerConfig>> listeners, Map<String, Named<PoolConfig>> pools, Problems problems) {
        this.listeners = listeners;
        this.pools = pools;
        this.problems = problems;
    }

    void poolsExist() {
        boolean allRead = true;
        Set<String> used = new HashSet<>();
        for (Named<ListenerConfig> listener : listeners.values()) {
            if (listener.value() == null) {
                allRead = false;
                continue;
            }
            String pool = listener.value().pool();
            used.add(pool);
            // without any pool, the missing backends are the problem
            if (!pools.containsKey(pool) && !pools.isEmpty()) noSuchPool(listener.node(), pool);
        }
        if (!allRead) return;
        for (Map.Entry<String, Named<PoolConfig>> pool : pools.entrySet()) {
            if (!used.contains(pool.getKey())) {
                problems.warnAtKey(pool.getValue().node(), "no listener leads to this pool");
            }
        }
    }

    void settingsTakeEffect() {
        for (Named<PoolConfig> pool : pools.values()) {
            if (pool.value() == null) continue;
            ConnectionsConfig connections = pool.value().connections();
            if (connections.queue() > 0 && connections.maxPerBackend() == 0) {
                problems.warnAtKey(pool.node(), "connections.queue has no effect without connections.maxPerBackend");
            }
            Duration response = pool.value().timeouts().response();
            Duration within = pool.value().retry().within();
            if (pool.value().retry().timeout() && response.compareTo(within) >= 0) {
                problems.warnAtKey(pool.node(), "\"timeout\" in retry.on has no effect: retry.within is "
                        + Units.write(within) + ", timeouts.response " + Units.write(response));
            }
        }
    }

    private void noSuchPool(Node listener, String pool) {
        Node written = listener.members().get("pool");
        if (written != null) {
            problems.add(written, "no pool is called " + Quoted.of(pool) + Nearest.hint(pool, pools.keySet()));
            return;
        }
        String example = pools.keySet().iterator().next();
        problems.addAtKey(listener, "no pool is called \"default\"; name another one: { \"listen\": …, \"pool\": "
                + Quoted.of(example) + " }" + (listener.key().equals("listen") ? " under \"listeners\"" : ""));
    }

    /** @param admin or null when turned off @param adminNode or null when it is not in the file */
    void addressesDiffer(AdminConfig admin, Node adminNode) {
        Map<String, Named<ListenerConfig>> taken = new HashMap<>();
        for (Named<ListenerConfig> listener : listeners.values()) {
            if (listener.value() == null) continue;
            ListenAddress listen = listener.value().listen();
            if (listen.port() == 0) continue;
            Named<ListenerConfig> first =
                    taken.putIfAbsent(listen.address().getHostAddress() + " " + listen.port(), listener);
            if (first != null) {
                problems.add(place(listener.node()), listen + " is taken already: " + place(first.node()).path()
                        + " on line " + first.node().place().line());
            }
            if (admin != null && listen.overlaps(admin.listen())) {
                problems.add(place(listener.node()), listen + " is taken already: admin listens on " + admin.listen()
                        + (adminNode == null ? " by default; write \"admin\": false or another address"
                                : " on line " + adminNode.place().line()));
            }
        }
    }

    private static Node place(Node listener) {
        return listener.is(Node.Kind.OBJECT) ? listener.members().get("listen") : listener;
    }
}
