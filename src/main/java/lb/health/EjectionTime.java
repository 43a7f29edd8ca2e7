package lb.health;

import lb.config.OutlierConfig;

/**
 * How long one backend is out: twice as long each further time in a row, up to a bound.
 *
 * <pre>
 * eject 10s, maxEject 5m     out 10s   out 20s   out 40s   out 80s   out 160s   out 5m   out 5m …
 *                                ▲         ▲         ▲
 * back for as long as the last   └─────────┴─────────┘ one step down
 * ejection took, with answers
 * </pre>
 *
 * So one that alternates between good and bad is out at least half of the time, and soon seldom tried; one that has
 * recovered is forgiven. Threading: control thread.
 */
final class EjectionTime {
    private int inARow;
    private long lastNanos;
    private long backNanos;
    private long goodAtBack;

    /** It is ejected now. @return for how many nanoseconds */
    long next(OutlierConfig config) {
        inARow++;
        lastNanos = config.eject().toNanos();
        long most = config.maxEject().toNanos();
        for (int i = 1; i < inARow && lastNanos < most; i++) lastNanos *= 2;
        lastNanos = Math.min(lastNanos, most);
        return lastNanos;
    }

    /** It is back. @param good its good answers ever */
    void back(long nowNanos, long good) {
        backNanos = nowNanos;
        goodAtBack = good;
    }

    /**
     * It is neither ejected nor out for another cause. To be called now and then.
     *
     * @param good as in {@link #back}; less than then where an answer that had begun came to nothing
     */
    void behaves(long nowNanos, long good) {
        if (inARow == 0 || nowNanos - backNanos < lastNanos || good <= goodAtBack) return;
        inARow--;
        lastNanos /= 2;
        back(nowNanos, good);
    }

    /** Ejections that are not forgiven yet. */
    int inARow() {
        return inARow;
    }

    boolean forgiven() {
        return inARow == 0;
    }
}
