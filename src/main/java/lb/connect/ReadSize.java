package lb.connect;

import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.internal.PlatformDependent;

/**
 * How much is read from a connection at a time: little while nobody knows how much will come, and eight times as much
 * after each read that was filled, so that a large body takes few reads and few wake-ups. A connection at rest holds no
 * buffer, whatever it will read next: no transport takes one before something has come. When buffers take more than a
 * quarter of the memory they may have, all reads are small, and so are those of a body that is more work than to pass
 * it on; of these one follows another only after whatever else the event loop has to do.
 *
 * <p>Threading: one event loop for each handle.
 */
public final class ReadSize extends DefaultMaxMessagesRecvByteBufAllocator {
    /** A request's head, or a small response, fits. */
    private static final int SMALL = 1024;
    private static final int CAUTIOUS = 16 * 1024;
    private static final int LARGEST = 512 * 1024;
    /** To compress that takes about a millisecond. */
    private static final int PIECE = 32 * 1024;
    private static final int STEP = 8;
    private static final long MANY_BYTES = PlatformDependent.maxDirectMemory() / 4;
    private static final ByteBufAllocatorMetric BUFFERS = PooledByteBufAllocator.DEFAULT.metric();

    /**
     * How much may wait to be written to one side before the other is held: as much as a large read brings, or each of
     * them would hold and release its source.
     */
    public static final WriteBufferWaterMark WAITING = new WriteBufferWaterMark(128 * 1024, 256 * 1024);

    /** For all connections. */
    public static final ReadSize USUAL = new ReadSize();
    private static final ReadSize SPARING = new ReadSize();

    private ReadSize() {}

    /**
     * From now on, until {@link #asUsual}. The transports hide the handle that was made for a channel, but ask it anew
     * before each read, and it looks at what stands in the channel's config then.
     */
    static void sparingly(Channel channel) {
        channel.config().setRecvByteBufAllocator(SPARING);
    }

    /** Takes {@link #sparingly} back. */
    static void asUsual(Channel channel) {
        if (channel.config().getRecvByteBufAllocator() == SPARING) channel.config().setRecvByteBufAllocator(USUAL);
    }

    @SuppressWarnings("deprecation")    // Netty's own allocators implement this Handle, too
    @Override public RecvByteBufAllocator.Handle newHandle() {
        return new Size();
    }

    private final class Size extends MaxMessageHandle {
        private int next = SMALL;
        private int largest = LARGEST;
        private boolean muchTooLarge;

        @Override public void reset(ChannelConfig config) {
            largest = config.getRecvByteBufAllocator() == SPARING ? PIECE : LARGEST;
            super.reset(config);
        }

        @Override public int guess() {
            int most = Math.min(next, largest);
            return most > CAUTIOUS && BUFFERS.usedDirectMemory() > MANY_BYTES ? CAUTIOUS : most;
        }

        @Override public void lastBytesRead(int bytes) {
            if (bytes > 0 && bytes == attemptedBytesRead()) {
                next = Math.min(next * STEP, largest);
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
    }
}
