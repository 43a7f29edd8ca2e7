package lb.health;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lb.connect.Dialler;
import lb.pool.Backend;

/**
 * One question to one backend: does its process react at all? A connection proves nothing: the kernel takes it also
 * for a process that is stopped or stuck. So it is asked {@code OPTIONS *}, which RFC 9110 §9.3.7 calls a no-op, of
 * use as a test of a server. Whatever comes back is a sign of life: any byte, whatever status, a close, a reset.
 *
 * <p>Threading: control thread, which is the connection's event loop. It ends exactly once, by a reaction, by silence,
 * without a connection, or by {@link #abandon}; whatever ends it closes the connection.
 */
final class SignOfLife extends ChannelInboundHandlerAdapter implements Prober.Probe {
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
    private final EventLoop control;
    private final Consumer<Finding> whenDone;
    private Channel channel;                // both null when it could not even start
    private Future<?> deadline;
    private boolean ended;

    /**
     * @param patience for the connect, and then for a reaction
     * @param whenDone told exactly once unless abandoned, on the control thread, never before {@link #start} returned
     */
    SignOfLife(Backend backend, Duration patience, EventLoop control, Consumer<Finding> whenDone) {
        this.backend = backend;
        this.patience = patience;
        this.control = control;
        this.whenDone = whenDone;
    }

    /** @param bootstrap this question's own */
    void start(Bootstrap bootstrap) {
        ChannelFuture connecting;
        try {
            InetSocketAddress address = Dialler.address(backend.host(), backend.port());
            if (!address.isUnresolved()) bootstrap.disableResolver();
            connecting = bootstrap
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis())
                    .handler(this)
                    .connect(address);
        } catch (RuntimeException bug) {
            control.execute(() -> end(Finding.NOT_ASKED));
            return;
        }
        channel = connecting.channel();
        // without a descriptor there is no channel, and listeners are told on a thread that is not ours
        connecting.addListener(future -> {
            if (!future.isSuccess()) control.execute(() -> end(Finding.NOT_ASKED));
        });
    }

    @Override public void channelActive(ChannelHandlerContext context) {
        String request = "OPTIONS * HTTP/1.1\r\nHost: " + backend.address()
                + "\r\nUser-Agent: lb-health\r\nConnection: close\r\n\r\n";
        deadline = control.schedule(() -> end(Finding.SILENT), patience.toNanos(), TimeUnit.NANOSECONDS);
        context.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII), context.voidPromise());
    }

    @Override public void channelRead(ChannelHandlerContext context, Object bytes) {
        ReferenceCountUtil.release(bytes);
        end(Finding.ALIVE);
    }

    @Override public void channelInactive(ChannelHandlerContext context) {
        end(Finding.ALIVE);
    }

    @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(Finding.ALIVE);
    }

    private void end(Finding finding) {
        if (ended) return;
        abandon();
        whenDone.accept(finding);
    }

    @Override public void abandon() {
        ended = true;
        if (deadline != null) deadline.cancel(false);
        if (channel != null && channel.isOpen()) channel.close();
    }
}
