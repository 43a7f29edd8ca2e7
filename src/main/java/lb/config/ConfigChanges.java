package lb.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a reload changes, for the log and for whoever sent the config:
 * <pre>
 * listener=http: listen 0.0.0.0:80 → 0.0.0.0:81
 * listeners=http,plain: route api added; route shop split shop 95, next 5 → shop 90, next 10
 * pool=api: backend b4 added; backend b2 weight 1 → 3; health.interval 5s → 1s; 3 backends untouched
 * lb: timeouts.drain 25s → 10s
 * 1 listener and 4 pools untouched
 * </pre>
 * Time and memory grow with the number of backends, not with its square. Threading: immutable.
 */
public final class ConfigChanges {
    /** One listener, one pool, or the process itself. @param what such as {@code pool=api} @param changes in words */
    public record Part(String what, List<String> changes) {
        @Override public String toString() {
            return what + ": " + String.join("; ", changes);
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private int listenersUntouched;
    private int poolsUntouched;

    private ConfigChanges() {}

    public static ConfigChanges between(Config before, Config after) {
        ConfigChanges changes = new ConfigChanges();
        changes.listeners(before.listeners(), after.listeners());
        changes.pools(before.pools(), after.pools());
        changes.process(before, after);
        return changes;
    }

    /** True when nothing that takes effect differs. */
    public boolean none() {
        return parts.isEmpty();
    }

    /** Listeners, pools, the process; without what is untouched. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    /** One line for each part and one that counts what is untouched. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(parts.stream().map(Part::toString).toList());
        lines.add(Differences.count(listenersUntouched, "listener") + " and "
                + Differences.count(poolsUntouched, "pool") + " untouched");
        return lines;
    }

    private void listeners(Map<String, ListenerConfig> before, Map<String, ListenerConfig> after) {
        for (ListenerConfig old : before.values()) {
            if (!after.containsKey(old.name())) add("listener=" + old.name(), "removed from " + old.listen());
        }
        Map<RouteChanges, List<String>> routes = routes(before, after);
        for (ListenerConfig now : after.values()) {
            ListenerConfig old = before.get(now.name());
            if (old == null) {
                add("listener=" + now.name(), added(now));
            } else if (old.equals(now)) {
                listenersUntouched++;
            } else {
                Differences differences = new Differences();
                differences.field("listen", old.listen(), now.listen());
                differences.field("pool", old.pool(), now.pool());
                differences.field("routes", whose(old), whose(now));
                RouteChanges changes = new RouteChanges(old.routes(), now.routes());
                if (routes.getOrDefault(changes, List.of()).size() == 1) changes.tell(differences);
                if (!differences.none()) add("listener=" + now.name(), differences);
            }
        }
        routes.forEach((changes, listeners) -> {
            if (listeners.size() == 1) return;
            Differences differences = new Differences();
            changes.tell(differences);
            add("listeners=" + String.join(",", listeners), differences);
        });
    }

    /** The names of the listeners whose routes differ in the same way: those with the root's are told once. */
    private static Map<RouteChanges, List<String>> routes(Map<String, ListenerConfig> before,
            Map<String, ListenerConfig> after) {
        Map<RouteChanges, List<String>> routes = new LinkedHashMap<>();
        for (ListenerConfig now : after.values()) {
            ListenerConfig old = before.get(now.name());
            if (old == null || old.routes().equals(now.routes())) continue;
            routes.computeIfAbsent(new RouteChanges(old.routes(), now.routes()), same -> new ArrayList<>())
                    .add(now.name());
        }
        return routes;
    }

    private static String whose(ListenerConfig listener) {
        return listener.shared() ? "of the root" : "its own";
    }

    private static String added(ListenerConfig now) {
        return "added on " + now.listen() + (now.pool() == null ? "" : " to pool=" + now.pool())
                + (now.routes().isEmpty() ? "" : " with " + Differences.count(now.routes().size(), "route"));
    }

    private void pools(Map<String, PoolConfig> before, Map<String, PoolConfig> after) {
        for (PoolConfig old : before.values()) {
            if (!after.containsKey(old.name())) {
                add("pool=" + old.name(), "removed with " + Differences.count(old.backends().size(), "backend"));
            }
        }
        for (PoolConfig now : after.values()) {
            PoolConfig old = before.get(now.name());
            if (old == null) {
                add("pool=" + now.name(), "added with " + Differences.count(now.backends().size(), "backend"));
            } else if (!old.equals(now)) {
                pool(old, now);
            } else {
                poolsUntouched++;
            }
        }
    }

    private void pool(PoolConfig old, PoolConfig now) {
        Differences differences = new Differences();
        int untouched = backends(old.backends(), now.backends(), differences);
        new PoolDifferences(differences).pool(old, now);
        if (differences.none()) {
            poolsUntouched++;                       // what differs is the process's own and is told there
            return;
        }
        differences.note(Differences.count(untouched, "backend") + " untouched");
        add("pool=" + now.name(), differences);
    }

    /** @return how many stay as they are */
    private static int backends(List<BackendConfig> before, List<BackendConfig> after, Differences differences) {
        Map<String, BackendConfig> left = new HashMap<>(before.size() * 2);
        for (BackendConfig old : before) left.put(old.id(), old);
        int untouched = 0;
        List<String> kept = new ArrayList<>(after.size());
        for (BackendConfig now : after) {
            BackendConfig old = left.remove(now.id());
            if (old != null) kept.add(now.id());
            if (old == null) {
                differences.add("backend " + now.id() + " added");
            } else if (old.equals(now)) {
                untouched++;
            } else {
                new PoolDifferences(differences).backend(old, now);
            }
        }
        List<String> stayed = new ArrayList<>(before.size());
        for (BackendConfig old : before) {
            if (left.containsKey(old.id())) {
                differences.add("backend " + old.id() + " removed");
            } else {
                stayed.add(old.id());
            }
        }
        if (!stayed.equals(kept)) differences.add("backends in another order");
        return untouched;
    }

    private void process(Config before, Config after) {
        Differences differences = new Differences();
        differences.process(before, after);
        if (!differences.none()) add("lb", differences);
    }

    private void add(String what, String change) {
        parts.add(new Part(what, List.of(change)));
    }

    private void add(String what, Differences differences) {
        parts.add(new Part(what, differences.told()));
    }
}
