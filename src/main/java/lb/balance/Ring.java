package lb.balance;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import lb.pool.Backend;
import lb.pool.Picker;

/**
 * Picks along a ring, one place per turn. Threading: any event loop; one atomic step and one array access.
 *
 * @param places at least one; a backend may have several; never written again
 * @param turn   counts picks, past 2³¹ and on through the sign; shared with the rings built before and after this one
 */
record Ring(Backend[] places, AtomicInteger turn) implements Picker {
    @Override public Backend pick(long affinity) {
        return places[Integer.remainderUnsigned(turn.getAndIncrement(), places.length)];
    }

    @Override public Backend pickInstead(long affinity) {
        return places[ThreadLocalRandom.current().nextInt(places.length)];
    }
}
