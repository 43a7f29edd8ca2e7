package lb.connect;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
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
public final class AcceptPause extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(AcceptPause.class);
    private static final int SECONDS_APART = 10;
    private static final long APART = TimeUnit.SECONDS.toNanos(SECONDS_APART);

    private final Supplier<String> listener;
    private final AtomicLong mayLogAt = new AtomicLong(System.nanoTime());

    /** @param listener asked at each line: how the log calls it now, such as {@code listener=web} */
    public AcceptPause(Supplier<String> listener) {
        this.listener = listener;
    }

    @Override public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        long now = System.nanoTime();
        long at = mayLogAt.get();
        if (now - at < 0 || !mayLogAt.compareAndSet(at, now + APART)) return;
        log.warn("{} cannot accept clients and tries again each second: {}", listener.get(), cause.getMessage());
    }
}
