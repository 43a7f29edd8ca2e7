package lb.config;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * When a backend is ejected because of what real requests met there, and for how long.
 *
 * <p>By default all that counts against a backend is what makes it useless as a peer: no connection, a lost one, no
 * answer in time, an answer that is no HTTP. A 5xx does not. It is a whole answer, given by an application that may
 * rightly fail for one request (a broken page, a report that is too large) and serve all others well; counted in a row,
 * one client that asks for such a page again and again would take out one backend after the other. Whoever knows that
 * his application answers 5xx only when it is broken adds {@code "5xx"}.
 *
 * @param consecutiveFailures failures in a row that eject; 1–1,000, default 5
 * @param eject               how long the first time; doubled each further time in a row; up to 1 day, default 10s
 * @param maxEject            how long at most; from {@code eject} to 1 day, default 5m
 * @param maxEjected          share of the pool's backends that may be out at the same time; 0.01–1, default 0.5. One
 *                            may always be, but never the last that is eligible
 * @param on                  what counts as a failure; at least one; default all but 5xx
 * @param successRate         when failures that do not come in a row eject, or null for never
 * @param overruleProbes      true (default): a backend that answers real requests well stays in while its probes fail
 */
public record OutlierConfig(
        int consecutiveFailures,
        Duration eject,
        Duration maxEject,
        double maxEjected,
        Set<On> on,
        SuccessRateConfig successRate,
        boolean overruleProbes) {

    /** What may count against a backend. */
    public enum On {
        /** No connection could be had. */
        CONNECT("connect"),
        /** A connection was lost before the answer was whole; not one that was kept and found closed. */
        RESET("reset"),
        /** The answer did not begin, or did not go on, in time. */
        TIMEOUT("timeout"),
        /** The answer was no valid HTTP, or too large in its head. */
        BAD_RESPONSE("badResponse"),
        /** The answer was whole, with a status of 500–599. */
        STATUS_5XX("5xx");

        private final String word;

        On(String word) {
            this.word = word;
        }

        /** As it stands in a file. */
        public String word() {
            return word;
        }
    }

    public static final int MAX_IN_A_ROW = 1_000;
    public static final Duration MAX_EJECT = Duration.ofDays(1);
    public static final double LEAST_EJECTED = 0.01;
    public static final OutlierConfig DEFAULT = new OutlierConfig(5, Duration.ofSeconds(10), Duration.ofMinutes(5), 0.5,
            EnumSet.complementOf(EnumSet.of(On.STATUS_5XX)), SuccessRateConfig.DEFAULT, true);

    public OutlierConfig {
        Bounds.within("consecutiveFailures", consecutiveFailures, 1, MAX_IN_A_ROW);
        Bounds.within("maxEject", maxEject, MAX_EJECT);
        Bounds.within("eject", eject, maxEject);
        Bounds.within("maxEjected", maxEjected, LEAST_EJECTED);
        if (on.isEmpty()) throw new IllegalArgumentException("on: nothing (expected: at least one)");
        on = Collections.unmodifiableSet(EnumSet.copyOf(on));
    }
}
