package lb.config;

import java.time.Duration;

/** The records' own defence; whoever reads a file has told the operator before, with the place in it. */
public final class Bounds {
    private static final Duration LEAST = Duration.ofMillis(1);

    private Bounds() {}

    public static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + "–" + most + ")");
        }
    }

    /** A share, up to the whole. */
    public static void within(String name, double share, double least) {
        if (!(share >= least && share <= 1)) {
            throw new IllegalArgumentException(name + ": " + share + " (expected: " + least + "–1)");
        }
    }

    /** From 1 ms, the finest a config can say, to {@code most}. */
    public static void within(String name, Duration value, Duration most) {
        if (value.compareTo(LEAST) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + LEAST + "–" + most + ")");
        }
    }
}
