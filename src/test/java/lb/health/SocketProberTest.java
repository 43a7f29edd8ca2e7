package lb.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import lb.config.BackendConfig;
import lb.config.HealthConfig;
import lb.config.StatusRanges;
import lb.pool.Backend;
import lb.testkit.OwnPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What real sockets make of a probe, on every transport that runs here. */
@ParameterizedClass(name = "{0}")
@MethodSource("transports")
final class SocketProberTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    record Transport(String name, IoHandlerFactory io, Class<? extends SocketChannel> channel) {
        @Override public String toString() {
            return name;
        }
    }

    static List<Transport> transports() {
        List<Transport> all = new ArrayList<>();
        all.add(new Transport("nio", NioIoHandler.newFactory(), NioSocketChannel.class));
        if (Epoll.isAvailable()) all.add(new Transport("epoll", EpollIoHandler.newFactory(), EpollSocketChannel.class));
        if (IoUring.isAvailable()) {
            all.add(new Transport("io_uring", IoUringIoHandler.newFactory(), IoUringSocketChannel.class));
        }
        return all;
    }

    private final EventLoop control;
    private final Bootstrap bootstrap;
    private final AtomicLong nanos = new AtomicLong();
    private final List<AutoCloseable> opened = new ArrayList<>();

    SocketProberTest(Transport transport) {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.io());
        opened.add(() -> group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync());
        control = group.next();
        bootstrap = new Bootstrap().group(control).channel(transport.channel());
    }

    @AfterEach void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) opened.get(i).close();
    }

    private static HealthConfig config(String path, Duration timeout) {
        List<StatusRanges.Range> expect = List.of(new StatusRanges.Range(200, 399), new StatusRanges.Range(404, 404));
        return new HealthConfig(path, new StatusRanges(expect), LONG, timeout, 2, 3);
    }

    private static Backend backend(String host, int port) {
        return new Backend(new BackendConfig("a", host, port, 1, BackendConfig.State.READY), () -> 0);
    }

    private ProbeResult probe(String host, int port, HealthConfig config) {
        CompletableFuture<ProbeResult> result = new CompletableFuture<>();
        SocketProber prober = new SocketProber(control, bootstrap, nanos::get);
        control.execute(() -> prober.start(backend(host, port), config, result::complete));
        return result.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private ProbeResult probe(ServerSocket server, HealthConfig config) {
        return probe("127.0.0.1", server.getLocalPort(), config);
    }

    private ServerSocket listen(int backlog) throws IOException {
        ServerSocket server = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
        opened.add(server);
        return server;
    }

    /** What a server does with the one connection that it accepts. */
    private interface Script {
        void run(Socket client) throws IOException;
    }

    private ServerSocket serve(Script script) throws IOException {
        ServerSocket server = listen(10);
        Thread thread = new Thread(() -> {
            try (Socket client = server.accept()) {
                script.run(client);
            } catch (IOException closed) {
                // by the probe, or by the end of the test
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private ServerSocket answering(String... pieces) throws IOException {
        return serve(client -> {
            requestOf(client);
            for (String piece : pieces) {
                client.getOutputStream().write(bytes(piece));
                client.getOutputStream().flush();
            }
            untilClosed(client);
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String requestOf(Socket client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = client.getInputStream().read();
            if (next < 0) break;
            head.append((char) next);
        }
        return head.toString();
    }

    private static void untilClosed(Socket client) throws IOException {
        while (client.getInputStream().read() >= 0) continue;
    }

    private int refusedPort() throws IOException {
        OwnPort port = new OwnPort();
        opened.add(port);
        return port.number();
    }

    @Test void passesWhenTheConnectionIsTaken() throws Exception {
        assertThat(probe(listen(10), config(null, LONG))).isEqualTo(ProbeResult.passed("connected"));
    }

    @Test void failsWhenTheConnectionIsRefused() throws Exception {
        assertThat(probe("127.0.0.1", refusedPort(), config(null, LONG)))
                .isEqualTo(ProbeResult.failed("connection refused"));
    }

    @Test void failsWhenNobodyTakesTheConnectionInTime() throws Exception {
        ServerSocket server = listen(1);
        int queued = 0;
        for (boolean full = false; !full; queued++) {
            assertThat(queued).as("the queue must become full").isLessThan(10);
            Socket waiting = new Socket();
            opened.add(waiting);
            try {
                waiting.connect(server.getLocalSocketAddress(), 150);
            } catch (IOException timedOut) {
                full = true;
            }
        }
        assertThat(probe(server, config(null, SHORT))).isEqualTo(ProbeResult.failed("connect timed out after 300ms"));
    }

    @Test void failsWhenTheNameDoesNotResolve() {
        assertThat(probe("no-such-name.invalid", 80, config(null, LONG)))
                .isEqualTo(ProbeResult.failed("name not resolved"));
    }

    @Test void passesOnAnExpectedStatus() throws Exception {
        ServerSocket server = answering("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(probe(server, config("/healthz", LONG))).isEqualTo(ProbeResult.passed("status 204"));
    }

    @Test void failsOnAnUnexpectedStatus() throws Exception {
        ServerSocket server = answering("HTTP/1.1 503 Busy\r\nContent-Length: 1000000\r\n\r\n");
        assertThat(probe(server, config("/healthz", LONG)))
                .isEqualTo(ProbeResult.failed("status 503, expected 200-399,404"));
    }

    @Test void looksPastInterimAnswers() throws Exception {
        ServerSocket server = answering("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\n");
        assertThat(probe(server, config("/", LONG))).isEqualTo(ProbeResult.passed("status 200"));
    }

    @Test void failsWhenTheAnswerIsNotHttp() throws Exception {
        assertThat(probe(answering("220 mail.example.com ESMTP\r\n"), config("/", LONG)))
                .isEqualTo(ProbeResult.failed("answer is not valid HTTP"));
    }

    @Test void failsWhenTheHeadHasNoEnd() throws Exception {
        assertThat(probe(answering("HTTP/1.1 200 OK\r\nX: " + "x".repeat(40_000)), config("/", LONG)))
                .isEqualTo(ProbeResult.failed("head of the answer is too large"));
    }

    @Test void failsWhenTheConnectionIsTakenButNotAnswered() throws Exception {
        assertThat(probe(listen(10), config("/", SHORT))).isEqualTo(ProbeResult.failed("no answer within 300ms"));
    }

    @Test void failsWhenTheHeadIsNotWholeInTime() throws Exception {
        ServerSocket server = answering("HTTP/1.1 200 OK\r\n", "Content-Length: 0\r\n");
        assertThat(probe(server, config("/", SHORT))).isEqualTo(ProbeResult.failed("no answer within 300ms"));
    }

    @Test void failsWhenTheConnectionIsClosedBeforeAnAnswer() throws Exception {
        ServerSocket server = serve(SocketProberTest::requestOf);
        assertThat(probe(server, config("/", LONG)))
                .isEqualTo(ProbeResult.failed("connection closed before an answer"));
    }

    @Test void failsWhenTheConnectionIsReset() throws Exception {
        ServerSocket server = serve(client -> {
            requestOf(client);
            client.setSoLinger(true, 0);
        });
        assertThat(probe(server, config("/", LONG))).isEqualTo(ProbeResult.failed("connection reset"));
    }

    @Test void sendsAPlainRequestOnAConnectionOfItsOwn() throws Exception {
        CompletableFuture<String> request = new CompletableFuture<>();
        ServerSocket server = serve(client -> request.complete(requestOf(client)));
        probe(server, config("/healthz?deep=1", LONG));
        assertThat(request.get(5, TimeUnit.SECONDS)).isEqualTo("GET /healthz?deep=1 HTTP/1.1\r\n"
                + "Host: 127.0.0.1:" + server.getLocalPort() + "\r\nUser-Agent: lb-health\r\nAccept: */*\r\n"
                + "Connection: close\r\n\r\n");
    }

    @Test void closesItsConnectionOnceTheStatusIsKnown() throws Exception {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        ServerSocket server = serve(client -> {
            requestOf(client);
            client.getOutputStream().write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"));
            untilClosed(client);
            closed.complete(true);
        });
        probe(server, config("/", LONG));
        assertThat(closed.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test void closesItsConnectionWhenAbandoned() throws Exception {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        CompletableFuture<Prober.Probe> probe = new CompletableFuture<>();
        ServerSocket server = serve(client -> {
            requestOf(client);
            control.execute(() -> probe.join().abandon());
            untilClosed(client);
            closed.complete(true);
        });
        SocketProber prober = new SocketProber(control, bootstrap, nanos::get);
        Backend backend = backend("127.0.0.1", server.getLocalPort());
        CompletableFuture<ProbeResult> result = new CompletableFuture<>();
        control.execute(() -> probe.complete(prober.start(backend, config("/", LONG), result::complete)));
        assertThat(closed.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(result).isNotDone();
    }

    @Test void skipsAndSaysSoOnceAMinuteWithoutADescriptor() {
        Bootstrap exhausted = new Bootstrap().group(control).channelFactory(() -> {
            throw new ChannelException("Unable to create a socket", new IOException("Too many open files"));
        });
        SocketProber prober = new SocketProber(control, exhausted, nanos::get);
        try (LogLines log = new LogLines(SocketProber.class)) {
            for (int i = 0; i < 5; i++) assertThat(skipped(prober)).isEqualTo(ProbeResult.Kind.SKIPPED);
            assertThat(log.all()).hasSize(1);
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            skipped(prober);
            assertThat(log.all()).hasSize(2).last().asString().isEqualTo("5 probes skipped, last of backend=a: "
                    + "no socket left for a probe (Too many open files); that changes no backend's health");
        }
    }

    private ProbeResult.Kind skipped(SocketProber prober) {
        CompletableFuture<ProbeResult> result = new CompletableFuture<>();
        control.execute(() -> prober.start(backend("127.0.0.1", 1), config(null, LONG), result::complete));
        return result.orTimeout(5, TimeUnit.SECONDS).join().kind();
    }

    @Test void leavesNoDescriptorOpen() throws Exception {
        ServerSocket silent = listen(200);
        int refused = refusedPort();
        probe(silent, config(null, LONG));                      // whatever the first probe loads is open now
        long before = descriptors();
        SocketProber prober = new SocketProber(control, bootstrap, nanos::get);
        List<CompletableFuture<ProbeResult>> results = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            CompletableFuture<ProbeResult> result = new CompletableFuture<>();
            results.add(result);
            Backend backend = backend("127.0.0.1", i % 3 == 0 ? refused : silent.getLocalPort());
            HealthConfig config = config(i % 3 == 1 ? null : "/", SHORT);
            control.execute(() -> prober.start(backend, config, result::complete));
        }
        for (CompletableFuture<ProbeResult> result : results) result.get(5, TimeUnit.SECONDS);
        await().atMost(5, TimeUnit.SECONDS).until(() -> descriptors() <= before);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
