package lb.observe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Keeps what was written; can be stuck or broken. */
final class CaughtTarget implements LogTarget {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private CountDownLatch stuck = new CountDownLatch(0);
    private final CountDownLatch reached = new CountDownLatch(1);
    volatile boolean broken;
    volatile boolean closed;

    static CaughtTarget stuck() {
        CaughtTarget target = new CaughtTarget();
        target.stuck = new CountDownLatch(1);
        return target;
    }

    void loosen() {
        stuck.countDown();
    }

    /** Until somebody writes. */
    void awaitWrite() throws InterruptedException {
        reached.await();
    }

    @Override public void write(byte[] bytes, int start, int length) throws IOException {
        reached.countDown();
        try {
            stuck.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (broken) throw new IOException("Broken pipe");
        synchronized (this) {
            written.write(bytes, start, length);
        }
    }

    @Override public void close() {
        closed = true;
    }

    synchronized String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    List<String> lines() {
        return text().lines().toList();
    }
}
