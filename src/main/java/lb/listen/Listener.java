package lb.listen;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import lb.config.ListenAddress;
import lb.config.Limits;
import lb.config.Timeouts;
import lb.connect.AcceptPause;
import lb.connect.ReadSize;
import lb.connect.Transport;
import lb.http.HeadLimits;
import lb.proxy.Exchanges;
import lb.proxy.RouteTable;

/**
 * A bound address that accepts clients, open on every lane where the system lets ports be shared.
 *
 * <p>Threading: opened, changed and closed on the control thread; its clients read {@link #routes} once per request.
 */
public final class Listener {
    private static final int BACKLOG = 4096;
    private static final long BIND_MILLIS = 5_000;

    private final ListenAddress address;
    private final ClientLimit clientLimit;
    private final List<Accepted> accepted = new ArrayList<>();
    private final List<Exchanges> lanes;
    private final List<Channel> channels = new ArrayList<>();
    private final AtomicInteger connected = new AtomicInteger();
    private final LongAdder connections = new LongAdder();
    private final AcceptPause acceptPause = new AcceptPause(() -> "listener=" + name());
    private volatile RouteTable routes;
    private volatile Settings settings;
    private volatile boolean draining;
    private ChannelOption<Boolean> cork;

    private record Settings(Timeouts timeouts, HeadLimits headLimits, long bodyRate) {}

    /** @param lanes the exchanges of every lane, in their order */
    public Listener(ListenAddress address, ClientLimit clientLimit, List<Exchanges> lanes) {
        this.address = address;
        this.clientLimit = clientLimit;
        this.lanes = lanes;
        for (Exchanges exchanges : lanes) accepted.add(new Accepted(this, exchanges));
    }

    /** Control thread. From the next request on. */
    public void change(RouteTable routes, Timeouts timeouts, Limits limits) {
        this.routes = routes;
        HeadLimits heads = new HeadLimits(limits.headers(), limits.headerCount(), limits.line());
        settings = new Settings(timeouts, heads, limits.bodyRate());
    }

    /**
     * Control thread. Binds the address on every lane, or on none; nobody is let in before {@link #accept}.
     *
     * @param portIsOurs another listener of this process has the port on an address that overlaps, and will give it up
     * @throws CannotListen with a message for the operator
     */
    public void open(Transport transport, boolean portIsOurs) throws CannotListen {
        // also with one lane: the listener that takes an address over from this one is bound beside it for a moment
        boolean shared = transport.reusePort() != null;
        if (!portIsOurs) PortOwner.refuseIfTaken(address);
        cork = transport.cork();
        int port = address.port();
        try {
            int sockets = shared ? lanes.size() * transport.listening() : 1;
            for (int i = 0; i < sockets; i++) {
                Channel channel = bind(transport, i % lanes.size(), shared, port);
                channels.add(channel);
                port = ((InetSocketAddress) channel.localAddress()).getPort();
            }
        } catch (CannotListen e) {
            close();
            throw e;
        }
    }

    private Channel bind(Transport transport, int lane, boolean shared, int port) throws CannotListen {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(lanes.get(lane).lane().loop())
                .channel(transport.serverSocket())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.AUTO_CLOSE, false)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, ReadSize.USUAL)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ReadSize.WAITING)
                .childHandler(accepted.get(lane));
        if (shared) bootstrap.option(transport.reusePort(), true);
        ChannelFuture bound = bootstrap.bind(address.host(), port);
        // binding takes microseconds and happens at start and for new listeners only, so the control thread may wait
        if (!bound.awaitUninterruptibly(BIND_MILLIS)) {
            bound.cancel(false);
            throw new CannotListen("cannot listen on " + address + ": no answer from the system", null);
        }
        if (bound.isSuccess()) {
            bound.channel().pipeline().addLast(acceptPause);
            return bound.channel();
        }
        throw new CannotListen("cannot listen on " + address + ": " + PortOwner.reason(address, bound.cause()),
                bound.cause());
    }

    /** Control thread; once it is open and its pools may be picked from. Until then clients wait in the kernel. */
    public void accept() {
        for (Channel channel : channels) channel.config().setAutoRead(true);
    }

    /** Control thread. Accepts nobody any more; idle clients are let go, busy ones after their response. */
    public void drain() {
        draining = true;
        closeSockets();
        for (int i = 0; i < accepted.size(); i++) {
            Accepted clients = accepted.get(i);
            lanes.get(i).lane().loop().execute(clients::drain);
        }
    }

    /** Control thread. */
    public void close() {
        draining = true;
        closeSockets();
    }

    private void closeSockets() {
        for (Channel channel : channels) channel.close();
    }

    /** Any thread. As in the running config. */
    public String name() {
        return routes.listener();
    }

    /** As configured. */
    public ListenAddress address() {
        return address;
    }

    /** The port that is bound, also when the kernel chose it; 0 before {@link #open}. */
    public int port() {
        return channels.isEmpty() ? 0 : ((InetSocketAddress) channels.get(0).localAddress()).getPort();
    }

    /** Any thread. What holds for the next request. */
    public RouteTable routes() {
        return routes;
    }

    /** {@code host:port} as bound. */
    public String boundTo() {
        return new ListenAddress(address.host(), port()).toString();
    }

    /** Clients connected now. Any thread. */
    public int connected() {
        return connected.get();
    }

    /** Clients that ever came. Any thread. */
    public long connections() {
        return connections.sum();
    }

    Timeouts timeouts() {
        return settings.timeouts();
    }

    HeadLimits headLimits() {
        return settings.headLimits();
    }

    boolean draining() {
        return draining;
    }

    /** Holds the last bytes of a connection until it is closed, or null where the transport has no such option. */
    ChannelOption<Boolean> cork() {
        return cork;
    }

    /** Bytes a second that a request's body must bring; 0 for any. */
    long bodyRate() {
        return settings.bodyRate();
    }

    /** @param from or null when the client is gone already @return null when it must go */
    ClientLimit.Entry clientCame(InetSocketAddress from) {
        InetAddress address = from == null ? null : from.getAddress();
        RouteTable now = routes;
        ClientLimit.Entry entry =
                clientLimit.enter(address, address != null && now.trusts(address), now.listener());
        if (entry == null) return null;
        connected.incrementAndGet();
        connections.increment();
        return entry;
    }

    void clientLeft(ClientLimit.Entry entry) {
        connected.decrementAndGet();
        entry.leave();
    }
}
