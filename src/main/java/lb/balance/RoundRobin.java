package lb.balance;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Picker;

/**
 * Strict rotation in the pool's order: a b c a b c, whatever the weights. A weight of 0 still takes no requests. One in
 * its slow start sits out turns: c at half its share → a b c a b a b c a b.
 */
final class RoundRobin implements Balancer {
    private final AtomicInteger turn;

    /** @param firstTurn random when it runs, so that several instances do not march in step; 0 in tests */
    RoundRobin(int firstTurn) {
        turn = new AtomicInteger(firstTurn);
    }

    /** The turn goes on from one picker to the next, so that a flip does not send the rotation back to its start. */
    @Override public Picker over(List<Backend> eligible) {
        Backend[] backends = eligible.toArray(Backend[]::new);
        int[] shares = new int[backends.length];
        for (int i = 0; i < shares.length; i++) shares[i] = backends[i].share();
        return WeightedRoundRobin.picker(backends, shares, turn);
    }
}
