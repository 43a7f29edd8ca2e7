package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lb.config.TransportChoice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that may open few files, and a crowd of clients. */
@Timeout(90)
class DescriptorsRunOutIT {
    private static final int FILES = 256;
    /** Descriptors beyond those that it needs to run: fewer than the clients that it would let in at the least. */
    private static final int ROOM = 10;
    private static final int CROWD = 300;

    @TempDir Path directory;
    private final List<Socket> crowd = new ArrayList<>();
    private Origin origin;

    static Stream<TransportChoice> transports() {
        return Stream.of(TransportChoice.NIO, TransportChoice.EPOLL, TransportChoice.IO_URING).filter(each ->
                switch (each) {
                    case EPOLL -> Epoll.isAvailable();
                    case IO_URING -> IoUring.isAvailable();
                    default -> true;
                });
    }

    @BeforeEach void startOrigin() throws IOException {
        origin = Origin.start("one");
    }

    @AfterEach void close() throws IOException {
        leave();
        origin.close();
    }

    /** Clients have a share of the descriptors; what is left is for backends, files and the admin listener. */
    @ParameterizedTest
    @MethodSource("transports")
    void adminAndServedClientsGoOnWhileACrowdTakesTheClientsShare(TransportChoice transport) throws Exception {
        try (JarProcess lb = start(transport, FILES, 10_000)) {
            int port = lb.listens();
            assertThat(lb.says("limits.connections is 10000")).contains(FILES + " files", "166 clients");
            try (Socket early = connect(port)) {
                for (int i = 0; i < CROWD; i++) crowd.add(connect(port));
                assertThat(lb.says("client.too_many")).contains("listener=default refused a connection");
                assertThat(get(early)).startsWith("HTTP/1.1 200");
                assertThat(admin(lb)).contains("\"client.too_many\" : ");
                assertThat(lb.stderr().lines().filter(line -> line.contains("client.too_many")).count())
                        .isLessThan(20);
                assertThat(lb.stderr()).doesNotContain("cannot accept");
            }
            leave();
            servesAgain(port);
        }
    }

    /** So few that the reserve is of no use. */
    @ParameterizedTest
    @MethodSource("transports")
    void pausesWithoutSpinningAndRecoversByItself(TransportChoice transport) throws Exception {
        int needed;
        try (JarProcess lb = start(transport, FILES, 10)) {
            lb.listens();
            needed = openFiles(lb);
        }
        try (JarProcess lb = start(transport, needed + ROOM, 10_000)) {
            int port = lb.listens();
            assertThat(Origin.get(port)).isEqualTo("one");
            for (int i = 0; i < 4 * ROOM; i++) crowd.add(connect(port));
            assertThat(lb.says("listener=default cannot accept clients")).contains("Too many open files");
            int adminPort = Integer.parseInt(adminAddress(lb).replaceFirst(".*:", ""));
            for (int i = 0; i < ROOM; i++) crowd.add(connect(adminPort));
            assertThat(lb.says("admin cannot accept clients")).contains("Too many open files");

            long before = cpuMillis(lb);
            long since = System.nanoTime();
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            long wallMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
            assertThat(cpuMillis(lb) - before).as("CPU in %d ms", wallMillis).isLessThan(wallMillis / 4);
            assertThat(lb.stderr().lines().filter(line -> line.contains("cannot accept")).count()).isEqualTo(2);
            assertThat(lb.stderr()).doesNotContain("exceptionCaught").doesNotContain("\tat ");

            leave();
            servesAgain(port);
        }
    }

    /** The first to come back may still find every descriptor taken by those who left: lb learns of them in turn. */
    private static void servesAgain(int port) {
        await().atMost(JarProcess.DEADLINE).ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(Origin.get(port)).isEqualTo("one"));
    }

    private JarProcess start(TransportChoice transport, int files, int clients) throws IOException {
        Files.writeString(directory.resolve("lb.json"), """
                { "listen": "127.0.0.1:0", "backends": ["%s"], "admin": "127.0.0.1:0", "transport": "%s",
                  "limits": { "connections": %d } }
                """.formatted(origin.url(), transport.name().toLowerCase(Locale.ROOT), clients));
        return JarProcess.startWithFiles(files, directory, "--config", "lb.json");
    }

    private static Socket connect(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static String get(Socket client) throws IOException {
        client.setSoTimeout(5_000);
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static String admin(JarProcess lb) throws Exception {
        HttpRequest status = HttpRequest.newBuilder(URI.create("http://" + adminAddress(lb) + "/api/v1/status"))
                .timeout(Duration.ofSeconds(5)).build();
        return HttpClient.newHttpClient().send(status, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static String adminAddress(JarProcess lb) {
        return lb.says("admin 127.0.0.1:").replaceFirst(".*admin (127\\.0\\.0\\.1:\\d+).*", "$1");
    }

    private void leave() throws IOException {
        for (Socket socket : crowd) socket.close();
        crowd.clear();
    }

    private static int openFiles(JarProcess lb) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + lb.pid() + "/fd"))) {
            return (int) open.count();
        }
    }

    /** User and system time so far: the 14th and 15th field of /proc/PID/stat, in hundredths of a second. */
    private static long cpuMillis(JarProcess lb) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + lb.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
    }
}
