package lb.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/**
 * Many bytes, each known by its position, written as fast as the peer takes them. Tells how far it got, and so whether
 * the peer holds it back.
 */
public final class Flood {
    private final long length;
    private final AtomicLong sent = new AtomicLong();

    /** @param length in bytes */
    public Flood(long length) {
        this.length = length;
    }

    /** The byte at this position of every flood. */
    public static byte byteAt(long position) {
        return (byte) (position * 31 + (position >>> 13));
    }

    /** A flood's bytes from this position on. */
    public static byte[] bytes(long from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = byteAt(from + i);
        return bytes;
    }

    public long length() {
        return length;
    }

    /** Bytes that the system has taken so far. */
    public long sent() {
        return sent.get();
    }

    public boolean allSent() {
        return sent.get() == length;
    }

    /** Writes all of it; blocks while the peer holds it back. */
    public void into(OutputStream out) throws IOException {
        while (sent.get() < length) {
            int n = (int) Math.min(65536, length - sent.get());
            out.write(bytes(sent.get(), n));
            sent.addAndGet(n);
        }
    }

    /** Writes all of it on a thread of its own, until done or the connection is lost. */
    public Flood start(OutputStream out) {
        Thread thread = new Thread(() -> {
            try {
                into(out);
            } catch (IOException lost) {
                // sent() says how far it came
            }
        }, "flood");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** Waits until nothing was taken for 400 ms, and says how much was before. */
    public long awaitStalled() {
        long[] seen = {-1, System.nanoTime()};
        Awaitility.await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(20)).until(() -> {
            if (seen[0] != sent.get()) {
                seen[0] = sent.get();
                seen[1] = System.nanoTime();
            }
            return seen[0] > 0 && System.nanoTime() - seen[1] > 400_000_000;
        });
        return sent.get();
    }
}
