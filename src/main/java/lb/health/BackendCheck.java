package lb.health;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import lb.config.HealthConfig;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The probes of one backend, one after the other, and what they mean for it.
 *
 * <pre>
 * waiting ──timer──▶ probing ──result──▶ waiting …
 *    └──timer, backend in MAINT──▶ waiting, everything forgotten
 * </pre>
 *
 * Threading: control thread, but {@link #view} for anyone. At any time either a timer runs or a probe is under way.
 */
final class BackendCheck {
    private static final Logger log = LoggerFactory.getLogger(BackendCheck.class);

    /** A probe of a suspect may take that long; a healthy backend answers one in a fraction of it. */
    private static final Duration IMPATIENT = Duration.ofSeconds(1);
    private static final Duration SUSPECT_AGAIN = Duration.ofSeconds(2);

    /**
     * What all checks share.
     *
     * @param checks   how many there are
     * @param wentDown told of a pool each time one of its backends went down
     */
    record Shared(EventLoop control, Prober prober, ProbeTiming timing, LongSupplier nanoClock, IntSupplier checks,
            Consumer<Pool> wentDown) {}

    private final Shared shared;
    private final Backend backend;
    private Pool pool;
    private HealthConfig config;
    private RiseFall riseFall = new RiseFall();
    private final Arbitration arbitration = new Arbitration();
    private final Once disagreement = new Once();
    private boolean resting;
    private long startedNanos;
    private long dueNanos;
    private Future<?> timer;                    // null while a probe is under way
    private Prober.Probe probe;                 // null while waiting
    private boolean suspected;
    private long suspectedNanos;
    private volatile HealthView view = HealthView.NONE;

    BackendCheck(Shared shared, Backend backend, Pool pool) {
        this.shared = shared;
        this.backend = backend;
        this.pool = pool;
        this.config = pool.config().health();
        arbitration.probed(backend);
    }

    HealthView view() {
        return view;
    }

    /** Begins with a probe at once. */
    void start() {
        probe();
    }

    /** For good: no timer and no connection is left. */
    void stop() {
        if (timer != null) timer.cancel(false);
        if (probe != null) probe.abandon();
    }

    /** After a reload. Status, streak and schedule stay; a new config counts from the next probe on. */
    void follow(Pool next) {
        boolean rested = resting;
        boolean changed = !next.config().health().equals(config);
        pool = next;
        config = next.config().health();
        heedMaintenance();
        if (timer == null) return;
        if (rested && !resting) {
            again(0);
        } else if (changed) {
            // somewhere in the new interval, so that ten thousand backends do not come due at the same moment
            again(Math.min(firstGap(), dueNanos - shared.nanoClock.getAsLong()));
        }
    }

    /** Its whole pool is down: the next probe comes sooner, unless it comes soon anyway. */
    void hurry() {
        if (timer == null || backend.status() != Status.DOWN) return;
        long now = shared.nanoClock.getAsLong();
        long sooner = startedNanos + gap() - now;
        if (sooner < dueNanos - now) again(sooner);
    }

    /**
     * Exchanges fail at it, or wait and get no answer: it is asked at once, and a failure then decides alone. Two
     * witnesses that do not know each other are enough; neither would be, since a slow answer is no death.
     */
    void suspect() {
        long now = shared.nanoClock.getAsLong();
        boolean recently = suspectedNanos != 0 && now - suspectedNanos < SUSPECT_AGAIN.toNanos();
        if (suspected || recently || backend.status() != Status.UP) return;
        suspected = true;
        suspectedNanos = now;
        if (timer == null) return;
        timer.cancel(false);
        probe();
    }

    private void probe() {
        timer = null;
        startedNanos = shared.nanoClock.getAsLong();
        heedMaintenance();
        if (resting) {
            again(gap());
        } else {
            probe = shared.prober.start(backend, suspected ? impatient(config) : config, this::done);
        }
    }

    /** A backend that is worked on is not to be asked, and what was known of it before is worth nothing after. */
    private void heedMaintenance() {
        resting = backend.status() == Status.MAINT;
        if (!resting) return;
        riseFall = new RiseFall();
        suspected = false;
    }

    private void done(ProbeResult result) {
        probe = null;
        boolean first = !riseFall.decided();
        try {
            if (backend.status() != Status.MAINT) judge(result, first);
        } catch (RuntimeException bug) {
            log.error("pool={} backend={}: a probe's result was lost", pool.name(), backend.id(), bug);
        }
        long gap = first ? Math.min(firstGap(), gap()) : gap();
        again(startedNanos + gap - shared.nanoClock.getAsLong());
    }

    private void judge(ProbeResult result, boolean first) {
        arbitration.probed(backend);
        boolean suspect = suspected;
        suspected = false;
        switch (result.kind()) {
            case SKIPPED -> view = view.after(result, riseFall.streak());
            case PASSED -> passed(result, first);
            case FAILED -> failed(result, first, suspect);
        }
    }

    private void passed(ProbeResult result, boolean first) {
        boolean decides = riseFall.decides(true, config.rise(), config.fall());
        int streak = riseFall.streak();
        view = view.after(result, streak);
        if (disagreement.over()) {
            log.info("pool={} backend={} stays {}: its probes pass again", pool.name(), backend.id(), backend.status());
        }
        if (!decides) return;
        backend.healthy(true, first ? "first probe passed" : streak + " of " + config.rise() + " probes passed");
    }

    private void failed(ProbeResult result, boolean first, boolean suspect) {
        boolean decides = riseFall.decides(false, config.rise(), config.fall());
        if (suspect) riseFall.turnDown();
        int streak = riseFall.streak();
        view = view.after(result, streak);
        if (suspect) {
            isDown("exchanges get no answer, and its probe failed: " + result.reason());
            return;
        }
        if (!decides) return;
        String cause = first ? "first probe failed: " + result.reason()
                : streak + " of " + Math.max(streak, config.fall()) + " probes failed, last: " + result.reason();
        if (arbitration.overrules(pool.config().outlier())) {
            overrule(cause);
        } else {
            isDown(cause);
        }
    }

    private void overrule(String cause) {
        riseFall.overruled();
        if (!disagreement.begins()) return;
        log.warn("pool={} backend={} stays {}: probe disagrees: {}; {}", pool.name(), backend.id(),
                backend.status(), cause, arbitration.evidence());
    }

    private void isDown(String cause) {
        disagreement.over();
        backend.healthy(false, cause);
        shared.wentDown.accept(pool);
    }

    private static HealthConfig impatient(HealthConfig config) {
        Duration timeout = config.timeout().compareTo(IMPATIENT) < 0 ? config.timeout() : IMPATIENT;
        return new HealthConfig(
                config.path(), config.expect(), config.interval(), timeout, config.rise(), config.fall());
    }

    private long firstGap() {
        return shared.timing.firstGap(config, shared.checks.getAsInt());
    }

    private long gap() {
        if (backend.status() == Status.DOWN && pool.eligibleCount() == 0) {
            return shared.timing.hurriedGap(config, pool.backends().size());
        }
        if (riseFall.steady()) return shared.timing.steadyGap(config, shared.checks.getAsInt());
        return shared.timing.gap(config);
    }

    /** Sets the timer anew. @param nanos from now; below 0 is at once */
    private void again(long nanos) {
        if (timer != null) timer.cancel(false);
        dueNanos = shared.nanoClock.getAsLong() + Math.max(0, nanos);
        timer = shared.control.schedule(this::probe, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }
}
