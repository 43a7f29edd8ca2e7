package lb.demo;

/**
 * How long answers took: counted in steps of 0.1 ms up to 1 s, in memory that does not grow. Not safe for threads.
 */
final class Latencies {
    private static final long STEP_NANOS = 100_000;
    private static final int STEPS = 10_000;

    private final long[] counts = new long[STEPS + 1];
    private long count;

    /** @param nanos 0 or more; everything above 1 s counts as 1 s */
    void add(long nanos) {
        counts[(int) Math.min(nanos / STEP_NANOS, STEPS)]++;
        count++;
    }

    void add(Latencies others) {
        for (int i = 0; i < counts.length; i++) counts[i] += others.counts[i];
        count += others.count;
    }

    long count() {
        return count;
    }

    /**
     * The time within which this share of the answers came, in milliseconds, up to 0.1 ms too long; 0 without answers.
     *
     * @param share above 0, up to 1
     */
    double millis(double share) {
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (rank > 0 && seen >= rank) return Math.min(i + 1, STEPS) / 10.0;
        }
        return 0;
    }
}
