package lb.balance;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import lb.pool.Backend;
import lb.pool.Hash;
import lb.pool.Picker;

/**
 * Picks from a table by affinity, but passes by a backend that has more than 1.25 times its share of all requests in
 * flight, and goes on along the client's own sequence: one key that everybody wants does not sink one backend
 * (Mirrokni, Thorup, Zadimoghaddam, "Consistent Hashing with Bounded Loads", 2016).
 *
 * <p>Threading: any event loop.
 */
final class BoundedLoad implements Picker {
    private static final double FACTOR = 1.25;
    /** In flight, which is never too many: a browser's six connections are no load, and shall meet one backend. */
    private static final int ALWAYS = 8;
    /** Along the client's own sequence; a key that fills all these is spread over whoever has room. */
    private static final int OWN_STEPS = 8;
    /** At most four in five have no room (1 ÷ 1.25), so that 16 in a row are less than 3 %; then the least loaded. */
    private static final int STEPS = OWN_STEPS + 16;

    private final Backend[] table;
    private final Backend[] backends;
    private final double weights;
    private final int mostShare;
    /*
     * The requests in flight to all, counted again after every n/4 picks that had to ask, where n is the number of
     * backends: four looks for each, whatever their number, and since then at most n/4 have come, which moves a share
     * by a quarter of a request. Two loops that write at once lose a step of the counter, which does no harm.
     */
    private final AtomicInteger sinceCount = new AtomicInteger();
    private volatile int inFlight;

    /** @param table of the same backends */
    BoundedLoad(Backend[] table, Backend[] backends) {
        this.table = table;
        this.backends = backends;
        int sum = 0;
        int most = 1;
        for (Backend backend : backends) {
            sum += backend.effectiveWeight();
            most = Math.max(most, backend.share());
        }
        weights = sum;
        mostShare = most;
        sinceCount.setPlain(backends.length);
    }

    @Override public Backend pick(long affinity) {
        Backend first = at(affinity);
        if (first.inFlight() < ALWAYS && takes(first, affinity)) return first;
        double perWeight = FACTOR * (countedInFlight() + 1) / weights;
        Backend least = first;
        Backend candidate = first;
        for (int i = 0; i < STEPS; i++) {
            boolean room = candidate.inFlight() < ALWAYS || load(candidate) < perWeight;
            if (room && (i >= OWN_STEPS || takes(candidate, affinity))) return candidate;
            if (load(candidate) < load(least)) least = candidate;
            affinity = i < OWN_STEPS ? Hash.next(affinity) : ThreadLocalRandom.current().nextLong();
            candidate = at(affinity);
        }
        return least;
    }

    private Backend at(long affinity) {
        return table[(int) Long.remainderUnsigned(affinity, table.length)];
    }

    /** In its slow start a backend has part of its clients, always the same: its share of the most that any has. */
    private boolean takes(Backend backend, long affinity) {
        int share = backend.share();
        return share >= mostShare || Long.remainderUnsigned(Hash.end(affinity), mostShare) < share;
    }

    private static double load(Backend backend) {
        return (double) backend.inFlight() / backend.effectiveWeight();
    }

    private int countedInFlight() {
        int since = sinceCount.getOpaque();
        if (since < backends.length / 4) {
            sinceCount.setOpaque(since + 1);
            return inFlight;
        }
        sinceCount.setOpaque(0);
        int sum = 0;
        for (Backend backend : backends) sum += backend.inFlight();
        inFlight = sum;
        return sum;
    }
}
