package lb.sticky;

import java.util.function.LongSupplier;
import lb.config.StickyConfig;
import lb.pool.Pool;

/** Makes what knows a pool's sessions. Control thread. */
public final class Stickies {
    private Stickies() {}

    /**
     * @param pool   open or not yet
     * @param before what the pool whose place it takes had; what that has learned and verified lives on where the
     *               config still means the same. Or null
     * @return null when the pool is not sticky; {@code before} itself when it is of this very pool
     */
    public static Sticky of(Pool pool, Sticky before) {
        return of(pool, before, () -> System.currentTimeMillis() / 1000, System::nanoTime);
    }

    /** @param epochSeconds the time of day, which replicas agree on @param nanoClock monotonic */
    static Sticky of(Pool pool, Sticky before, LongSupplier epochSeconds, LongSupplier nanoClock) {
        StickyConfig config = pool.config().sticky();
        if (config == null) return null;
        if (config.cookie() != null) {
            StickyCookie same = before instanceof StickyCookie cookie ? cookie : null;
            return same != null && same.isOf(pool) ? same : new StickyCookie(pool, same, epochSeconds);
        }
        LearnedSessions same = before instanceof LearnedSessions learned ? learned : null;
        return same != null && same.isOf(pool) ? same : new LearnedSessions(pool, same, nanoClock);
    }
}
