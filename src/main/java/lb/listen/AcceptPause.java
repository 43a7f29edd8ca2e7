package lb.listen;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a listener could not accept, as happens when the process has no descriptor left. Stands behind Netty's
 * acceptor, which turns reading off for a second at each such failure and on again by itself: no loop spins, clients
 * wait in the kernel's queue, and a listener logs one line in {@value #SECONDS_APART} s for all its lanes.
 *
 * <p>Threading: any event loop.
 */
@ChannelHandler.Sharable
final class AcceptPause extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(AcceptPause.class);
    private static final int SECONDS_APART = 10;
    private static final long APART = TimeUnit.SECONDS.toNanos(SECONDS_APART);

    private final Listener listener;
    private final AtomicLong mayLogAt = new AtomicLong(System.nanoTime());

    AcceptPause(Listener listener) {
        this.listener = listener;
    }

    @Override public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        long now = System.nanoTime();
        long at = mayLogAt.get();
        if (now - at < 0 || !mayLogAt.compareAndSet(at, now + APART)) return;
        log.warn("listener={} cannot accept clients and tries again each second: {}", listener.name(),
                cause.getMessage());
    }
}
