package lb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import lb.balance.Balancers;
import lb.config.BackendConfig;
import lb.config.Config;
import lb.config.ListenerConfig;
import lb.config.PoolConfig;
import lb.filter.MirrorCounts;
import lb.filter.RateLimits;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Pool;
import lb.pool.StatusObserver;
import lb.proxy.RouteTable;
import lb.sticky.Stickies;
import lb.sticky.Sticky;

/**
 * The pools, backends, sessions and routes built from one config. Immutable; built aside and swapped in whole.
 *
 * <p>A pool whose config did not change is the same object as before; a backend that is still in a pool is, too,
 * whatever else was edited. Control thread only.
 *
 * @param config     what it was built from
 * @param pools      by name, in the config's order
 * @param sessions   by the name of their pool; pools that are not sticky have none
 * @param routes     by the name of their listener
 * @param rateLimits of all routes
 * @param mirrors    the copies under way of all routes
 * @param generation 1 for the first, one more with each reload
 */
record Topology(Config config, Map<String, Pool> pools, Map<String, Sticky> sessions, Map<String, RouteTable> routes,
        RateLimits rateLimits, MirrorCounts mirrors, long generation) {

    /**
     * Builds the next topology and changes nothing that runs.
     *
     * @param previous or null at start
     * @param departed backends that may come back
     */
    static Topology build(Config config, Topology previous, Departed departed, Executor controlThread) {
        Map<String, Pool> pools = new LinkedHashMap<>();
        for (PoolConfig pool : config.pools().values()) {
            Pool before = previous == null ? null : previous.pools.get(pool.name());
            boolean same = before != null && before.config().equals(pool);
            pools.put(pool.name(), same ? before : pool(pool, before, departed, controlThread));
        }
        Map<String, Sticky> sessions = new HashMap<>();
        for (Pool pool : pools.values()) {
            Sticky sticky = Stickies.of(pool, previous == null ? null : previous.sessions.get(pool.name()));
            if (sticky != null) sessions.put(pool.name(), sticky);
        }
        RateLimits limits = previous == null ? new RateLimits(System::nanoTime) : previous.rateLimits.successor();
        MirrorCounts mirrors = previous == null ? new MirrorCounts() : previous.mirrors.successor();
        Map<String, RouteTable> routes = new RouteTables(config, pools, sessions, limits, mirrors).build();
        return new Topology(config, pools, sessions, routes, limits, mirrors,
                previous == null ? 1 : previous.generation + 1);
    }

    private static Pool pool(PoolConfig config, Pool before, Departed departed, Executor controlThread) {
        Map<String, Backend> known = new HashMap<>();
        if (before != null) {
            for (Backend backend : before.backends()) known.put(backend.id(), backend);
        }
        List<Backend> backends = new ArrayList<>(config.backends().size());
        for (BackendConfig backend : config.backends()) {
            Backend same = known.get(backend.id());
            if (same == null || !same.is(backend)) same = departed.find(config.name(), backend);
            backends.add(same != null ? same : new Backend(backend, System::nanoTime));
        }
        boolean sameBalance = before != null && before.config().balance().equals(config.balance());
        Balancer balancer = sameBalance ? before.balancer() : Balancers.create(config.balance().name());
        return new Pool(config, backends, balancer, controlThread, before);
    }

    /**
     * Takes effect: the new pools take their backends over, and what the previous topology had alone is let go.
     *
     * @param departed gets the backends whose exchanges still run
     * @param observer told of every change of a status
     * @return the backends that no pool has any more
     */
    List<Backend> open(Topology previous, Departed departed, StatusObserver observer) {
        List<Backend> removed = new ArrayList<>();
        rateLimits.complete();
        for (Pool pool : pools.values()) {
            if (previous == null || previous.pools.get(pool.name()) != pool) pool.open(observer);
        }
        if (previous == null) return removed;
        for (Pool pool : previous.pools.values()) {
            if (pools.get(pool.name()) == pool) continue;
            pool.close();
            for (Backend backend : pool.backends()) {
                if (!backend.removed()) continue;
                removed.add(backend);
                departed.add(pool.name(), backend);
            }
        }
        departed.purge();
        return removed;
    }

    RouteTable routes(ListenerConfig listener) {
        return routes.get(listener.name());
    }
}
