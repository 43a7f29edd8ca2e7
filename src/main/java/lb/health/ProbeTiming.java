package lb.health;

import java.time.Duration;
import java.util.random.RandomGenerator;
import lb.config.HealthConfig;

/** How long after the start of one probe the next one starts, in nanoseconds. Threading: control thread. */
final class ProbeTiming {
    private static final long HURRIED_NANOS = Duration.ofMillis(250).toNanos();
    private static final long HURRIED_MOST_NANOS = Duration.ofMillis(500).toNanos();
    private static final long HURRIED_NANOS_PER_BACKEND = Duration.ofMillis(1).toNanos();
    /** A probe costs some 200–300 µs of CPU, most of it in the kernel: 160 a second are 4 % of a core. */
    private static final long STEADY_NANOS_PER_BACKEND = Duration.ofMillis(6).toNanos();

    private final RandomGenerator random;

    ProbeTiming(RandomGenerator random) {
        this.random = random;
    }

    /**
     * After the very first probe: anywhere in the interval's last nine tenths, to spread those that came together.
     *
     * @param checks as for {@link #steadyGap}
     */
    long firstGap(HealthConfig config, int checks) {
        long interval = steadyInterval(config, checks);
        return interval / 10 + (long) (random.nextDouble() * (interval - interval / 10));
    }

    /** The interval, moved by up to a tenth either way. */
    long gap(HealthConfig config) {
        return moved(config.interval().toNanos());
    }

    /**
     * The same for a backend that is up and passes: longer where there are so many that their probes would cost more
     * than what they are good for. A failed probe, or exchanges that fail, bring the next one at the usual time.
     *
     * @param checks backends of all pools that are checked
     */
    long steadyGap(HealthConfig config, int checks) {
        return moved(steadyInterval(config, checks));
    }

    private static long steadyInterval(HealthConfig config, int checks) {
        return Math.max(config.interval().toNanos(), checks * STEADY_NANOS_PER_BACKEND);
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
