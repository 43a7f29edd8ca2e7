package lb.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Hands records to a thread that writes them. A record that finds the queue full is dropped and counted, and a line
 * says how many were, at most each 10 s.
 *
 * <p>Threading: records come from any thread and never wait; format and end on the control thread.
 */
final class QueuedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> implements Runnable {
    /** Records; of at most {@link EventFormat#RECORD_LIMIT} bytes each. */
    static final int CAPACITY = 1024;

    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_MILLIS = 100;
    private static final long STOP_MILLIS = 2_000;

    private final LogTarget target;
    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread = new Thread(this, "lb-log");
    private volatile EventFormat format;
    private volatile boolean stopping;

    // writer thread
    private long told;
    private long toldNanos = System.nanoTime() - TELL_NANOS;

    QueuedAppender(LogTarget target) {
        this.target = target;
        thread.setDaemon(true);
    }

    void format(EventFormat format) {
        this.format = format;
    }

    EventFormat format() {
        return format;
    }

    LogTarget target() {
        return target;
    }

    long dropped() {
        return dropped.sum();
    }

    @Override public void start() {
        super.start();
        thread.start();
    }

    /** Writes what is there; waits for that, but never longer than 2 s. */
    @Override public void stop() {
        super.stop();
        stopping = true;
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override protected void append(ILoggingEvent event) {
        if (!queue.offer(format.line(event))) dropped.increment();
    }

    @Override public void run() {
        while (!stopping || !queue.isEmpty()) {
            try {
                byte[] line = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (line != null) write(line);
                tell();
            } catch (InterruptedException e) {
                // nobody has reason to: the thread ends by stop
            }
        }
        toldNanos = System.nanoTime() - TELL_NANOS;
        tell();
    }

    private void write(byte[] line) {
        try {
            target.write(line, 0, line.length);
        } catch (IOException e) {
            dropped.increment();
        }
    }

    private void tell() {
        long now = System.nanoTime();
        long sum = dropped.sum();
        if (sum == told || now - toldNanos < TELL_NANOS) return;
        String message = (sum - told) + " log records were dropped: they came faster than stderr took them";
        told = sum;
        toldNanos = now;
        byte[] line = format.warning(System.currentTimeMillis(), message);
        try {
            target.write(line, 0, line.length);
        } catch (IOException e) {
            // stderr is gone: the count is kept for whoever asks
        }
    }
}
