package lb.pool;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections to one backend: how many there are, how many carry nothing, and how many there may be.
 *
 * <p>Threading: any event loop, without a lock; {@link #limit} on the control thread.
 */
final class Slots {
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();
    private volatile int most;                      // 0: any number
    private volatile WaitingLine line;              // null: nobody ever waits

    /** @param most 0 for any number @param waiting those who wait for a slot */
    void limit(int most, WaitingLine waiting) {
        this.most = most;
        line = most > 0 ? waiting : null;
    }

    /** @return false: there are as many as there may be */
    boolean opens() {
        while (true) {
            int now = open.get();
            int limit = most;
            if (limit > 0 && now >= limit) return false;
            if (open.compareAndSet(now, now + 1)) return true;
        }
    }

    void closed() {
        open.decrementAndGet();
        freed();
    }

    /** @param change +1 or -1 */
    void idle(int change) {
        idle.addAndGet(change);
        if (change > 0) freed();
    }

    private void freed() {
        WaitingLine waiting = line;
        if (waiting != null) waiting.signal();
    }

    boolean full() {
        int limit = most;
        return limit > 0 && open.get() - idle.get() >= limit;
    }

    boolean overLimit() {
        int limit = most;
        return limit > 0 && open.get() > limit;
    }

    /** Idle ones included. */
    int open() {
        return open.get();
    }

    int idle() {
        return idle.get();
    }
}
