package lb.health;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import lb.pool.Backend;

/**
 * One question to one backend: does its process react at all? A connection proves nothing: the kernel takes it also
 * for a process that is stopped or stuck. So it is asked {@code OPTIONS *}, which RFC 9110 §9.3.7 calls a no-op, of
 * use as a test of a server. Whatever comes back is a sign of life: any byte, whatever status, a close, a reset.
 *
 * <p>Threading: control thread, which is the connection's event loop.
 */
final class SignOfLife extends ChannelInboundHandlerAdapter {
    /** What came of it. */
    enum Finding {
        /** Something came back. */
        ALIVE,
        /** It took the connection, and then not a byte came for the whole patience. */
        SILENT,
        /** There was no connection to ask over, which is for the health check to judge, or a lack of ours. */
        NOT_ASKED
    }

    private final Backend backend;
    private final Duration patience;
    private final ProbeConnection<Finding> connection;

    /**
     * @param patience to resolve and connect, and then for a reaction
     * @param whenDone told exactly once unless abandoned, on the control thread, never before {@link #start} returned
     */
    SignOfLife(Backend backend, Duration patience, EventLoop control, Consumer<Finding> whenDone) {
        this.backend = backend;
        this.patience = patience;
        connection = new ProbeConnection<>(control, whenDone);
    }

    /** @param bootstrap this question's own */
    Prober.Probe start(Bootstrap bootstrap) {
        try {
            connection.open(bootstrap.handler(this), backend, patience, () -> Finding.NOT_ASKED)
                    .addListener(connecting -> {
                        if (!connecting.isSuccess()) connection.end(Finding.NOT_ASKED);
                    });
        } catch (RuntimeException bug) {
            connection.endSoon(Finding.NOT_ASKED);
        }
        return connection;
    }

    @Override public void channelActive(ChannelHandlerContext context) {
        String request = "OPTIONS * HTTP/1.1\r\nHost: " + backend.address()
                + "\r\nUser-Agent: lb-health\r\nConnection: close\r\n\r\n";
        connection.endIn(patience, () -> Finding.SILENT);
        context.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII), context.voidPromise());
    }

    @Override public void channelRead(ChannelHandlerContext context, Object bytes) {
        ReferenceCountUtil.release(bytes);
        connection.end(Finding.ALIVE);
    }

    @Override public void channelInactive(ChannelHandlerContext context) {
        connection.end(Finding.ALIVE);
    }

    @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connection.end(Finding.ALIVE);
    }
}
