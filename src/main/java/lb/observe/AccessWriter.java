package lb.observe;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes an access log. It looks at the lanes' rings every 100 ms, and at once when one is half
 * full. Whatever happens to the target, it goes on: a broken pipe costs records, never the proxy.
 */
final class AccessWriter implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(AccessWriter.class);
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** How long an event loop may still be busy with a record after it was told of another log. */
    private static final long LAST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long CLOSE_MILLIS = 2_000;

    private final List<LaneRing> rings;
    private final LogTarget target;
    private final LongAdder dropped;
    private final Thread thread = new Thread(this, "lb-access-log");
    private volatile boolean closing;

    // writer thread
    private long told;
    private long toldNanos = System.nanoTime() - TELL_NANOS;
    private String broken;

    /**
     * @param target  this writer's now
     * @param dropped where records that were lost are counted
     */
    AccessWriter(List<LaneRing> rings, LogTarget target, LongAdder dropped) {
        this.rings = rings;
        this.target = target;
        this.dropped = dropped;
        told = dropped.sum();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Any thread. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Any thread. */
    void dropped(int records) {
        dropped.add(records);
    }

    /** Any thread. Writes what is there, then ends; returns at once. */
    void close() {
        closing = true;
        wake();
    }

    /** After {@link #close}: waits until all is written, but never longer than 2 s. */
    void awaitClosed() {
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override public void run() {
        while (!closing) {
            drain();
            tell();
            LockSupport.parkNanos(this, PERIOD_NANOS);
        }
        long until = System.nanoTime() + LAST_LOOK_NANOS;
        for (long left = LAST_LOOK_NANOS; left > 0; left = until - System.nanoTime()) LockSupport.parkNanos(this, left);
        drain();
        toldNanos = System.nanoTime() - TELL_NANOS;
        tell();
        target.close();
    }

    private void drain() {
        for (LaneRing ring : rings) {
            try {
                ring.drain(target);
            } catch (LaneRing.Lost e) {
                dropped(e.records());
                broken = e.getMessage();
            } catch (RuntimeException e) {
                broken = e.toString();
            }
        }
    }

    private void tell() {
        long now = System.nanoTime();
        long sum = dropped.sum();
        if (sum == told || now - toldNanos < TELL_NANOS) return;
        log.warn("access log: {} records were dropped: {}", sum - told,
                broken == null ? "they came faster than they could be written" : broken);
        told = sum;
        toldNanos = now;
        broken = null;
    }
}
