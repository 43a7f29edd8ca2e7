package lb.config.file;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lb.config.ConnectionsConfig;
import lb.config.ListenerConfig;
import lb.config.PoolConfig;
import lb.config.Quoted;
import lb.config.StickyConfig;
import lb.config.Units;
import lb.config.route.RouteConfig;

/** What no value shows on its own: names that lead nowhere, settings that do nothing. */
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
        for (Named<ListenerConfig> listener : listeners.values()) {
            allRead &= listener.value() != null;
            String pool = listener.value() == null ? null : listener.value().pool();
            // without any pool, the missing backends are the problem
            if (pool != null && !pools.containsKey(pool) && !pools.isEmpty()) noSuchPool(listener.node(), pool);
        }
        if (!allRead) return;
        Set<String> used = used();
        for (Map.Entry<String, Named<PoolConfig>> pool : pools.entrySet()) {
            if (!used.contains(pool.getKey())) {
                problems.warnAtKey(pool.getValue().node(), "no listener, route or mirror leads to this pool");
            }
        }
    }

    /** The names of the pools that requests can come to. */
    private Set<String> used() {
        Set<String> used = new HashSet<>();
        for (Named<ListenerConfig> listener : listeners.values()) {
            if (listener.value() == null) continue;
            if (listener.value().pool() != null) used.add(listener.value().pool());
            for (RouteConfig route : listener.value().routes()) used.addAll(route.pools());
        }
        return used;
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

    /** @param rootRoutes or null when the root has none */
    void routesTakeEffect(Node rootRoutes) {
        boolean rootUsed = rootRoutes == null || listeners.isEmpty();
        Set<Node> warned = new HashSet<>();
        for (Named<ListenerConfig> listener : listeners.values()) {
            Node own = listener.node().members().get("routes");
            rootUsed |= own == null;
            Node written = own == null ? rootRoutes : own;
            if (listener.value() == null || listener.value().pool() != null || !warned.add(written)) continue;
            if (listener.value().routes().stream().anyMatch(route -> Coverage.everything(route.match()))) continue;
            problems.warnAtKey(written, "no route takes everything, and there is no pool \"default\": what no route "
                    + "takes is answered with 404");
        }
        if (!rootUsed) problems.warnAtKey(rootRoutes, "is used by no listener: each has its own \"routes\"");
    }

    /** Routes by what backends never see, as lb replaces what strangers say of themselves. */
    void claimsAreBelieved(Node rootRoutes, boolean proxiesTrusted) {
        if (proxiesTrusted) return;
        if (rootRoutes != null) rootRoutes.items().forEach(this::warnOfClaims);
        for (Named<ListenerConfig> listener : listeners.values()) {
            Node own = listener.node().members().get("routes");
            if (own != null) own.items().forEach(this::warnOfClaims);
        }
    }

    private void warnOfClaims(Node route) {
        Node match = route.members().get("match");
        Node header = match == null ? null : match.members().get("header");
        if (header == null) return;
        for (Node field : header.members().values()) {
            if (!FieldNames.saysWhoTheClientIs(field.key().toLowerCase(Locale.ROOT))) continue;
            problems.warnAtKey(field, "is what any client says of itself: there are no \"trustedProxies\"");
        }
    }

    /** Pools that some listener leads to, and that hand the same cookie to the same clients. */
    void cookiesDiffer() {
        Set<String> used = used();
        Map<List<Object>, String> first = new HashMap<>();
        for (Map.Entry<String, Named<PoolConfig>> pool : pools.entrySet()) {
            PoolConfig read = pool.getValue().value();
            if (read == null || read.sticky() == null || read.sticky().cookie() == null) continue;
            if (!used.contains(pool.getKey())) continue;
            StickyConfig sticky = read.sticky();
            String other = first.putIfAbsent(
                    Arrays.asList(sticky.cookie(), sticky.domain(), sticky.path()), pool.getKey());
            if (other == null) continue;
            Node written = pool.getValue().node().members().get("sticky");
            problems.warnAtKey(written == null ? pool.getValue().node() : written, "the cookie "
                    + Quoted.of(sticky.cookie()) + " is that of pool " + Quoted.of(other) + ", too: a client of both "
                    + "stays with neither; give one of them another name");
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
}
