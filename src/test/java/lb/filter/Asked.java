package lb.filter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import lb.config.AddressRange;
import lb.config.Config;
import lb.config.PoolConfig;
import lb.connect.Lane;
import lb.connect.ManualTime;
import lb.http.Head;
import lb.http.HeadLimits;
import lb.http.HeadWriter;
import lb.http.Received;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.proxy.Exchange;
import lb.proxy.ExchangesFixture;
import lb.proxy.Filter;
import lb.proxy.RouteTable;
import lb.testkit.Configs;

/** Requests as filters meet them: in an exchange that was begun and goes nowhere. */
final class Asked {
    static final HeadLimits LIMITS = new HeadLimits(16 << 10, 100, 8 << 10);

    private static final DefaultEventLoop NEVER_RUN = new DefaultEventLoop();
    private static final List<AddressRange> TRUSTED = List.of(AddressRange.parse("10.0.0.0/8"));

    private Asked() {}

    /** From 203.0.113.9. @param lines of the head, the request line first */
    static Exchange by(String... lines) {
        return from("203.0.113.9", lines);
    }

    /** @param peer trusted when it begins with 10. */
    static Exchange from(String peer, String... lines) {
        return on(new ManualTime().lane(NEVER_RUN, LIMITS), peer, lines);
    }

    static Exchange on(Lane lane, String peer, String... lines) {
        return ExchangesFixture.over(lane, null).begin(new IdleClient(address(peer)), Received.requestHead(lines),
                RouteTable.to("main", pool(Duration.ofSeconds(60)), TRUSTED));
    }

    static Lane lane(ManualTime time) {
        return time.lane(NEVER_RUN, LIMITS);
    }

    /** Of one backend that is up. */
    static Pool pool(Duration response) {
        PoolConfig config = Configs.of(80).response(response).build().pools().get(Config.DEFAULT);
        List<Backend> backends =
                config.backends().stream().map(each -> new Backend(each, System::nanoTime)).toList();
        Pool pool = new Pool(config, backends, up -> affinity -> up.get(0), Runnable::run);
        pool.open();
        return pool;
    }

    /** What a backend gets of this request, when only this filter edits it. */
    static String forwarded(Filter filter, Exchange exchange) {
        Head head = exchange.request();
        head.unedit();
        filter.backendRequest(head, exchange);
        ByteBuf out = Unpooled.buffer();
        HeadWriter.request(head, out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /** What a client gets of this response, when only this filter edits it. */
    static String answered(Filter filter, Exchange exchange, Head response) {
        filter.response(response, exchange);
        return written(response);
    }

    static String written(Head response) {
        ByteBuf out = Unpooled.buffer();
        HeadWriter.response(response, out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static InetSocketAddress address(String peer) {
        try {
            return new InetSocketAddress(InetAddress.getByName(peer), 40_000);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
