package lb.observe;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets a burst through and then so many a second.
 *
 * <pre>
 * burst 3, 1/s, asked each 0.5 s → y y y y n y n y …
 * </pre>
 *
 * Threading: one event loop.
 */
final class TokenBucket {
    private final long fullNanos;
    private final long tokenNanos;
    private final LongSupplier nanoClock;
    /** What is in it, as time: a token is worth {@code tokenNanos}. */
    private long filledNanos;
    private long atNanos;

    /**
     * @param burst     at once, after a pause; at least 1
     * @param perSecond after that; at least 1
     */
    TokenBucket(int burst, int perSecond, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        tokenNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        fullNanos = burst * tokenNanos;
        filledNanos = fullNanos;
        atNanos = nanoClock.getAsLong();
    }

    /** True if there was a token. */
    boolean take() {
        long now = nanoClock.getAsLong();
        filledNanos = Math.min(fullNanos, filledNanos + (now - atNanos));
        atNanos = now;
        if (filledNanos < tokenNanos) return false;
        filledNanos -= tokenNanos;
        return true;
    }
}
