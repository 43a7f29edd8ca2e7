package lb.pool;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a backend takes to answer, by a moving average that goes up at once and down slowly: an answer slower than
 * the average becomes the average, faster ones draw it down with a time constant of ten seconds. Without answers it
 * fades at the same pace, so that who was slow once is asked again some day.
 *
 * <p>Threading: any thread, without a lock and without allocating.
 */
final class Latency {
    /*
     * Peak EWMA of Finagle (com.twitter.finagle.loadbalancer.PeakEwma). There, a lock guards time and average; here
     * both share one long: above, the time in ticks, which wraps after 6.5 days; below, the average as a float.
     * A backend that gets no answer for that very long may fade a little less than it should.
     */
    private static final int TICK_SHIFT = 17;                       // a tick is 131 µs
    private static final float CONSTANT_TICKS = 10e9f / (1 << TICK_SHIFT);
    private static final long LATER_TICKS = 0xffff_0000L;
    private static final long NONE = 0;

    private final AtomicLong packed = new AtomicLong(NONE);

    /**
     * Takes an answer into account.
     *
     * @param good false: the average may rise, but neither fall nor fade by it, as a quick error is no quick answer
     */
    void observe(long tookNanos, boolean good, long nowNanos) {
        long before = packed.get();
        while (true) {
            float average = average(before, nowNanos, tookNanos, good);
            if (average < 0) return;
            // 1 ns at least: 0 says that there was no answer yet
            long after = (long) ticks(nowNanos) << 32 | Float.floatToRawIntBits(Math.max(average, 1));
            long found = packed.compareAndExchange(before, after);
            if (found == before) return;
            before = found;
        }
    }

    /** @return the new one, or negative when there is none yet */
    private static float average(long before, long nowNanos, long tookNanos, boolean good) {
        if (before == NONE) return good ? tookNanos : -1;
        float old = Float.intBitsToFloat((int) before);
        if (!good) return Math.max(tookNanos, old);
        float kept = kept(before, nowNanos);
        // between the two, so what took longer is the greater one: a branch that is taken once in a while costs the
        // JVM a new compilation of everything around it
        return Math.max(tookNanos, old * kept + tookNanos * (1 - kept));
    }

    /** Nanoseconds, faded up to now; 0 before the first good answer. */
    double nanos(long nowNanos) {
        long now = packed.get();
        return now == NONE ? 0 : Float.intBitsToFloat((int) now) * kept(now, nowNanos);
    }

    /** The share of the average that is left after the time since it was written. */
    private static float kept(long packed, long nowNanos) {
        long elapsed = ticks(nowNanos) - (packed >>> 32) & 0xffff_ffffL;
        // another thread may have written with a slightly later time
        return elapsed > LATER_TICKS ? 1 : (float) Math.exp(-elapsed / CONSTANT_TICKS);
    }

    private static int ticks(long nanos) {
        return (int) (nanos >> TICK_SHIFT);
    }
}
