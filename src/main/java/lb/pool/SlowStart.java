package lb.pool;

import java.time.Duration;

/**
 * Whether one backend is in a slow start, and its share meanwhile.
 *
 * <p>Threading: control thread; {@link #share} for anyone.
 */
final class SlowStart {
    private Ramp ramp;                              // null: at its full share
    private volatile int share = Ramp.WHOLE;

    /** @param length zero for none @param good answers of the backend up to now */
    void begin(Duration length, long nowNanos, long good) {
        ramp = length.isZero() ? null : new Ramp(length, nowNanos, good);
        share = ramp == null ? Ramp.WHOLE : 1;
    }

    boolean lasts() {
        return ramp != null;
    }

    /** @return true when the share has grown */
    boolean goOn(long nowNanos, long good, int inFlight) {
        return ramp != null && grow(ramp.share(nowNanos, good, inFlight));
    }

    /** Its share is the full one from now on. @return true when the share has grown */
    boolean end() {
        return ramp != null && grow(Ramp.WHOLE);
    }

    private boolean grow(int now) {
        if (now == Ramp.WHOLE) ramp = null;
        if (now <= share) return false;
        share = now;
        return true;
    }

    /** 1–{@value Ramp#WHOLE}. */
    int share() {
        return share;
    }
}
