package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import lb.config.Config;
import lb.testkit.Configs;
import lb.testkit.ImpatientBackend;
import lb.testkit.LeakWatch;
import lb.testkit.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Backends that close kept connections after 0–25 ms without a word, just when lb may be using them. All requests:
 * {@code mvn -Psoak test -Dsoak=KeepAliveRaceTest}; for another number {@code -Dlb.race.requests=…}.
 */
@ExtendWith(LeakWatch.class)
class KeepAliveRaceTest {
    private static final int BACKENDS = 3;
    private static final int CLIENTS = 24;
    private static final int PATIENCE_MILLIS = 25;
    /** Pauses between the requests of a client, so that connections are unused for about as long as they are kept. */
    private static final int PAUSE_MICROS = 20_000;
    private static final int ALL = 100_000;
    private static final int A_FEW = 3_000;

    private final List<ImpatientBackend> backends = new ArrayList<>();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger gets = new AtomicInteger();
    private final AtomicInteger posts = new AtomicInteger();
    private final AtomicInteger failedGets = new AtomicInteger();
    private final AtomicInteger failedPosts = new AtomicInteger();
    private final AtomicLong ids = new AtomicLong();
    private Daemon daemon;

    @AfterEach void stop() throws IOException {
        if (daemon != null) daemon.close();
        for (ImpatientBackend each : backends) each.close();
    }

    /** How many POSTs fail until the limits of the backends are learned depends on the machine: see the soak. */
    @Test void aFewRequestsLoseNothingToClosingConnections() throws Exception {
        race(A_FEW);
    }

    @Tag("soak")
    @Test void aHundredThousandRequestsLoseNothingToClosingConnections() throws Exception {
        race(Integer.getInteger("lb.race.requests", ALL));
        assertThat(failedPosts.get()).as("failed of %d POSTs", posts.get()).isLessThanOrEqualTo(posts.get() / 1_000);
    }

    private void race(int requests) throws Exception {
        for (int i = 0; i < BACKENDS; i++) backends.add(ImpatientBackend.start(PATIENCE_MILLIS, i));
        Configs configs = Configs.of(backends.stream().mapToInt(ImpatientBackend::port).toArray());
        daemon = Daemon.start(configs.build(), null, 2);
        left.set(requests);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            SplittableRandom random = new SplittableRandom(i);
            running.add(CompletableFuture.runAsync(() -> client(random), clients));
        }
        for (CompletableFuture<Void> each : running) each.get();
        clients.shutdown();
        tell();

        assertThat(gets.get() + posts.get()).isEqualTo(requests);
        assertThat(backends).as("the race took place").allMatch(each -> each.closedUnused() > 0);
        assertThat(failedGets).hasValue(0);
        for (ImpatientBackend each : backends) {
            assertThat(each.timesExecuted().values()).as("how often each POST was executed")
                    .allMatch(times -> times.get() == 1);
        }
        assertThat(executed()).as("executed at one backend only").isEqualTo(distinct());
    }

    private void tell() {
        System.out.printf("keep-alive race: %d GETs, %d failed; %d POSTs, %d failed, %d executed, %d twice; "
                        + "%d connections closed unused%n", gets.get(), failedGets.get(), posts.get(),
                failedPosts.get(), distinct(), executed() - distinct(),
                backends.stream().mapToInt(ImpatientBackend::closedUnused).sum());
    }

    private long executed() {
        return backends.stream().flatMap(each -> each.timesExecuted().values().stream())
                .mapToLong(AtomicInteger::get).sum();
    }

    private long distinct() {
        return backends.stream().flatMap(each -> each.timesExecuted().keySet().stream()).distinct().count();
    }

    private void client(SplittableRandom random) {
        try (RawClient client = RawClient.connect(daemon.port(Config.DEFAULT))) {
            while (left.getAndDecrement() > 0) {
                if (random.nextInt(3) == 0) post(client);
                else get(client);
                LockSupport.parkNanos(1_000L * random.nextInt(PAUSE_MICROS));
            }
        }
    }

    private void get(RawClient client) {
        gets.incrementAndGet();
        int status = client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readResponse().status();
        if (status != 200) failedGets.incrementAndGet();
    }

    private void post(RawClient client) {
        posts.incrementAndGet();
        int status = client.send("POST /?id=" + ids.incrementAndGet()
                + " HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nonce").readResponse().status();
        if (status != 200) failedPosts.incrementAndGet();
    }
}
