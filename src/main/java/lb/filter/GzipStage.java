package lb.filter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import lb.http.Side;
import lb.proxy.BodyStage;

/**
 * Makes a body one gzip member (RFC 1952). What came in one read goes out after it, so that a stream of events is not
 * held back.
 *
 * <p>Threading: event loop only. A write may lose the client and so close this stage from within.
 */
final class GzipStage implements BodyStage {
    /** Magic, deflate, no flags, no time, nothing about the effort, an unknown system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int TRAILER = 8;
    private static final int ROOM = 8 * 1024;
    /** With less room than that, zlib repeats the mark of a flush. */
    private static final int LEAST_ROOM = 16;

    private final Deflaters deflaters;
    private final Deflater deflater;
    private final ByteBufAllocator allocator;
    private final CRC32 crc = new CRC32();
    private ByteBuf out;
    private boolean begun;
    private boolean unflushed;
    private boolean ended;
    private boolean closed;

    /** @param deflater from {@code deflaters}; given back by {@link #close} */
    GzipStage(Deflaters deflaters, Deflater deflater, ByteBufAllocator allocator) {
        this.deflaters = deflaters;
        this.deflater = deflater;
        this.allocator = allocator;
    }

    @Override public void body(ByteBuf data, Side client) {
        try {
            ByteBuffer in = data.nioBuffer();
            crc.update(in.duplicate());
            deflater.setInput(in);
            unflushed = true;
            while (!closed && !deflater.needsInput()) deflate(Deflater.NO_FLUSH, client);
        } finally {
            data.release();
        }
    }

    @Override public void readComplete(Side client) {
        if (!unflushed || ended || closed) return;
        unflushed = false;
        // a buffer that was not filled says that nothing is left
        while (!closed && deflate(Deflater.SYNC_FLUSH, client)) {}
        send(client);
    }

    @Override public void end(Side client) {
        ended = true;
        deflater.finish();
        while (!closed && !deflater.finished()) deflate(Deflater.NO_FLUSH, client);
        if (closed) return;
        room(TRAILER, client);
        if (closed) return;
        out.writeIntLE((int) crc.getValue());
        out.writeIntLE((int) deflater.getBytesRead());
        send(client);
    }

    @Override public void close() {
        if (closed) return;
        closed = true;
        if (out != null) out.release();
        out = null;
        deflaters.release(deflater);
    }

    /** @return true when it filled its buffer, so that there may be more */
    private boolean deflate(int flush, Side client) {
        room(LEAST_ROOM, client);
        if (closed) return false;
        int room = out.writableBytes();
        int written = deflater.deflate(out.internalNioBuffer(out.writerIndex(), room), flush);
        out.writerIndex(out.writerIndex() + written);
        return written == room;
    }

    /** Makes sure of a buffer with that much room; the one before goes out. */
    private void room(int bytes, Side client) {
        if (out != null && out.writableBytes() < bytes) send(client);
        if (closed || out != null) return;
        out = allocator.directBuffer(ROOM, ROOM);
        if (!begun) out.writeBytes(HEADER);
        begun = true;
    }

    private void send(Side client) {
        if (out == null) return;
        ByteBuf full = out;
        out = null;
        if (full.isReadable()) client.body(full);
        else full.release();
    }
}
