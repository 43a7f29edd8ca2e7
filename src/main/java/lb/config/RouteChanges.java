package lb.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lb.config.route.RouteConfig;

/**
 * A list of routes before and after a reload.
 *
 * <p>Threading: immutable.
 */
record RouteChanges(List<RouteConfig> before, List<RouteConfig> after) {

    /** Route by route: added, removed, or which of its fields differ; then their order. */
    void tell(Differences differences) {
        Map<String, RouteConfig> left = new HashMap<>(before.size() * 2);
        for (RouteConfig old : before) left.put(old.name(), old);
        Set<String> names = new HashSet<>(after.size() * 2);
        for (RouteConfig now : after) {
            names.add(now.name());
            RouteConfig old = left.get(now.name());
            if (old == null) {
                differences.add("route " + now.name() + " added");
            } else if (!old.equals(now)) {
                new RouteDifferences("route " + now.name() + " ", differences).tell(old, now);
            }
        }
        for (RouteConfig old : before) {
            if (!names.contains(old.name())) differences.add("route " + old.name() + " removed");
        }
        List<String> stayed = before.stream().map(RouteConfig::name).filter(names::contains).toList();
        List<String> kept = after.stream().map(RouteConfig::name).filter(left::containsKey).toList();
        if (!stayed.equals(kept)) differences.add("routes in another order");
    }
}
