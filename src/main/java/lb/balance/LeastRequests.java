package lb.balance;

import java.util.List;
import java.util.function.LongSupplier;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Hash;
import lb.pool.Picker;

/**
 * Prefers who has few requests in flight for its weight. Two backends are drawn and the better one gets the request:
 * nearly as good as asking all, and many event loops that see the same counts do not all run to the same backend
 * (Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 1996). Up to four are asked all.
 *
 * <p>The first is drawn by weight and keeps the request while it has none: so an idle pool is shared by weight, where
 * counts alone would see no difference.
 */
final class LeastRequests implements Balancer {
    private static final int ALL = 4;

    private final LongSupplier random;

    /** @param random may be asked on any event loop */
    LeastRequests(LongSupplier random) {
        this.random = random;
    }

    @Override public Picker over(List<Backend> eligible) {
        Backend[] backends = eligible.toArray(Backend[]::new);
        Shares shares = Shares.of(backends);
        if (backends.length <= ALL) return affinity -> bestOf(backends, shares.draw(random.getAsLong()));
        return affinity -> {
            long bits = random.getAsLong();
            int first = shares.draw(bits);
            if (backends[first].inFlight() == 0) return backends[first];
            return better(backends[first], backends[another(first, backends.length, Hash.next(bits))]);
        };
    }

    /** Looks at all from {@code first} on, so that equals take turns as the draws fall. */
    private static Backend bestOf(Backend[] backends, int first) {
        Backend best = backends[first];
        if (best.inFlight() == 0) return best;
        for (int i = 1; i < backends.length; i++) best = better(best, backends[(first + i) % backends.length]);
        return best;
    }

    /** Counts the request that is to come: weights 3,1 with 2 and 0 in flight are equal, and the first stays. */
    private static Backend better(Backend first, Backend second) {
        // in flight ÷ weight, compared without dividing
        long one = (first.inFlight() + 1L) * second.effectiveWeight();
        long other = (second.inFlight() + 1L) * first.effectiveWeight();
        return other < one ? second : first;
    }

    /** One of the other indices, all alike: what weighs them is the comparison. */
    static int another(int index, int count, long random) {
        int other = (int) ((random >>> 32) * (count - 1) >>> 32);
        return other < index ? other : other + 1;
    }
}
