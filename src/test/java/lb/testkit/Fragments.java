package lb.testkit;

import java.io.IOException;
import java.io.OutputStream;

/** Writes bytes in small writes, each a segment of its own where the kernel lets it be. */
final class Fragments {
    private Fragments() {}

    static void write(OutputStream out, byte[] bytes, int size) throws IOException {
        for (int at = 0; at < bytes.length; at += size) {
            out.write(bytes, at, Math.min(size, bytes.length - at));
            out.flush();
            Thread.yield();
        }
    }
}
