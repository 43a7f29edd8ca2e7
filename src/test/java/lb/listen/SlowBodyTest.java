package lb.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lb.config.BackendAddress;
import lb.config.BackendConfig;
import lb.config.Limits;
import lb.config.ListenAddress;
import lb.config.PoolConfig;
import lb.config.Timeouts;
import lb.config.TransportChoice;
import lb.connect.Dialler;
import lb.connect.Lane;
import lb.connect.Transport;
import lb.http.HeadLimits;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.proxy.Exchanges;
import lb.proxy.RouteTable;
import lb.testkit.Conversation;
import lb.testkit.Flood;
import lb.testkit.LeakWatch;
import lb.testkit.Message;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that sends its body slowly, with windows short enough for a test. */
@ExtendWith(LeakWatch.class)
class SlowBodyTest {
    private static final Duration WINDOW = Duration.ofMillis(200);
    /** 200 bytes in a window. */
    private static final long RATE = 1000;
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ";

    private final ScriptedBackend backend = ScriptedBackend.start();
    private final Transport transport = Transport.choose(TransportChoice.NIO);
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandler());
    private final Channel listening = listen();
    private final RawClient client = RawClient.connect(((InetSocketAddress) listening.localAddress()).getPort());

    @AfterEach void close() {
        client.close();
        backend.close();
        listening.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test void isA408AndItsConnectionCloses() {
        client.send(POST + "100000\r\n\r\nx");
        Message response = trickle().readResponse();
        assertThat(response.status()).isEqualTo(408);
        assertThat(response.text()).contains("cause: request.body_too_slow");
        assertThat(response.value("Connection")).isEqualTo("close");
        client.expectClosed();
        backend.awaitOpenConnections(0);
        assertThat(backend.requests()).noneMatch(Message::whole);
    }

    @Test void isJudgedInChunksToo() {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n186a0\r\nx");
        assertThat(trickle().readResponse().status()).isEqualTo(408);
    }

    @Test void mayTakeItsTimeBeforeTheFirstByte() {
        client.send(POST + "3\r\nExpect: 100-continue\r\n\r\n");
        client.expectNothing(WINDOW.multipliedBy(4));
        assertThat(client.send("abc").readResponse().status()).isEqualTo(200);
    }

    @Test void isNotSlowWhileTheBackendHoldsItBack() {
        Flood flood = new Flood(32 << 20);
        backend.onHead(Conversation::neverRead);
        client.send(POST + flood.length() + "\r\n\r\n");
        flood.start(client.out()).awaitStalled();
        client.expectNothing(WINDOW.multipliedBy(5));
    }

    /** One byte now and then, until there is an answer. */
    private RawClient trickle() {
        Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(5)).until(() -> {
            client.trySend("x");
            return client.answered();
        });
        return client;
    }

    private Channel listen() {
        PoolConfig config = PoolConfig.of("p", List.of(
                BackendConfig.at(new BackendAddress("127.0.0.1", backend.port()))));
        Pool pool = new Pool(config, List.of(new Backend(config.backends().get(0), System::nanoTime)),
                eligible -> affinity -> eligible.get(0), Runnable::run);
        pool.open();
        HeadLimits headLimits = new HeadLimits(16384, 100, 8192);
        Dialler dialler = new Dialler(transport, DefaultAddressResolverGroup.INSTANCE);
        Exchanges exchanges = new Exchanges(
                new Lane(0, (EventLoop) group.next(), dialler, headLimits, silent -> {}), ended -> {});
        Listener listener = new Listener(new ListenAddress("127.0.0.1", 0), new ClientLimit(10, 0), List.of(exchanges));
        Limits limits = new Limits(16384, 100, 8192, Limits.NONE, RATE, 0, 0);
        listener.change(RouteTable.to("http", pool, List.of()), Timeouts.DEFAULT, limits);
        return new ServerBootstrap().group(group).channel(transport.serverSocket())
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.AUTO_CLOSE, false)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Http1ClientConnection(listener, exchanges, WINDOW));
                    }
                }).bind(InetAddress.getLoopbackAddress(), 0).syncUninterruptibly().channel();
    }
}
