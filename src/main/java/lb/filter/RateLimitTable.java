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
 * <p>The table has a fixed size, 16 bytes for each key. A key belongs into one set of eight places; where all are
 * taken, it gets that of the key whose share is the nearest to being whole, which so loses the least. Which keys share
 * a set, and with its {@link #seed} which texts share a key, differs from process to process, so that nobody can choose
 * them.
 *
 * <p>Threading: any event loop, concurrently: no lock, no allocation. Where a place changes hands in the very moment of
 * a request, that request may count for the wrong one of the two, or not at all; else none is granted too many.
 */
final class RateLimitTable {
    private static final int WAYS = 8;
    /** Eight keys, in one cache line, and their eight times in the next. */
    private static final int SET = 2 * WAYS;

    private final AtomicLongArray slots;
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
        slots = new AtomicLongArray(sets * SET);
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
        int set = set(mixed);
        long now = now();
        while (true) {
            int place = find(set, mixed);
            if (place < 0) place = claim(set, mixed, now);
            if (place < 0) continue;
            long whole = slots.get(place);
            long next = Math.max(whole, now) + intervalNanos;
            if (next - now > burstNanos) return next - now - burstNanos;
            if (slots.compareAndSet(place, whole, next)) return 0;
        }
    }

    /** Nanoseconds until all of that key's share is there again; 0 when it is. */
    long untilWhole(long key) {
        long mixed = mixed(key);
        int place = find(set(mixed), mixed);
        return place < 0 ? 0 : Math.max(0, slots.get(place) - now());
    }

    /** How many requests a key may make at once. @param untilWhole what {@link #untilWhole} said of it */
    long left(long untilWhole) {
        return Math.max(0, burstNanos - untilWhole) / intervalNanos;
    }

    /** Where hashes begin that are used as keys. */
    long seed() {
        return seed;
    }

    /** Longs that it holds, however many keys come. */
    int size() {
        return slots.length();
    }

    /** Where the time of that key stands, or -1. */
    private int find(int set, long mixed) {
        for (int at = set; at < set + WAYS; at++) {
            if (slots.get(at) == mixed) return at + WAYS;
        }
        return -1;
    }

    /** Gives the key a place with its share whole. @return where its time stands, or -1: somebody was faster */
    private int claim(int set, long mixed, long now) {
        int best = set;
        for (int at = set; at < set + WAYS; at++) {
            if (slots.get(at) == 0) {
                best = at;
                break;
            }
            if (slots.get(at + WAYS) < slots.get(best + WAYS)) best = at;
        }
        long leaving = slots.get(best);
        long whole = slots.get(best + WAYS);
        if (!slots.compareAndSet(best, leaving, mixed)) return -1;
        slots.compareAndSet(best + WAYS, whole, now);
        return best + WAYS;
    }

    /** Never 0, which is no key. */
    private long mixed(long key) {
        long mixed = Hash.end(key ^ seed);
        return mixed == 0 ? 1 : mixed;
    }

    private int set(long mixed) {
        return (int) ((mixed >>> 32) * sets >>> 32) * SET;
    }

    private long now() {
        return nanoClock.getAsLong() - origin;
    }
}
