package lb.observe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Writes lines to what may be full for a while. Where a disk had room for a part of a line only, that line is ended
 * before the next is written, so that no two are glued together.
 *
 * <p>Threading: one thread, which is never interrupted, as that would close the channel.
 */
final class LineOutput implements AutoCloseable {
    /** Bytes handed over at once: the JDK keeps as much memory outside the heap for each thread that writes. */
    private static final int PIECE = 64 << 10;

    private final WritableByteChannel out;
    private boolean inLine;
    private boolean failed;

    /** @param out this object's now; blocks */
    LineOutput(WritableByteChannel out) {
        this.out = out;
    }

    /**
     * Writes whole lines, in one or more calls.
     *
     * @throws IOException when some of it could not be written; what comes next begins another line
     */
    void write(byte[] bytes, int start, int length) throws IOException {
        if (failed && inLine) put(ByteBuffer.wrap(new byte[] {'\n'}));
        failed = true;
        int end = start + length;
        for (int at = start; at < end; at += PIECE) put(ByteBuffer.wrap(bytes, at, Math.min(PIECE, end - at)));
        failed = false;
    }

    private void put(ByteBuffer rest) throws IOException {
        while (rest.hasRemaining()) {
            if (out.write(rest) <= 0) throw new IOException("it takes no more");
            inLine = rest.get(rest.position() - 1) != '\n';
        }
    }

    @Override public void close() throws IOException {
        out.close();
    }
}
