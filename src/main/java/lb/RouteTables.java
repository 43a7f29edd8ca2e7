package lb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lb.config.Config;
import lb.config.ListenerConfig;
import lb.config.route.RouteConfig;
import lb.config.route.RouteTarget;
import lb.filter.Filters;
import lb.filter.MirrorCounts;
import lb.filter.RateLimits;
import lb.pool.Pool;
import lb.proxy.Destination;
import lb.proxy.Route;
import lb.proxy.RouteTable;
import lb.proxy.Terms;
import lb.route.RouteIndex;
import lb.sticky.Sticky;

/** Builds the route tables of one topology. Control thread only. */
final class RouteTables {
    /** In place of a listener's name, which is never empty: what the root's routes count is one for all listeners. */
    private static final String ROOT = "";

    private final Config config;
    private final Map<String, Pool> pools;
    private final Map<String, Sticky> sessions;
    private final RateLimits rateLimits;
    private final MirrorCounts mirrors;

    /** @param sessions by the name of their pool; pools that are not sticky have none */
    RouteTables(Config config, Map<String, Pool> pools, Map<String, Sticky> sessions, RateLimits rateLimits,
            MirrorCounts mirrors) {
        this.config = config;
        this.pools = pools;
        this.sessions = sessions;
        this.rateLimits = rateLimits;
        this.mirrors = mirrors;
    }

    /** By the name of the listener. */
    Map<String, RouteTable> build() {
        Map<String, RouteTable> tables = new LinkedHashMap<>();
        for (ListenerConfig listener : config.listeners().values()) tables.put(listener.name(), table(listener));
        return tables;
    }

    private RouteTable table(ListenerConfig listener) {
        List<Route> routes = new ArrayList<>(listener.routes().size());
        String scope = listener.shared() ? ROOT : listener.name();
        for (RouteConfig route : listener.routes()) {
            routes.add(Route.of(route.name(), Filters.of(route, scope, pools::get, rateLimits, mirrors),
                    destination(route)));
        }
        RouteIndex index = routes.isEmpty() ? null
                : new RouteIndex(listener.routes().stream().map(RouteConfig::match).toList());
        return new RouteTable(listener.name(), index, routes, rest(listener), config.trustedProxies());
    }

    private Route rest(ListenerConfig listener) {
        if (listener.pool() == null) return Route.none();
        return Route.rest(Destination.of(Terms.of(pools.get(listener.pool()), sessions.get(listener.pool()))));
    }

    /** Null for a route that answers by itself. */
    private Destination destination(RouteConfig route) {
        if (!(route.target() instanceof RouteTarget.Forward forward)) return null;
        List<Terms> terms = new ArrayList<>();
        forward.split().forEach((pool, weight) ->
                terms.add(Terms.of(pools.get(pool), route.rules().terms(), sessions.get(pool))));
        return new Destination(terms, List.copyOf(forward.split().values()));
    }
}
