package lb.connect;

import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.internal.PlatformDependent;

/**
 * How much is read from a connection at a time: little while nobody knows how much will come, and eight times as much
 * after each read that was filled, so that a large body takes few reads and few wake-ups. A connection at rest goes
 * back to little, since io_uring holds the buffer of a read for as long as it waits. When buffers take more than a
 * quarter of the memory they may have, all reads are small.
 *
 * <p>Threading: one event loop for each handle.
 */
public final class ReadSize extends DefaultMaxMessagesRecvByteBufAllocator {
    /** A request's head, or a small response, fits. */
    private static final int SMALL = 1024;
    private static final int CAUTIOUS = 16 * 1024;
    private static final int LARGEST = 512 * 1024;
    private static final int STEP = 8;
    private static final long MANY_BYTES = PlatformDependent.maxDirectMemory() / 4;
    private static final ByteBufAllocatorMetric BUFFERS = PooledByteBufAllocator.DEFAULT.metric();

    /**
     * How much may wait to be written to one side before the other is held: as much as a large read brings, or each of
     * them would hold and release its source.
     */
    public static final WriteBufferWaterMark WAITING = new WriteBufferWaterMark(128 * 1024, 256 * 1024);

    private final int atRest;

    private ReadSize(int atRest) {
        this.atRest = atRest;
    }

    /** For clients: many rest, and what they send next is a head. */
    public static ReadSize ofClients() {
        return new ReadSize(2 * SMALL);
    }

    /** For backends: few rest, and the next response is often as large as the last. */
    public static ReadSize ofBackends() {
        return new ReadSize(2 * CAUTIOUS);
    }

    /** A message has ended on this connection, and maybe nothing comes for a long time. */
    public static void rest(Channel channel) {
        if (channel.unsafe().recvBufAllocHandle() instanceof Size size) size.rest();
    }

    @SuppressWarnings("deprecation")    // Netty's own allocators implement this Handle, too
    @Override public RecvByteBufAllocator.Handle newHandle() {
        return new Size();
    }

    private final class Size extends MaxMessageHandle {
        private int next = SMALL;
        private boolean muchTooLarge;

        @Override public int guess() {
            return next > CAUTIOUS && BUFFERS.usedDirectMemory() > MANY_BYTES ? CAUTIOUS : next;
        }

        @Override public void lastBytesRead(int bytes) {
            if (bytes > 0 && bytes == attemptedBytesRead()) {
                next = Math.min(next * STEP, LARGEST);
                muchTooLarge = false;
            }
            super.lastBytesRead(bytes);
        }

        /** Twice in a row, since the last read of a body is often a short one. */
        @Override public void readComplete() {
            boolean again = muchTooLarge;
            muchTooLarge = totalBytesRead() < next / STEP;
            if (again && muchTooLarge) next = Math.max(next / STEP, SMALL);
        }

        private void rest() {
            next = Math.min(next, atRest);
        }
    }
}
