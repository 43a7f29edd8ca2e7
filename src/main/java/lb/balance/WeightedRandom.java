package lb.balance;

import java.util.List;
import java.util.function.LongSupplier;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Picker;

/**
 * Shares by weight, each pick for itself. Nothing is shared between event loops, or with other instances of lb; in
 * return, shares are even in the long run only: a rotation is even over any stretch.
 */
final class WeightedRandom implements Balancer {
    private final LongSupplier random;

    /** @param random may be asked on any event loop */
    WeightedRandom(LongSupplier random) {
        this.random = random;
    }

    @Override public Picker over(List<Backend> eligible) {
        Backend[] backends = eligible.toArray(Backend[]::new);
        Shares shares = Shares.of(backends);
        return affinity -> backends[shares.draw(random.getAsLong())];
    }
}
