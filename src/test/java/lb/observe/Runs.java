package lb.observe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lb.config.BackendConfig;
import lb.config.BalanceConfig;
import lb.config.ConnectionsConfig;
import lb.config.Limits;
import lb.config.PoolConfig;
import lb.config.RetryConfig;
import lb.config.Timeouts;
import lb.config.TransportChoice;
import lb.connect.Dialler;
import lb.connect.Lane;
import lb.connect.Transport;
import lb.http.Failure;
import lb.http.Head;
import lb.http.HeadLimits;
import lb.http.MessageReader;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.proxy.ClientSide;
import lb.proxy.Exchange;
import lb.proxy.ExchangeObserver;
import lb.proxy.Exchanges;
import lb.proxy.ForwardingFields;
import lb.proxy.RouteTable;
import lb.testkit.OwnPort;

/** Real exchanges on one lane, with a client made up and a backend on a real socket, for observers to watch. */
final class Runs implements AutoCloseable {
    private static final HeadLimits HEAD_LIMITS = new HeadLimits(64 * 1024, 100, 32 * 1024);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final MultiThreadIoEventLoopGroup group;
    private final Lane lane;
    private final Exchanges exchanges;
    private volatile CompletableFuture<Void> ended = new CompletableFuture<>();
    InetAddress client = InetAddress.getLoopbackAddress();

    Runs(int laneIndex, ExchangeObserver observer) {
        Transport transport = Transport.choose(TransportChoice.NIO);
        group = new MultiThreadIoEventLoopGroup(1, transport.ioHandler());
        Dialler dialler = new Dialler(transport, DefaultAddressResolverGroup.INSTANCE);
        lane = new Lane(laneIndex, group.next(), dialler, HEAD_LIMITS, backend -> {});
        exchanges = new Exchanges(lane, exchange -> {
            observer.exchangeEnded(exchange);
            ended.complete(null);
        });
    }

    /** Runs a request against a pool without a backend to its end: 503. */
    void unserved(String request) {
        run(request, pool("api"));
    }

    /** Answered by lb itself with 200 and nothing else. */
    void served() {
        unserved("OPTIONS * HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n");
    }

    /** Runs a request against a backend that refuses connections: 502. */
    void refusedByBackend(String request) throws IOException {
        try (OwnPort refusing = new OwnPort()) {
            run(request, pool("api", backend(refusing.number())));
        }
    }

    /** Runs a request against a backend that sends this answer and closes. */
    void answered(String request, String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread backend = new Thread(() -> answer(server, answer));
            backend.start();
            run(request, pool("api", backend(server.getLocalPort())));
        }
    }

    /** What came was no request. */
    void malformed(Failure failure) {
        onLoop(() -> exchanges.refuse(new Client(), routes(pool("api")), failure));
    }

    private void run(String request, Pool pool) {
        onLoop(() -> {
            Exchange exchange = exchanges.begin(new Client(), head(request), routes(pool));
            exchange.start();
            exchange.requestEnd(null);
        });
    }

    private void onLoop(Runnable task) {
        ended = new CompletableFuture<>();
        lane.loop().submit(task).syncUninterruptibly();
        ended.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private Head head(String request) {
        Head[] found = new Head[1];
        MessageReader.ofRequests(HEAD_LIMITS, lane.heads(), new MessageReader.Sink() {
            @Override public void messageHead(Head head) {
                found[0] = head;
            }

            @Override public void messageBody(ByteBuf data) {
                data.release();
            }

            @Override public void messageEnd(Head trailers) {}

            @Override public void malformed(Failure failure) {
                throw new AssertionError(failure);
            }
        }).read(Unpooled.wrappedBuffer(request.getBytes(StandardCharsets.ISO_8859_1)));
        return found[0];
    }

    private static void answer(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            int matched = 0;
            while (matched < 4) {
                matched = socket.getInputStream().read() == "\r\n\r\n".charAt(matched) ? matched + 1 : 0;
            }
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static BackendConfig backend(int port) {
        return new BackendConfig("b1", "127.0.0.1", port, 1, BackendConfig.State.READY);
    }

    private static Pool pool(String name, BackendConfig... configs) {
        Timeouts timeouts = new Timeouts(LONG, LONG, LONG, LONG, LONG, LONG, LONG);
        List<BackendConfig> members = configs.length > 0 ? List.of(configs)
                : List.of(new BackendConfig("none", "127.0.0.1", 1, 1, BackendConfig.State.MAINT));
        PoolConfig config = new PoolConfig(name, members, BalanceConfig.DEFAULT, null, RetryConfig.NEVER, timeouts,
                Limits.DEFAULT, new ConnectionsConfig(0, LONG, 32), true);
        List<Backend> backends = config.backends().stream().map(each -> new Backend(each, System::nanoTime)).toList();
        Pool pool = new Pool(config, backends, eligible -> affinity -> eligible.get(0), Runnable::run);
        pool.open();
        return pool;
    }

    private static RouteTable routes(Pool pool) {
        return RouteTable.to("http", pool, List.of());
    }

    @Override public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** A client that takes whatever comes. */
    private final class Client implements ClientSide {
        @Override public InetSocketAddress address() {
            return new InetSocketAddress(client, 40000);
        }

        @Override public ForwardingFields forwarding() {
            return new ForwardingFields(address(), false);
        }

        @Override public boolean takesInterim() {
            return true;
        }

        @Override public void body(ByteBuf data) {
            data.release();
        }

        @Override public boolean writable() {
            return true;
        }

        @Override public void interim(Head head) {}

        @Override public void response(Head head) {}

        @Override public void tunnel(Head head) {}

        @Override public void finished() {}

        @Override public void abort() {}

        @Override public void end(Head trailers) {}

        @Override public void flush() {}

        @Override public void reading(boolean wanted) {}
    }
}
