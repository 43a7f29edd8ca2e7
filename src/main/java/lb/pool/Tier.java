package lb.pool;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backends that are picked from together: those of one priority, or of one priority in lb's own zone or beyond it.
 * Threading: any event loop; never changed.
 *
 * @param share    who they are, and how much of the requests they get
 * @param backends could serve when this was built; at least one
 * @param picker   over these
 */
record Tier(TierShare share, Backend[] backends, Picker picker) {
    private static final Logger log = LoggerFactory.getLogger(Tier.class);

    private static final int TRIES = 4;
    /** The rank of one that has a slot and does not fail. */
    private static final int BEST = 0;

    static Tier of(TierShare share, List<Backend> backends, Balancer balancer) {
        Backend[] all = backends.toArray(Backend[]::new);
        return new Tier(share, all, picker(all, balancer));
    }

    /**
     * A balancer may come in a jar of its own, be it one made for another version of lb: one that fails must not stop a
     * reload halfway.
     */
    private static Picker picker(Backend[] backends, Balancer balancer) {
        try {
            return Objects.requireNonNull(balancer.over(List.of(backends)), "picker");
        } catch (RuntimeException | Error fault) {
            log.error("the balancer {} failed through a fault of its own: backends are picked at random",
                    balancer.getClass().getName(), fault);
            return affinity -> backends[ThreadLocalRandom.current().nextInt(backends.length)];
        }
    }

    Backend pick(long affinity) {
        return picker.pick(affinity);
    }

    /**
     * One that may serve still and is not in {@code tried}, or null when there is none. Rather one whose last attempt
     * was no failure; a full one only when all those are full. A balancer that looks at the affinity is asked along the
     * client's own sequence, so that those who lose a backend do not all meet at one.
     *
     * @param affinity 0 where the balancer looks at none
     */
    Backend pickOther(long affinity, List<Backend> tried, Predicate<Backend> mayServe) {
        long next = affinity;
        Backend best = null;
        for (int i = 0; i < TRIES; i++) {
            Backend picked = picker.pickInstead(next);
            if (mayServe.test(picked) && !tried.contains(picked)) best = better(best, picked);
            if (best != null && rank(best) == BEST) return best;
            next = Hash.next(next);
        }
        long from = affinity == 0 ? ThreadLocalRandom.current().nextLong() : next;
        int start = (int) Long.remainderUnsigned(from, backends.length);
        for (int i = 0; i < backends.length && (best == null || rank(best) != BEST); i++) {
            Backend backend = backends[(start + i) % backends.length];
            if (mayServe.test(backend) && !tried.contains(backend)) best = better(best, backend);
        }
        return best;
    }

    private static Backend better(Backend best, Backend other) {
        return best == null || rank(other) < rank(best) ? other : best;
    }

    private static int rank(Backend backend) {
        return backend.full() ? BEST + 2 : backend.streak().inARow() > 0 ? BEST + 1 : BEST;
    }
}
