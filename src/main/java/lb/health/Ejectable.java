package lb.health;

import lb.config.OutlierConfig;
import lb.pool.Attempts;
import lb.pool.Backend;
import lb.pool.Status;

/** What ejections remember of one backend; as old as the backend, over all reloads. Threading: control thread. */
final class Ejectable {
    private final Backend backend;
    private final EjectionTime time = new EjectionTime();
    private final SuccessWindow window = new SuccessWindow();
    private final Once keptInARow = new Once();
    private final Once keptByRate = new Once();
    private boolean ejected;
    private long untilNanos;

    Ejectable(Backend backend) {
        this.backend = backend;
        forget();
    }

    Backend backend() {
        return backend;
    }

    EjectionTime time() {
        return time;
    }

    SuccessWindow window() {
        return window;
    }

    boolean ejected() {
        return ejected;
    }

    /** True when its ejection keeps it out, and nothing else does. */
    boolean outByEjection() {
        return ejected && backend.status() == Status.EJECTED;
    }

    boolean over(long nowNanos) {
        return nowNanos - untilNanos >= 0;
    }

    void eject(long nowNanos, long nanos, String cause) {
        ejected = true;
        keptInARow.over();
        keptByRate.over();
        untilNanos = nowNanos + nanos;
        backend.ejected(true, cause);
    }

    void restore(long nowNanos, String cause) {
        ejected = false;
        time.back(nowNanos, backend.good());
        forget();
        backend.ejected(false, cause);
    }

    /** What its attempts were like up to now does not count any more. */
    void forget() {
        backend.attempts().forgetRow();
        window.begin(backend.good(), backend.attempts().bad());
    }

    /** Failures count from now on by this config. @param crossed run on an event loop when there are enough in a row */
    void judgeBy(OutlierConfig config, Runnable crossed) {
        backend.attempts().judgeBy(new Attempts.Judging(config.on(), config.consecutiveFailures(), crossed));
    }

    /** Nobody judges it any more. */
    void release(long nowNanos) {
        backend.attempts().judgeBy(null);
        if (ejected) restore(nowNanos, "nobody is ejected any more");
    }

    /** That it stays in though its failures in a row should eject it. */
    Once keptInARow() {
        return keptInARow;
    }

    /** That it stays in though its success rate should eject it. */
    Once keptByRate() {
        return keptByRate;
    }
}
