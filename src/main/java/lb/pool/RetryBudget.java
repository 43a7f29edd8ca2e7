package lb.pool;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bounds the retries of a pool to a share of its requests of the last ten seconds, and a few:
 *
 * <pre>
 * share 20%, requests in 10 s:     0    50    1,000
 * retries in these 10 s:          10    20      210
 * </pre>
 *
 * Without a bound, a pool whose backends all fail gets each request {@code attempts} times, just when it can bear it
 * least. What follows a failed connect is no load on top, and not asked for here. A request costs nothing: its count
 * is read when somebody asks for a retry.
 *
 * <p>Threading: the window moves on the control thread; the rest is for any thread, without a lock.
 */
final class RetryBudget {
    /** Allowed in a window whatever the share, so that a pool with few requests can be helped at all. */
    static final int FLOOR = 10;
    /** Samples in a window: ten seconds at one a second. */
    static final int WINDOW = 10;

    private final LongSupplier requests;
    private final AtomicLong taken = new AtomicLong();
    private final Sample[] samples = new Sample[WINDOW];
    private int oldest;
    private volatile double share;
    private volatile Sample begin = new Sample(0, 0);

    /** What there was at one time. */
    private record Sample(long requests, long taken) {}

    /** @param requests how many there ever were; may be asked on any thread */
    RetryBudget(LongSupplier requests) {
        this.requests = requests;
        Arrays.fill(samples, begin);
    }

    /** @param share 0–1 */
    void share(double share) {
        this.share = share;
    }

    /** Once a second: the window moves on. */
    void sample() {
        begin = samples[oldest];
        samples[oldest] = new Sample(requests.getAsLong(), taken.get());
        oldest = (oldest + 1) % WINDOW;
    }

    /** Retries made in the window. */
    long used() {
        return taken.get() - begin.taken;
    }

    /** Retries that the window has room for, those made included. */
    long most() {
        return most(begin);
    }

    private long most(Sample since) {
        return FLOOR + (long) (share * (requests.getAsLong() - since.requests));
    }

    /** True when one more retry may be made now; then it counts as made. */
    boolean take() {
        Sample since = begin;
        long most = since.taken + most(since);
        while (true) {
            long now = taken.get();
            if (now >= most) return false;
            if (taken.compareAndSet(now, now + 1)) return true;
        }
    }
}
