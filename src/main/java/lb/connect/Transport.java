package lb.connect;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.channel.uring.IoUringTcpInfo;
import java.net.StandardSocketOptions;
import java.util.Locale;
import java.util.function.Function;
import lb.config.TransportChoice;

/**
 * The system's way to do socket I/O, chosen once at start. Any thread.
 *
 * @param name      {@code io_uring}, {@code epoll} or {@code nio}
 * @param reason    why it and not another, for the start line
 * @param reusePort the option that lets every event loop listen on the same port, or null where the system has none
 * @param listening sockets that an event loop listens with on one address where ports are shared. With io_uring a loop
 *                  accepts one client per turn and socket, and a turn full of requests takes long
 * @param cork      the option that holds small writes back until the connection is closed, or null where it has none
 */
public record Transport(
        String name,
        String reason,
        IoHandlerFactory ioHandler,
        Class<? extends SocketChannel> socket,
        Class<? extends ServerSocketChannel> serverSocket,
        Class<? extends DatagramChannel> datagram,
        ChannelOption<Boolean> reusePort,
        int listening,
        ChannelOption<Boolean> cork) {
    private static final int IO_URING_LISTENING = 3;

    static {
        // Netty 4.2.18: an accept that arms itself again does so even after it failed for want of a descriptor, and the
        // loop spins until there is one. Read when IoUring is first used, which only this class does.
        if (System.getProperty("io.netty.iouring.acceptMultiShotEnabled") == null) {
            System.setProperty("io.netty.iouring.acceptMultiShotEnabled", "false");
        }
        // Netty 4.2.18: a poll that arms itself again tells of what comes after it only. A reset that is there when the
        // first bytes are read is never seen then, and its connection stays until a deadline.
        if (System.getProperty("io.netty.iouring.pollAddMultishotEnabled") == null) {
            System.setProperty("io.netty.iouring.pollAddMultishotEnabled", "false");
        }
    }

    /**
     * @throws UnsupportedOperationException when the one that was asked for by name does not work here; the message
     *     says why
     */
    public static Transport choose(TransportChoice choice) {
        return switch (choice) {
            case IO_URING -> demand(choice, IoUring.unavailabilityCause(), Transport::ioUring);
            case EPOLL -> demand(choice, Epoll.unavailabilityCause(), Transport::epoll);
            case NIO -> nio("as configured");
            case AUTO -> auto();
        };
    }

    private static Transport auto() {
        Throwable noUring = IoUring.unavailabilityCause();
        if (noUring == null) return ioUring("the kernel offers it");
        Throwable noEpoll = Epoll.unavailabilityCause();
        if (noEpoll == null) return epoll("io_uring: " + reason(noUring));
        return nio("io_uring: " + reason(noUring) + "; epoll: " + reason(noEpoll));
    }

    private static Transport demand(TransportChoice choice, Throwable missing,
            Function<String, Transport> found) {
        if (missing == null) return found.apply("as configured");
        throw new UnsupportedOperationException("transport " + choice.name().toLowerCase(Locale.ROOT)
                + " does not work here: " + reason(missing));
    }

    private static String reason(Throwable missing) {
        Throwable root = missing;
        while (root.getCause() != null) root = root.getCause();
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message.lines().findFirst().orElse("");
    }

    private static Transport ioUring(String reason) {
        return new Transport("io_uring", reason, IoUringIoHandler.newFactory(), IoUringSocketChannel.class,
                IoUringServerSocketChannel.class, IoUringDatagramChannel.class, UnixChannelOption.SO_REUSEPORT,
                IO_URING_LISTENING, IoUringChannelOption.TCP_CORK);
    }

    private static Transport epoll(String reason) {
        return new Transport("epoll", reason, EpollIoHandler.newFactory(), EpollSocketChannel.class,
                EpollServerSocketChannel.class, EpollDatagramChannel.class, UnixChannelOption.SO_REUSEPORT,
                1, EpollChannelOption.TCP_CORK);
    }

    private static Transport nio(String reason) {
        boolean reusePort = System.getProperty("os.name").equals("Linux");
        return new Transport("nio", reason, NioIoHandler.newFactory(), NioSocketChannel.class,
                NioServerSocketChannel.class, NioDatagramChannel.class,
                reusePort ? NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT) : null, 1, null);
    }

    /**
     * How long nothing was sent to the peer of a connection, or nothing of what was sent was acknowledged: the longer
     * of the two, since a peer that is gone is sent the same again and again, and one that does not read acknowledges
     * questions about its window.
     *
     * @return milliseconds, or -1 where the transport does not tell
     * @throws io.netty.channel.ChannelException when the connection is closed
     */
    static long millisSincePeerTook(Channel channel) {
        if (channel instanceof IoUringSocketChannel connection) {
            IoUringTcpInfo info = connection.tcpInfo();
            return Math.max(info.lastDataSent(), info.lastAckRecv());
        }
        if (channel instanceof EpollSocketChannel connection) {
            EpollTcpInfo info = connection.tcpInfo();
            return Math.max(info.lastDataSent(), info.lastAckRecv());
        }
        return -1;
    }
}
