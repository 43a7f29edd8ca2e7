package lb.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;

/**
 * Collects what goes out on one connection: heads, chunk lines and small bodies are copied together into one buffer, so
 * that an ordinary message leaves in one write; large bodies pass as they are. Threading: one event loop.
 */
public final class OutBatch {
    /** Up to this size a copy is cheaper than one more buffer in the write. */
    private static final int COPY = 2048;

    private final ByteBufAllocator allocator;
    private final Consumer<ByteBuf> channel;
    private ByteBuf small;

    /** @param channel takes the buffers over, in order */
    public OutBatch(ByteBufAllocator allocator, Consumer<ByteBuf> channel) {
        this.allocator = allocator;
        this.channel = channel;
    }

    /** A buffer with at least that much room; what is written into it goes out in its place. */
    public ByteBuf room(int bytes) {
        if (small != null && small.writableBytes() < bytes) write();
        if (small == null) small = allocator.directBuffer(bytes + COPY);
        return small;
    }

    /** @param data the batch's now */
    public void add(ByteBuf data) {
        int n = data.readableBytes();
        if (n <= COPY && (small == null || small.writableBytes() >= n)) {
            if (small == null) {
                channel.accept(data);
                return;
            }
            small.writeBytes(data);
            data.release();
            return;
        }
        write();
        channel.accept(data);
    }

    /** Hands everything to the channel. */
    public void write() {
        if (small == null) return;
        ByteBuf data = small;
        small = null;
        channel.accept(data);
    }

    /** What was not handed over to the channel yet, the caller's now, or null. */
    public ByteBuf take() {
        ByteBuf data = small;
        small = null;
        return data;
    }

    /** Forgets what was not handed over. */
    public void close() {
        if (small != null) small.release();
        small = null;
    }
}
