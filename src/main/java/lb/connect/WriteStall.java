package lb.connect;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a peer has taken nothing of what is written to it. What waits in lb is too coarse to tell: a system holds
 * megabytes for a peer, and accepts no more of lb before a third of them is gone. That takes minutes with a slow peer,
 * which reads on all the while. So the system is asked when it last sent a byte, and when it last heard of one that
 * arrived. Where it does not say (NIO), less must wait in lb than before.
 *
 * <p>Threading: the channel's event loop.
 */
public final class WriteStall {
    private long waiting;

    /** The peer has its full time from now on. */
    public void begin(Channel channel) {
        waiting = waiting(channel);
    }

    /**
     * Asked when the time is over.
     *
     * @param limit how long a peer may take nothing
     * @return nanoseconds that it has left, since it took something meanwhile; 0 when it did not
     */
    public long left(Channel channel, Duration limit) {
        if (!channel.isOpen()) return 0;
        long stalled;
        try {
            stalled = Transport.millisSincePeerTook(channel);
        } catch (ChannelException closedMeanwhile) {
            return 0;
        }
        if (stalled >= 0) return Math.max(0, limit.toNanos() - TimeUnit.MILLISECONDS.toNanos(stalled));
        long before = waiting;
        waiting = waiting(channel);
        return waiting < before ? limit.toNanos() : 0;
    }

    private static long waiting(Channel channel) {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress();
    }
}
