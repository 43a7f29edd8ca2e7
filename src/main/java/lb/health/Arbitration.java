package lb.health;

import lb.config.OutlierConfig;
import lb.pool.Backend;

/**
 * Whether real requests overrule failing probes of one backend. Since the probe before there must have been
 *
 * <ul>
 * <li>at least as many good answers as it takes failures in a row to eject (5 by default),
 * <li>no attempt that failed by the backend's fault, and
 * <li>no more than one answer in ten with a status of 500–599.
 * </ul>
 *
 * A probe asks one question over a connection of its own: its path may be mistyped, its port fenced off, its handler
 * stuck behind a lock that requests do not need. Requests that succeed are what the backend is for. They cannot
 * overrule for long by mistake: once it fails, so do they, and the next failing probe counts.
 *
 * <p>Threading: control thread.
 */
final class Arbitration {
    private static final int ONE_IN = 10;

    private long good;
    private long failures;
    private long serverErrors;
    private long newGood;
    private long newFailures;
    private long newServerErrors;

    /** A probe has ended. */
    void probed(Backend backend) {
        long goodNow = backend.responses(1) + backend.responses(2) + backend.responses(3) + backend.responses(4);
        long failuresNow = backend.failures();
        long serverErrorsNow = backend.responses(5);
        newGood = goodNow - good;
        newFailures = failuresNow - failures;
        newServerErrors = serverErrorsNow - serverErrors;
        good = goodNow;
        failures = failuresNow;
        serverErrors = serverErrorsNow;
    }

    /** @param config or null, when real requests are not looked at */
    boolean overrules(OutlierConfig config) {
        return config != null && config.overruleProbes() && newGood >= config.consecutiveFailures() && newFailures == 0
                && newServerErrors * ONE_IN <= newGood;
    }

    /** For the log. */
    String evidence() {
        return newGood + " good answers to real requests since the probe before, no failure";
    }
}
