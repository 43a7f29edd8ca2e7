package lb.pool;

import java.time.Duration;

/**
 * The slow start of one backend: its share grows from a tenth of its weight to the whole, in tenths.
 *
 * <pre>
 * 10 s, answering:        0s ▁ 1s ▁ 2s ▂ 3s ▃ …  9s ▇ 10s █        by time
 * 10 s, no requests:      the same: a low load cannot starve it
 * 2,000 good answers:     █ at once, however early                 by work: it is warm
 * 10 s, hanging:          ▁ stands still, for 30 s at most         time alone proves nothing
 * </pre>
 *
 * Time counts up to the last sign that the backend keeps up: an answer, or nothing left to answer. So one that has not
 * woken up yet is not given more than it can take. The bound is there for backends that answer late by nature.
 *
 * <p>Shares are relative. When all backends of a pool begin together, as after an outage, all have the same tenth, and
 * nobody is held back. Threading: control thread.
 */
final class Ramp {
    /** The full share. */
    static final int WHOLE = 10;
    /** Good answers after which caches are filled and code is compiled, for most. */
    static final int WARM = 2_000;
    /** How many times its length a ramp may take. */
    static final int LONGEST = 3;

    private final long lengthNanos;
    private final long begunNanos;
    private final long goodBefore;
    private long lastNanos;
    private long lastGood;
    private long ranNanos;

    /** @param length above zero @param good answers of the backend before */
    Ramp(Duration length, long nowNanos, long good) {
        lengthNanos = length.toNanos();
        begunNanos = nowNanos;
        lastNanos = nowNanos;
        goodBefore = good;
        lastGood = good;
    }

    /**
     * To be asked a few times per tenth of the length.
     *
     * @param good     answers of the backend up to now
     * @param inFlight its attempts now
     * @return 1–{@value #WHOLE}; the latter is the end
     */
    int share(long nowNanos, long good, int inFlight) {
        if (good > lastGood || inFlight == 0) {
            // an answer after a long silence proves the moment, not the silence
            ranNanos += Math.min(nowNanos - lastNanos, lengthNanos / WHOLE);
            lastNanos = nowNanos;
            lastGood = good;
        }
        double byTime = (double) ranNanos / lengthNanos;
        double byWork = (double) (good - goodBefore) / WARM;
        double atLeast = (double) (nowNanos - begunNanos) / lengthNanos - (LONGEST - 1);
        double way = Math.max(Math.max(byTime, byWork), atLeast);
        return (int) Math.min(WHOLE, 1 + Math.floor(Math.max(0, way) * (WHOLE - 1) + 1e-9));
    }
}
