package lb.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.RetryVerdict;
import lb.pool.TierShare;

/**
 * A pool at one moment. Immutable.
 *
 * @param balance  the balancer's name, and what it hashes
 * @param eligible how many backends may be picked
 * @param tiers    who gets how much, the preferred first
 * @param unserved requests that found nobody eligible
 * @param waiting  requests that wait for a connection
 * @param retries  failed attempts that were followed by another, by what failed; what never happened is left out
 * @param refused  failed attempts that were not, by what was in the way; what never happened is left out
 * @param budget   how many retries the last ten seconds saw, and had room for
 * @param backends in the order of the config
 */
public record PoolView(String name, String balance, int eligible, List<TierShare> tiers, long unserved, int waiting,
        Map<String, Long> retries, Map<String, Long> refused, Budget budget, List<BackendView> backends) {
    /** @param used retries of the last ten seconds @param most that they had room for, those included */
    public record Budget(long used, long most) {}

    public PoolView {
        tiers = List.copyOf(tiers);
        backends = List.copyOf(backends);
    }

    /**
     * Any thread.
     *
     * @param health  what probes found out about a backend, or null when it is not probed
     * @param traffic what real requests found out about it, or null when nobody is ejected
     */
    public static PoolView of(Pool pool, Function<Backend, BackendView.Health> health,
            Function<Backend, BackendView.Traffic> traffic) {
        List<BackendView> backends = pool.backends().stream()
                .map(backend -> BackendView.of(backend, health.apply(backend), traffic.apply(backend)))
                .toList();
        return new PoolView(pool.name(), pool.config().balance().toString(), pool.eligibleCount(), pool.shares(),
                pool.unserved(), pool.line().waiting(), verdicts(pool, true), verdicts(pool, false),
                new Budget(pool.retries().budgetUsed(), pool.retries().budgetMost()), backends);
    }

    private static Map<String, Long> verdicts(Pool pool, boolean again) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (RetryVerdict verdict : RetryVerdict.values()) {
            long count = pool.retries().count(verdict);
            boolean followed = verdict.next() != RetryVerdict.Next.NONE;
            if (count > 0 && followed == again) counts.put(verdict.reason(), count);
        }
        return counts;
    }

    /** The backend of that id, or null. */
    BackendView backend(String id) {
        for (BackendView backend : backends) {
            if (backend.id().equals(id)) return backend;
        }
        return null;
    }
}
