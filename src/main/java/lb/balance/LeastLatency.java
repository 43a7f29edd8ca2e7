package lb.balance;

import java.util.List;
import java.util.function.LongSupplier;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Hash;
import lb.pool.Picker;

/**
 * Prefers who answers soon: of two drawn backends the one with less latency × (1 + in flight ÷ weight), which is how
 * long the request would wait there. The latency rises with the first slow answer and falls slowly, so that a backend
 * that begins to struggle is left alone at once (Finagle's peak EWMA balancer).
 *
 * <p>A backend that nobody knows yet gets one request at a time until it has answered well once; one in its slow start
 * counts as slower by as much as its share is short of the whole.
 */
final class LeastLatency implements Balancer {
    /** An unknown backend that is being tried costs more than any known one: an hour for each request. */
    private static final double UNKNOWN_NANOS = 3600e9;

    private final LongSupplier random;

    /** @param random may be asked on any event loop */
    LeastLatency(LongSupplier random) {
        this.random = random;
    }

    @Override public Picker over(List<Backend> eligible) {
        Backend[] backends = eligible.toArray(Backend[]::new);
        Backend only = backends[0];
        if (backends.length == 1) return affinity -> only;
        Shares shares = Shares.of(backends);
        return affinity -> {
            long bits = random.getAsLong();
            int index = shares.draw(bits);
            Backend first = backends[index];
            Backend second = backends[LeastRequests.another(index, backends.length, Hash.next(bits))];
            return wait(second) < wait(first) ? second : first;
        };
    }

    private static double wait(Backend backend) {
        double latency = backend.latencyNanos();
        double perWeight = (double) backend.inFlight() / backend.weight();
        double whole = latency == 0 ? UNKNOWN_NANOS * perWeight : latency * (1 + perWeight);
        return whole / backend.share();
    }
}
