package lb.config;

import java.time.Duration;

/**
 * When a backend answers so much worse than the others of its pool that it is ejected, though its failures do not come
 * in a row.
 *
 * <p>It is measured against the others and not against a fixed rate, so that a fault which hits all of them alike, such
 * as a lost database behind them, ejects nobody. The defaults keep chance out: of 100 attempts that fail by coin toss,
 * the measured rate is within 5 points of the true one two times in three, so 20 points are four such steps.
 *
 * @param below       how far its rate lies below the mean of the others; 0.01–1, default 0.2 (20 points)
 * @param minRequests attempts in the window, of the backend and of each one it is compared with; 1–1,000,000,
 *                    default 100
 * @param window      how far back attempts count; up to 1 hour, default 30s
 */
public record SuccessRateConfig(double below, int minRequests, Duration window) {
    public static final double LEAST_BELOW = 0.01;
    public static final int MAX_REQUESTS = 1_000_000;
    public static final Duration MAX_WINDOW = Duration.ofHours(1);
    public static final SuccessRateConfig DEFAULT = new SuccessRateConfig(0.2, 100, Duration.ofSeconds(30));

    public SuccessRateConfig {
        Bounds.within("below", below, LEAST_BELOW);
        Bounds.within("minRequests", minRequests, 1, MAX_REQUESTS);
        Bounds.within("window", window, MAX_WINDOW);
    }
}
