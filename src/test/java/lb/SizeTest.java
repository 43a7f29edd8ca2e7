package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lb.balance.Balancers;
import lb.config.Config;
import lb.config.ConfigChanges;
import lb.config.file.ConfigProblems;
import lb.config.file.ConfigReader;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.Status;
import lb.testkit.RawClient;
import lb.testkit.Setup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A thousand listeners, a thousand pools and one pool of ten thousand backends: what a small edit of them costs. */
class SizeTest {
    private static final int LISTENERS = 1_000;
    private static final int BACKENDS = 10_000;
    private static final int ROUNDS = 5;
    /** CPU time. On a 2-core machine an edit takes 30–60 ms once warm, 200 ms cold; the bound is for slower ones. */
    private static final Duration MOST = Duration.ofSeconds(1);
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

    private final ConfigReader reader = new ConfigReader(Balancers.names(), System::getenv);
    private final Map<String, List<Long>> millis = new LinkedHashMap<>();
    private ServerSocket backends;
    private Daemon daemon;

    @BeforeEach void start() throws Exception {
        assumeTrue(DescriptorLimit.max() > 3L * LISTENERS, "too few descriptors");
        backends = new ServerSocket(0, 2_000, InetAddress.getByName("0.0.0.0"));
        Thread answering = new Thread(this::answerAll);
        answering.setDaemon(true);
        answering.start();
        long begun = System.nanoTime();
        daemon = Daemon.start(read(new Edit(BACKENDS, 1, "1h")), Setup.standard().transport(), 1);
        taken("start", begun);
        await().atMost(Duration.ofSeconds(60)).until(this::allProbed);
    }

    @AfterEach void stop() throws IOException {
        if (daemon != null) daemon.close();
        if (backends != null) backends.close();
    }

    @Test void aSmallEditOfALargeConfigIsASmallTask(TestReporter reporter) throws Exception {
        for (int i = 0; i < 20; i++) request("l" + i);
        for (int i = 0; i < 20; i++) request("large");
        Map<Backend, String> before = books();
        int port = daemon.port("l7");

        for (int round = 0; round < ROUNDS; round++) {
            edit("add one", new Edit(BACKENDS + 1, 1, "1h"));
            edit("remove one", new Edit(BACKENDS, 1, "1h"));
            edit("reweight one", new Edit(BACKENDS, 5, "1h"));
            edit("change the health interval", new Edit(BACKENDS, 5, "2h"));
            edit("change nothing", new Edit(BACKENDS, 5, "2h"));
            edit("change both back", new Edit(BACKENDS, 1, "1h"));
        }

        millis.forEach((what, times) -> reporter.publishEntry(what, "median " + median(times) + " ms of " + times));
        assertThat(books()).as("backends with their health and counters").isEqualTo(before);
        assertThat(daemon.port("l7")).isEqualTo(port);
        request("l7");
        millis.forEach((what, times) -> {
            if (!what.equals("start")) assertThat(median(times)).as(what).isLessThan(MOST.toMillis());
        });
    }

    /** The pool {@code large}, and what else differs from config to config. */
    private record Edit(int backends, int weight, String interval) {}

    /** As a changed file takes effect, and what follows from it, up to the next task of the control thread. */
    private void edit(String what, Edit edit) throws Exception {
        byte[] file = file(edit);
        long begun = daemon.control().submit(() -> {
            long from = cpuNanos();
            Config next = reader.check(file).config();
            assertThat(ConfigChanges.between(daemon.topology().config(), next).lines()).isNotEmpty();
            daemon.reload(next);
            return from;
        }).get();
        long nanos = daemon.control().submit(() -> cpuNanos() - begun).get();
        millis.computeIfAbsent(what, any -> new ArrayList<>()).add(nanos / 1_000_000);
    }

    /** Of the calling thread: what it was busy for, whoever else shares the machine. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void taken(String what, long begun) {
        millis.computeIfAbsent(what, any -> new ArrayList<>()).add((System.nanoTime() - begun) / 1_000_000);
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    private Config read(Edit edit) throws ConfigProblems {
        return reader.check(file(edit)).config();
    }

    private byte[] file(Edit edit) {
        int port = backends.getLocalPort();
        String listeners = IntStream.range(0, LISTENERS)
                .mapToObj(i -> "\"l" + i + "\": { \"listen\": \"127.0.0.1:0\", \"pool\": \"p" + i + "\" }")
                .collect(Collectors.joining(",\n"));
        String pools = IntStream.range(0, LISTENERS)
                .mapToObj(i -> "\"p" + i + "\": { \"backends\": [\"http://127.1." + i / 250 + "." + (1 + i % 250) + ":"
                        + port + "\"] }")
                .collect(Collectors.joining(",\n"));
        String large = IntStream.range(0, edit.backends)
                .mapToObj(i -> "{ \"url\": \"http://127.2." + i / 250 + "." + (1 + i % 250) + ":" + port
                        + "\", \"weight\": " + (i == 77 ? edit.weight : 1) + " }")
                .collect(Collectors.joining(",\n"));
        String text = "{ \"admin\": false,\n"
                + "\"health\": { \"interval\": \"" + edit.interval + "\", \"timeout\": \"10s\" },\n"
                + "\"listeners\": { " + listeners
                + ",\n\"large\": { \"listen\": \"127.0.0.1:0\", \"pool\": \"large\" } },\n\"pools\": { " + pools
                + ",\n\"large\": { \"backends\": [" + large + "] } } }";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Every backend that is there all the time, by identity, with what is known of it. */
    private Map<Backend, String> books() {
        Map<Backend, String> books = new LinkedHashMap<>();
        for (Pool pool : daemon.topology().pools().values()) {
            for (Backend backend : pool.backends()) {
                books.put(backend, backend.status() + " since " + backend.since().nanos() + ", requests "
                        + backend.requests() + ", 2xx " + backend.responses(2) + ", probes "
                        + daemon.watch().health(backend).probes());
            }
        }
        return books;
    }

    private boolean allProbed() {
        for (Pool pool : daemon.topology().pools().values()) {
            for (Backend backend : pool.backends()) {
                if (daemon.watch().health(backend).probes() == 0) return false;
                assertThat(backend.status()).isEqualTo(Status.UP);
            }
        }
        return true;
    }

    private void request(String listener) {
        try (RawClient client = RawClient.connect(daemon.port(listener))) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readResponse().text()).isEqualTo("ok");
        }
    }

    /** Probes connect and leave; requests are answered. */
    private void answerAll() {
        while (!backends.isClosed()) {
            try (Socket peer = backends.accept()) {
                if (readHead(peer.getInputStream())) {
                    peer.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // a probe that was done with it, or the end of the test
            }
        }
    }

    private static boolean readHead(InputStream in) throws IOException {
        int last = 0;
        for (int next; (next = in.read()) >= 0; last = last << 8 | next) {
            if ((last << 8 | next) == ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n')) return true;
        }
        return false;
    }
}
