package lb.filter;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import lb.config.route.RateLimitConfig;
import lb.pool.Hash;

/**
 * How much of its share each key has used, by the generic cell rate algorithm (ITU-T I.371, annex A): of a key only the
 * time is kept at which all of its share will be there again.
 *
 * <pre>
 * 10 per second, burst 3       at 0 ms   0 ms   0 ms   0 ms      100 ms   150 ms
 *                              granted   granted granted wait 100 granted  wait 50
 * all there again at           100       200    300    300       400      400
 * </pre>
 *
 * <p>The table grows with its keys up to a fixed size, about 20 bytes for each. A key belongs into one set of eight
 * places; where all are taken, it gets that of the key whose share is the nearest to being whole, which so loses the
 * least. Which keys share a set, and with its {@link #seed} which texts share a key, differs from process to process,
 * so that nobody can choose them.
 *
 * <p>Threading: any event loop, concurrently: no lock, and no allocation but for the first key of a set. Where a place
 * changes hands in the very moment of a request, that request may count for the wrong one of the two, or not at all;
 * else none is granted too many.
 */
final class RateLimitTable {
    private static final int WAYS = 8;
    /** Longs of a set: eight keys, and behind them their eight times. */
    private static final int SET = 2 * WAYS;

    private final RateLimitSets table;
    private final int sets;
    private final long seed = ThreadLocalRandom.current().nextLong();
    private final long intervalNanos;
    private final long burstNanos;
    private final LongSupplier nanoClock;
    private final long origin;

    /** @param nanoClock monotonic */
    RateLimitTable(RateLimitConfig config, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        origin = nanoClock.getAsLong();
        sets = (config.keys() + WAYS - 1) / WAYS;
        table = new RateLimitSets(sets, SET);
        intervalNanos = Math.max(1, config.period().toNanos() / config.requests());
        burstNanos = intervalNanos * config.burst();
    }

    /**
     * One request of that key.
     *
     * @param key any 64 bits
     * @return 0 when it is granted, else nanoseconds until one would be
     */
    long take(long key) {
        long mixed = mixed(key);
        AtomicLongArray set = table.of(set(mixed));
        long now = now();
        while (true) {
            int place = find(set, mixed);
            if (place < 0) place = claim(set, mixed, now);
            if (place < 0) continue;
            long whole = set.get(place);
            long next = Math.max(whole, now) + intervalNanos;
            if (next - now > burstNanos) return next - now - burstNanos;
            if (set.compareAndSet(place, whole, next)) return 0;
        }
    }

    /** Nanoseconds until all of that key's share is there again; 0 when it is. */
    long untilWhole(long key) {
        long mixed = mixed(key);
        AtomicLongArray set = table.find(set(mixed));
        int place = set == null ? -1 : find(set, mixed);
        return place < 0 ? 0 : Math.max(0, set.get(place) - now());
    }

    /** How many requests a key may make at once. @param untilWhole what {@link #untilWhole} said of it */
    long left(long untilWhole) {
        return Math.max(0, burstNanos - untilWhole) / intervalNanos;
    }

    /** Where hashes begin that are used as keys. */
    long seed() {
        return seed;
    }

    /** Longs that it holds. */
    int size() {
        return table.size();
    }

    /** Where the time of that key stands, or -1. */
    private static int find(AtomicLongArray set, long mixed) {
        for (int at = 0; at < WAYS; at++) {
            if (set.get(at) == mixed) return at + WAYS;
        }
        return -1;
    }

    /** Gives the key a place with its share whole. @return where its time stands, or -1: somebody was faster */
    private static int claim(AtomicLongArray set, long mixed, long now) {
        int best = 0;
        for (int at = 0; at < WAYS; at++) {
            if (set.get(at) == 0) {
                best = at;
                break;
            }
            if (set.get(at + WAYS) < set.get(best + WAYS)) best = at;
        }
        long leaving = set.get(best);
        long whole = set.get(best + WAYS);
        if (!set.compareAndSet(best, leaving, mixed)) return -1;
        set.compareAndSet(best + WAYS, whole, now);
        return best + WAYS;
    }

    /** Never 0, which is no key. */
    private long mixed(long key) {
        long mixed = Hash.end(key ^ seed);
        return mixed == 0 ? 1 : mixed;
    }

    private int set(long mixed) {
        return (int) ((mixed >>> 32) * sets >>> 32);
    }

    private long now() {
        return nanoClock.getAsLong() - origin;
    }
}
