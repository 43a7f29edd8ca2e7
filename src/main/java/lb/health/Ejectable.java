package lb.health;

import java.time.Instant;
import lb.config.OutlierConfig;
import lb.pool.Backend;
import lb.pool.FailureStreak;
import lb.pool.Status;

/**
 * What ejections remember of one backend; as old as the backend, over all reloads. Threading: control thread, but
 * {@link #view} for anyone.
 */
final class Ejectable {
    private final Backend backend;
    private final EjectionTime time = new EjectionTime();
    private final SuccessWindow window = new SuccessWindow();
    private final Once keptInARow = new Once();
    private final Once keptByRate = new Once();
    private final Once keptSilent = new Once();
    private long goodWhenSilent;
    private boolean ejected;
    private long untilNanos;
    private volatile EjectionView view = EjectionView.NONE;

    Ejectable(Backend backend) {
        this.backend = backend;
        forget();
    }

    Backend backend() {
        return backend;
    }

    EjectionView view() {
        return view;
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
        keptSilent.over();
        untilNanos = nowNanos + nanos;
        view = new EjectionView(Instant.now().plusNanos(nanos), time.inARow());
        backend.ejected(true, cause);
    }

    void restore(long nowNanos, String cause) {
        ejected = false;
        time.back(nowNanos, backend.good());
        view = new EjectionView(null, time.inARow());
        forget();
        backend.ejected(false, cause);
    }

    /** It is in, and nothing speaks against it: one of its ejections may be forgiven. To be called now and then. */
    void behaves(long nowNanos) {
        int before = time.inARow();
        time.behaves(nowNanos, backend.good());
        if (time.inARow() != before) view = new EjectionView(null, time.inARow());
    }

    /** What its attempts were like up to now does not count any more. */
    void forget() {
        backend.streak().forgetRow();
        window.begin(backend.good(), backend.streak().bad());
    }

    /** Failures count from now on by this config. @param crossed run on an event loop when there are enough in a row */
    void judgeBy(OutlierConfig config, Runnable crossed) {
        backend.streak().judgeBy(new FailureStreak.Judging(config.on(), config.consecutiveFailures(), crossed));
    }

    /** Nobody judges it any more. */
    void release(long nowNanos) {
        backend.streak().judgeBy(null);
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

    /** That it stays in though it is silent. To be said anew when it has answered somebody since. */
    Once keptSilent() {
        long good = backend.good();
        if (good != goodWhenSilent) keptSilent.over();
        goodWhenSilent = good;
        return keptSilent;
    }
}
