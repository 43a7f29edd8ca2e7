package lb.pool;

import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who wait for a connection to any backend of a pool: served first come, first served, over all event loops.
 * Bounded. Lives on when a reload replaces the pool.
 *
 * <pre>
 * signal  a slot may be free     ──┐ takes the turn, if nobody has it
 * call    the first that is not    │ on its event loop
 *         held                     │
 * serve   it got a connection?  ── yes: it leaves, the next is called
 *                                  no:  the turn ends, unless another signal came meanwhile
 * </pre>
 *
 * Only who has the turn may serve, so nobody overtakes but those who are held, and a signal that comes during a turn
 * makes it go round once more, so none is lost. Whoever does not wait yet must join when {@link #waiting} is above
 * zero.
 *
 * <p>Threading: any thread, without a lock. A place is left on the event loop of its waiter.
 */
public final class WaitingLine {
    private static final Logger log = LoggerFactory.getLogger(WaitingLine.class);
    /** Places that were left early stay in the line until the first or so many of them are there. */
    private static final int PURGE = 256;

    private final ConcurrentLinkedQueue<Place> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger signals = new AtomicInteger();
    private volatile Pool pool;

    /** Somebody who waits. */
    public interface Waiter {
        /** What runs {@link #serve}. */
        Executor eventLoop();

        /**
         * On its event loop: there may be a connection now.
         *
         * @return false: there is none, it waits on
         */
        boolean serve();

        /** Any thread. True while only one backend will do, and that is full: it keeps its place, others pass by. */
        default boolean held() {
            return false;
        }
    }

    /** A place in the line. */
    public final class Place implements Runnable {
        private final Waiter waiter;
        private volatile boolean over;

        private Place(Waiter waiter) {
            this.waiter = waiter;
        }

        /** On the waiter's event loop. It waits no more; nothing happens when it was served. */
        public void leave() {
            if (over) return;
            end();
            if (left.incrementAndGet() % PURGE == 0) line.removeIf(place -> place.over);
        }

        /** For the line only: its turn has come. */
        @Override public void run() {
            WaitingLine.this.serve(this);
        }

        private void end() {
            over = true;
            waiting.decrementAndGet();
        }
    }

    /** Those who wait now. */
    public int waiting() {
        return waiting.get();
    }

    /** Kept in memory: those who wait, and a few who left. */
    int places() {
        return line.size();
    }

    /** Those who wait are served by this pool, the newest of its name. Null before it is open. */
    public Pool pool() {
        return pool;
    }

    /** Control thread. */
    void pool(Pool newest) {
        pool = newest;
    }

    /**
     * Takes the last place. The waiter is asked soon, and whenever a slot may be free.
     *
     * @param most how many may wait, this one included
     * @return null when the line is full
     */
    public Place join(Waiter waiter, int most) {
        if (!counted(most)) return null;
        Place place = new Place(waiter);
        line.add(place);
        signal();
        return place;
    }

    private boolean counted(int most) {
        while (true) {
            int now = waiting.get();
            if (now >= most) return false;
            if (waiting.compareAndSet(now, now + 1)) return true;
        }
    }

    /** A slot may be free: a connection was given back or closed, a backend is up, a limit was raised. */
    public void signal() {
        // who joins counts itself before it looks for a slot, who signals frees one before it looks here
        if (waiting.get() > 0 && signals.getAndIncrement() == 0) callFirst();
    }

    /** With the turn. */
    private void callFirst() {
        while (true) {
            int seen = signals.get();
            for (Iterator<Place> places = line.iterator(); places.hasNext(); ) {
                Place first = places.next();
                if (!first.over && first.waiter.held()) continue;
                if (!first.over && called(first)) return;
                places.remove();
            }
            if (signals.compareAndSet(seen, 0)) return;
        }
    }

    private static boolean called(Place first) {
        try {
            first.waiter.eventLoop().execute(first);
            return true;
        } catch (RejectedExecutionException stopped) {
            first.end();
            return false;
        }
    }

    /** With the turn, on the event loop of the first. */
    private void serve(Place first) {
        while (true) {
            int seen = signals.get();
            if (first.over || served(first)) break;
            if (first.waiter.held()) {
                callFirst();
                return;
            }
            if (signals.compareAndSet(seen, 0)) return;
        }
        if (!first.over) first.end();
        line.remove(first);
        callFirst();
    }

    /** One that fails must not stop the line. */
    private static boolean served(Place first) {
        try {
            return first.waiter.serve();
        } catch (RuntimeException | Error fault) {
            log.error("a waiter failed through a fault of our own", fault);
            return true;
        }
    }
}
