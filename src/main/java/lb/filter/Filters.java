package lb.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import lb.config.route.RouteConfig;
import lb.config.route.RouteRules;
import lb.config.route.RouteTarget;
import lb.pool.Pool;
import lb.proxy.Filter;

/**
 * The filters of a route, in the order in which requests pass them; responses pass them the other way round.
 *
 * <pre>
 * response fields   the operator's word on a response is the last
 * address, name and password, rate: who may come, the cheapest question first
 * mirror            what was let in, as it was received
 * rewrite, request fields, compress      for requests that go to a pool
 * redirect, fixed response               for those that do not
 * </pre>
 *
 * <p>Threading: control thread; the filters themselves serve all event loops.
 */
public final class Filters {
    private Filters() {}

    /**
     * @param scope  in which the route's name is unique: a listener's name, or empty for the root
     * @param pools  by name; knows all that the route names
     * @param limits those of the topology that is being built
     * @param copies likewise
     * @throws IllegalArgumentException for a realm or a route's name that no field can hold, or a malformed secret
     */
    public static List<Filter> of(RouteConfig route, String scope, Function<String, Pool> pools, RateLimits limits,
            MirrorCounts copies) {
        RouteRules rules = route.rules();
        List<Filter> filters = new ArrayList<>();
        if (!rules.response().none()) filters.add(new ResponseFields(rules.response()));
        if (!rules.allow().isEmpty() || !rules.deny().isEmpty()) {
            filters.add(new AddressGate(rules.allow(), rules.deny()));
        }
        if (rules.basicAuth() != null) filters.add(new BasicAuth(rules.basicAuth()));
        if (rules.rateLimit() != null) {
            filters.add(new RateLimit(route.name(), rules.rateLimit(),
                    limits.table(scope, route.name(), rules.rateLimit())));
        }
        AtomicInteger underWay = rules.mirror() == null ? null : copies.of(scope, route.name());
        target(route, pools, underWay, filters);
        return List.copyOf(filters);
    }

    private static void target(RouteConfig route, Function<String, Pool> pools, AtomicInteger copies,
            List<Filter> filters) {
        if (route.target() instanceof RouteTarget.Redirect redirect) {
            filters.add(new Redirect(redirect));
        } else if (route.target() instanceof RouteTarget.Respond respond) {
            filters.add(new FixedResponse(respond));
        } else {
            forward(route.rules(), pools, copies, filters);
        }
    }

    private static void forward(RouteRules rules, Function<String, Pool> pools, AtomicInteger copies,
            List<Filter> filters) {
        if (rules.mirror() != null) {
            Pool pool = pools.apply(rules.mirror().pool());
            filters.add(new Mirror(rules.mirror(), pool, rules.basicAuth() != null, copies));
        }
        if (rules.rewrite() != null) filters.add(new Rewrite(rules.rewrite()));
        if (!rules.request().none()) filters.add(new RequestFields(rules.request()));
        if (rules.compress() != null && !Compress.forbidden(rules.response())) {
            filters.add(new Compress(rules.compress(), rules.response()));
        }
    }
}
