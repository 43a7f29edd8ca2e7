package lb.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import lb.config.ListenAddress;
import lb.connect.AcceptPause;
import lb.connect.Transport;

/**
 * The admin listener: HTTP on loopback, on a thread of its own. Not the hot path, so its HTTP is Netty's.
 *
 * <p>Threading: started and closed on the control thread; everything else happens on the thread {@code lb-admin}.
 */
public final class AdminServer implements AutoCloseable {
    private static final long BIND_MILLIS = 5_000;
    private static final long CLOSE_MILLIS = 1_000;

    private final EventLoopGroup group;
    private final Channel channel;

    private AdminServer(EventLoopGroup group, Channel channel) {
        this.group = group;
        this.channel = channel;
    }

    /**
     * Binds the address; nobody is let in before {@link #accept}.
     *
     * @param address a loopback address
     * @param source  where everything it shows comes from
     * @throws IOException when the address cannot be had; with a message for the operator
     * @throws IllegalArgumentException when the address is not a loopback address
     */
    public static AdminServer start(ListenAddress address, Transport transport, StatusSource source)
            throws IOException {
        InetSocketAddress local = loopback(address);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
                (ThreadFactory) task -> new FastThreadLocalThread(task, "lb-admin"), transport.ioHandler());
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(transport.serverSocket())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new AdminConnections(AdminRoutes.of(source)))
                .bind(local);
        bound.awaitUninterruptibly(BIND_MILLIS);
        if (bound.isSuccess()) {
            bound.channel().pipeline().addLast(new AcceptPause(() -> "admin"));
            return new AdminServer(group, bound.channel());
        }
        bound.cancel(false);
        stop(group);
        throw new IOException("cannot listen on " + address + " for admin: " + reason(bound.cause()), bound.cause());
    }

    /** Control thread; once the source has something to tell. Until then connections wait in the kernel. */
    public void accept() {
        channel.config().setAutoRead(true);
    }

    /** The port that is bound, also when the kernel chose it. */
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Control thread. Closes the listener and its connections; waits for that, but never longer than 3 s. */
    @Override public void close() {
        // before the loop stops: io_uring has an accept under way, which keeps the socket listening until cancelled
        if (channel.isOpen()) channel.close().awaitUninterruptibly(CLOSE_MILLIS);
        stop(group);
    }

    private static void stop(EventLoopGroup group) {
        group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * CLOSE_MILLIS);
    }

    private static InetSocketAddress loopback(ListenAddress address) throws IOException {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(address.host());
        InetAddress ip = literal == null ? null : InetAddress.getByAddress(literal);
        if (ip == null || !ip.isLoopbackAddress()) {
            throw new IllegalArgumentException("admin: " + address + " (expected: a loopback address)");
        }
        return new InetSocketAddress(ip, address.port());
    }

    private static String reason(Throwable cause) {
        if (cause == null) return "no answer from the system";
        String message = String.valueOf(cause.getMessage());
        return message.contains("in use") ? "already in use" : message;
    }
}
