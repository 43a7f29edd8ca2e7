package lb.health;

import java.util.Arrays;

/**
 * Attempts at one backend over a sliding window: how many, and which share of them was good. Told of totals in equal
 * steps, it forgets what is older than {@value #STEPS} of them. Threading: control thread.
 */
final class SuccessWindow {
    static final int STEPS = 10;

    private final long[] good = new long[STEPS + 1];
    private final long[] bad = new long[STEPS + 1];
    private int newest;

    /** What was before does not count. */
    void begin(long goodTotal, long badTotal) {
        Arrays.fill(good, goodTotal);
        Arrays.fill(bad, badTotal);
    }

    /** One step has passed. */
    void step(long goodTotal, long badTotal) {
        newest = (newest + 1) % good.length;
        good[newest] = goodTotal;
        bad[newest] = badTotal;
    }

    long attempts() {
        return good() + failures();
    }

    long failures() {
        return bad[newest] - bad[oldest()];
    }

    /** 0–1; without meaning while there were no attempts. */
    double rate() {
        return (double) good() / Math.max(1, attempts());
    }

    /** The totals are read one after the other while they move: the difference may be off, but never below nothing. */
    private long good() {
        return Math.max(0, good[newest] - good[oldest()]);
    }

    private int oldest() {
        return (newest + 1) % good.length;
    }
}
