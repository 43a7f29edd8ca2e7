package lb.config.route;

import java.util.Objects;
import lb.config.Bounds;

/**
 * A copy of each request goes to another pool too; what comes back is thrown away.
 *
 * @param pool     its name
 * @param share    of the requests; above 0, at most 1, default 1
 * @param inFlight copies under way at once in the whole process; beyond that none are made; 1–100,000, default 100
 */
public record MirrorConfig(String pool, double share, int inFlight) {
    public static final int DEFAULT_IN_FLIGHT = 100;
    public static final int MAX_IN_FLIGHT = 100_000;

    public MirrorConfig {
        Objects.requireNonNull(pool, "pool");
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share: " + share + " (expected: above 0, at most 1)");
        }
        Bounds.within("inFlight", inFlight, 1, MAX_IN_FLIGHT);
    }
}
