package lb.connect;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lb.config.Units;

/** Makes TCP connections on a given event loop. Names are resolved without blocking. Any thread. */
public final class Dialler {
    private final Bootstrap template;

    /** @param resolver for hosts that are names; shared, closed by its owner */
    public Dialler(Transport transport, AddressResolverGroup<InetSocketAddress> resolver) {
        template = new Bootstrap()
                .channel(transport.socket())
                .resolver(resolver)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.RECVBUF_ALLOCATOR, ReadSize.USUAL)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, ReadSize.WAITING);
    }

    /**
     * @param timeout from now to a connection, resolving included
     * @return whose listeners are told on that loop, whatever becomes of it
     */
    ChannelFuture dial(EventLoop loop, String host, int port, Duration timeout, ChannelHandler handler) {
        InetSocketAddress address = address(host, port);
        Bootstrap bootstrap = template.clone(loop)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE))
                .handler(handler);
        ChannelFuture connecting = connect(bootstrap, loop, address);
        return address.isUnresolved() ? within(timeout, loop, connecting) : connecting;
    }

    /**
     * Connects by somebody's own bootstrap.
     *
     * @param bootstrap for this connection alone, with a handler
     * @param loop      its group
     * @return whose listeners are told on that loop, whatever becomes of it
     */
    public static ChannelFuture connect(Bootstrap bootstrap, EventLoop loop, String host, int port) {
        return connect(bootstrap, loop, address(host, port));
    }

    private static ChannelFuture connect(Bootstrap bootstrap, EventLoop loop, InetSocketAddress address) {
        // a resolver opens a socket of its own on this loop: only for those who need it
        if (!address.isUnresolved()) bootstrap.disableResolver();
        ChannelFuture connecting = bootstrap.connect(address);
        return connecting.isDone() && !connecting.isSuccess() ? toldOn(loop, connecting) : connecting;
    }

    /** Netty's own timeout begins when the name is resolved, and a resolver may ask several servers one by one. */
    private static ChannelFuture within(Duration timeout, EventLoop loop, ChannelFuture connecting) {
        ChannelPromise told = new DefaultChannelPromise(connecting.channel(), loop);
        Future<?> deadline = loop.schedule(() -> {
            told.tryFailure(new ConnectTimeoutException("not connected after " + Units.show(timeout)));
            connecting.channel().close();
        }, timeout.toNanos(), TimeUnit.NANOSECONDS);
        connecting.addListener(done -> {
            deadline.cancel(false);
            if (done.isSuccess()) told.trySuccess();
            else told.tryFailure(done.cause());
        });
        return told;
    }

    /** Without a descriptor Netty has no channel, and tells the listeners on a thread that belongs to nobody here. */
    private static ChannelFuture toldOn(EventLoop loop, ChannelFuture failed) {
        ChannelPromise told = new DefaultChannelPromise(failed.channel(), loop);
        loop.execute(() -> told.setFailure(failed.cause()));
        return told;
    }

    /** Resolved when the host is an IP literal. */
    public static InetSocketAddress address(String host, int port) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal == null) return InetSocketAddress.createUnresolved(host, port);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(literal), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + literal.length + " bytes", e);
        }
    }
}
