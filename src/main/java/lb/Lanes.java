package lb;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lb.config.Limits;
import lb.connect.BackendConnections;
import lb.connect.Dialler;
import lb.connect.Lane;
import lb.connect.Transport;
import lb.http.HeadLimits;
import lb.pool.Backend;
import lb.proxy.ExchangeObserver;
import lb.proxy.Exchanges;

/** The event loops that carry exchanges, one per core. Any thread. */
final class Lanes {
    private static final Duration DNS_TIMEOUT = Duration.ofSeconds(2);
    private static final long QUIET_MILLIS = 50;
    private static final long CUT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final MultiThreadIoEventLoopGroup group;
    private final DnsAddressResolverGroup resolver;
    private final List<Exchanges> exchanges = new ArrayList<>();

    Lanes(Transport transport, int count, Limits limits, ExchangeObserver observer,
            Consumer<Backend> silent) {
        group = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("lb-loop"), transport.ioHandler());
        resolver = new DnsAddressResolverGroup(new DnsNameResolverBuilder()
                .datagramChannelType(transport.datagram())
                .queryTimeoutMillis(DNS_TIMEOUT.toMillis()));
        Dialler dialler = new Dialler(transport, resolver);
        HeadLimits headLimits = heads(limits);
        int index = 0;
        for (EventExecutor loop : group) {
            exchanges.add(new Exchanges(new Lane(index++, (EventLoop) loop, dialler, headLimits, silent), observer));
        }
        List<Lane> lanes = exchanges.stream().map(Exchanges::lane).toList();
        int kept = Math.max(1, DescriptorLimit.kept() / count);
        for (Lane lane : lanes) {
            lane.connections().peers(lanes);
            lane.connections().keepAtMost(kept);
        }
    }

    /** In the order of the lanes. */
    List<Exchanges> exchanges() {
        return exchanges;
    }

    /** Of backends' names; theirs, and closed with them. */
    DnsAddressResolverGroup resolver() {
        return resolver;
    }

    List<EventLoop> loops() {
        return exchanges.stream().map(each -> each.lane().loop()).toList();
    }

    /** Exchanges running now. */
    int active() {
        int active = 0;
        for (Exchanges each : exchanges) active += each.active();
        return active;
    }

    /** What backends' answers may take, soon. */
    void limit(Limits limits) {
        HeadLimits headLimits = heads(limits);
        onEach(connections -> connections.limitResponses(headLimits));
    }

    private static HeadLimits heads(Limits limits) {
        return new HeadLimits(limits.headers(), limits.headerCount(), limits.line());
    }

    /** Does something on every lane, soon. */
    void onEach(Consumer<BackendConnections> task) {
        for (Exchanges each : exchanges) each.lane().loop().execute(() -> task.accept(each.lane().connections()));
    }

    /**
     * Every exchange that runs ends by our doing, wherever it is: carried, waiting in a line, still connecting. Waits
     * for that, but never longer than two seconds.
     */
    void cut() {
        if (active() == 0) return;
        List<Future<?>> cuts = new ArrayList<>(exchanges.size());
        for (Exchanges each : exchanges) {
            EventLoop loop = each.lane().loop();
            if (!loop.isShuttingDown()) cuts.add(loop.submit(each::cut));
        }
        long deadline = System.nanoTime() + CUT_NANOS;
        for (Future<?> cut : cuts) cut.awaitUninterruptibly(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** Ends every connection. Waits for up to two seconds. */
    void close() {
        resolver.close();
        // the quiet time lets io_uring hand back the buffers of reads that were under way
        group.shutdownGracefully(QUIET_MILLIS, 1_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
