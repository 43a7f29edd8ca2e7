package lb.proxy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lb.config.AddressRange;
import lb.config.AddressRanges;
import lb.http.Head;
import lb.pool.Pool;
import lb.route.RouteIndex;

/**
 * Where the requests of one listener go. Immutable: an exchange reads it once and keeps what it got; a reload hands the
 * listener another one.
 */
public final class RouteTable {
    private static final Route AMBIGUOUS = Route.ambiguous();

    private final String listener;
    private final RouteIndex index;
    private final Route[] routes;
    private final Route rest;
    private final AddressRanges trustedProxies;

    /**
     * @param listener       its name
     * @param index          finds positions in {@code routes}; null when there are none
     * @param rest           takes what no other takes
     * @param trustedProxies clients whose forwarding fields are believed
     */
    public RouteTable(String listener, RouteIndex index, List<Route> routes, Route rest,
            List<AddressRange> trustedProxies) {
        this.listener = listener;
        this.index = index;
        this.routes = routes.toArray(Route[]::new);
        this.rest = rest;
        this.trustedProxies = new AddressRanges(trustedProxies);
    }

    /** One pool for everything. */
    public static RouteTable to(String listener, Pool pool, List<AddressRange> trustedProxies) {
        return new RouteTable(listener, null, List.of(), Route.rest(Destination.of(Terms.of(pool, null))),
                trustedProxies);
    }

    public String listener() {
        return listener;
    }

    /** Every pool that requests of this listener may go to; mirrors are not counted. */
    public Set<Pool> pools() {
        return Stream.concat(Stream.of(routes), Stream.of(rest)).map(Route::destination).filter(Objects::nonNull)
                .flatMap(destination -> destination.all().stream()).map(Terms::pool)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The first that takes this request; never null. */
    Route route(Head request) {
        if (index == null) return rest;
        int found = index.find(request);
        if (found >= 0) return routes[found];
        return found == RouteIndex.AMBIGUOUS ? AMBIGUOUS : rest;
    }

    /** The routes before the one that takes this request, and why they do not. For an operator who asks. */
    public List<String> passedOver(Head request) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < routes.length; i++) {
            String whyNot = index.whyNot(i, request);
            if (whyNot == null) break;
            lines.add(routes[i].name() + ": " + whyNot);
        }
        return lines;
    }

    /** True for a client whose forwarding fields are believed. */
    public boolean trusts(InetAddress address) {
        return trustedProxies.contains(address);
    }
}
