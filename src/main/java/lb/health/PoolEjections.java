package lb.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lb.config.OutlierConfig;
import lb.config.SuccessRateConfig;
import lb.config.Units;
import lb.pool.Backend;
import lb.pool.FailureStreak;
import lb.pool.Pool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ejects and restores the backends of one pool.
 *
 * <pre>
 *     failures in a row, far below the others, silent        its time is over, or nobody else is left
 *   in ─────────────────────────────────────────────▶ out ─────────────────────────────────────────▶ in, slowly
 *    └─ too many are out, or it is the last one: stays in, which is said once
 * </pre>
 *
 * How many may be out is counted among those that only an ejection keeps out: a backend that its probes found down is
 * not there to take the load of one more. Threading: control thread.
 */
final class PoolEjections {
    private static final Logger log = LoggerFactory.getLogger(PoolEjections.class);

    private final Pool pool;
    private final OutlierConfig config;
    private final List<Ejectable> backends;
    private final long stepNanos;
    private long steppedNanos;

    /**
     * @param config       of the pool, not null
     * @param backends     all of the pool
     * @param steppedNanos when the windows of their attempts moved on last
     */
    PoolEjections(Pool pool, OutlierConfig config, List<Ejectable> backends, long steppedNanos) {
        this.pool = pool;
        this.config = config;
        this.backends = List.copyOf(backends);
        SuccessRateConfig rate = config.successRate();
        stepNanos = rate == null ? Long.MAX_VALUE : rate.window().toNanos() / SuccessWindow.STEPS;
        this.steppedNanos = steppedNanos;
    }

    Pool pool() {
        return pool;
    }

    long steppedNanos() {
        return steppedNanos;
    }

    /** Several times a second. */
    void sweep(long nowNanos) {
        for (Ejectable each : backends) {
            if (each.ejected() && each.over(nowNanos)) each.restore(nowNanos, "its time is over");
        }
        if (pool.eligibleCount() == 0) restoreAll(nowNanos);
        for (Ejectable each : backends) {
            if (!each.ejected()) look(each, nowNanos);
        }
        if (nowNanos - steppedNanos >= stepNanos) {
            steppedNanos = nowNanos;
            compare(nowNanos);
        }
    }

    /** At once after a backend failed as often in a row as the config allows. */
    void look(Ejectable each, long nowNanos) {
        if (each.ejected()) return;
        Backend backend = each.backend();
        if (!backend.eligible()) {
            if (!each.time().forgiven()) each.time().back(nowNanos, backend.good());     // being away is not behaving
            return;
        }
        FailureStreak streak = backend.streak();
        int inARow = streak.inARow();
        if (inARow >= config.consecutiveFailures()) {
            eject(each, nowNanos, inARow + " failures in a row, last: " + streak.lastCause(), each.keptInARow());
        } else if (!each.time().forgiven()) {
            each.behaves(nowNanos);
        }
        if (inARow == 0) each.keptInARow().over();
    }

    /** It reacts to nothing. @param evidence for the log */
    void silent(Ejectable each, long nowNanos, String evidence) {
        if (!each.ejected() && each.backend().eligible()) eject(each, nowNanos, evidence, each.keptSilent());
    }

    /** Suspicious ones are better than none: one of them may have recovered. */
    private void restoreAll(long nowNanos) {
        for (Ejectable each : backends) {
            if (each.outByEjection()) each.restore(nowNanos, "nobody else is left");
        }
    }

    private void compare(long nowNanos) {
        List<Ejectable> in = new ArrayList<>(backends.size());
        for (Ejectable each : backends) {
            each.window().step(each.backend().good(), each.backend().streak().bad());
            if (each.backend().eligible()) in.add(each);
        }
        RateOutlier.Found found = RateOutlier.worst(in, config.successRate());
        while (found != null && eject(found.backend(), nowNanos, cause(found), found.backend().keptByRate())) {
            in.remove(found.backend());
            found = RateOutlier.worst(in, config.successRate());
        }
        for (Ejectable each : in) {
            if (found == null || found.backend() != each) each.keptByRate().over();
        }
    }

    private static String cause(RateOutlier.Found found) {
        SuccessWindow window = found.backend().window();
        return window.failures() + " of " + window.attempts() + " attempts failed, " + percent(window.rate())
                + " good where the others have " + percent(found.mean());
    }

    /** @param kept said when it may not be @return false when it may not be */
    private boolean eject(Ejectable each, long nowNanos, String cause, Once kept) {
        String obstacle = obstacle();
        if (obstacle != null) {
            if (kept.begins()) {
                log.warn("pool={} backend={} stays in: {}; {}", pool.name(), each.backend(), cause, obstacle);
            }
            return false;
        }
        Duration time = Duration.ofNanos(each.time().next(config));
        int inARow = each.time().inARow();
        String again = inARow == 1 ? "" : ", ejection " + inARow + " in a row";
        each.eject(nowNanos, time.toNanos(), cause + "; out for " + Units.show(time) + again);
        return true;
    }

    /** Why nobody may be ejected now, or null. */
    private String obstacle() {
        int in = pool.eligibleCount();
        if (in < 2) return "nobody else is left";
        int out = 0;
        for (Ejectable each : backends) {
            if (each.outByEjection() && each.backend().wanted()) out++;
        }
        int most = Math.max(1, (int) Math.floor((in + out) * config.maxEjected() + 1e-9));
        if (out < most) return null;
        return out + " of " + (in + out) + " are ejected already, as many as may be";
    }

    private static String percent(double share) {
        return Math.round(share * 100) + "%";
    }
}
