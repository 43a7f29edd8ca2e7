package lb.health;

import java.time.Duration;
import java.util.random.RandomGenerator;
import lb.config.HealthConfig;

/** How long after the start of one probe the next one starts, in nanoseconds. Threading: control thread. */
final class ProbeTiming {
    private static final long HURRIED_NANOS = Duration.ofMillis(250).toNanos();
    private static final long HURRIED_MOST_NANOS = Duration.ofMillis(500).toNanos();
    private static final long HURRIED_NANOS_PER_BACKEND = Duration.ofMillis(1).toNanos();

    private final RandomGenerator random;

    ProbeTiming(RandomGenerator random) {
        this.random = random;
    }

    /** After the very first probe: anywhere in the interval's last nine tenths, to spread those that came together. */
    long firstGap(HealthConfig config) {
        long interval = config.interval().toNanos();
        return interval / 10 + (long) (random.nextDouble() * (interval - interval / 10));
    }

    /** The interval, moved by up to a tenth either way. */
    long gap(HealthConfig config) {
        return moved(config.interval().toNanos());
    }

    /**
     * While nobody of a pool is eligible, every moment costs requests: a quarter of the interval, but neither below
     * 250 ms nor above 500 ms, so that two passes in a row come within 1.1 s after a backend is back. With more than
     * 500 backends it is longer, for no more than 1,000 probes a second for the pool; and never longer than the
     * interval.
     *
     * @param backends of the pool
     */
    long hurriedGap(HealthConfig config, int backends) {
        long interval = config.interval().toNanos();
        long least = Math.max(HURRIED_NANOS, backends * HURRIED_NANOS_PER_BACKEND);
        return moved(Math.min(interval, Math.max(Math.min(interval / 4, HURRIED_MOST_NANOS), least)));
    }

    private long moved(long gap) {
        return gap + (long) ((random.nextDouble() - 0.5) * 0.2 * gap);
    }
}
