package lb.health;

import java.time.Instant;

/**
 * What the probes of one backend found so far. A value; anyone may read it.
 *
 * @param last     what the last probe saw, such as {@code status 200} or {@code connection refused}; empty before it
 * @param passed   whether the last probe that could ask passed
 * @param at       when the last probe ended, or null before the first
 * @param streak   same results in a row, up to the last one
 * @param probes   all that ended, failed and skipped ones included
 * @param failures those that failed
 * @param skipped  those that lb itself could not ask
 */
public record HealthView(
        String last, boolean passed, Instant at, int streak, long probes, long failures, long skipped) {

    static final HealthView NONE = new HealthView("", false, null, 0, 0, 0, 0);

    HealthView after(ProbeResult result, int streakNow) {
        return switch (result.kind()) {
            case PASSED -> new HealthView(
                    result.reason(), true, Instant.now(), streakNow, probes + 1, failures, skipped);
            case FAILED -> new HealthView(
                    result.reason(), false, Instant.now(), streakNow, probes + 1, failures + 1, skipped);
            case SKIPPED -> new HealthView(
                    result.reason(), passed, Instant.now(), streakNow, probes + 1, failures, skipped + 1);
        };
    }
}
