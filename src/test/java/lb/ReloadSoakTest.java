package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import lb.config.BalanceConfig;
import lb.config.Config;
import lb.config.HealthConfig;
import lb.config.StatusRanges;
import lb.testkit.Configs;
import lb.testkit.ImpatientBackend;
import lb.testkit.LeakWatch;
import lb.testkit.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One reload a second for ten minutes, each of another kind, under light traffic:
 * {@code mvn -Psoak test -Dsoak=ReloadSoakTest}; for another time {@code -Dlb.reload.seconds=…}.
 */
@Tag("soak")
@ExtendWith(LeakWatch.class)
class ReloadSoakTest {
    private static final int SECONDS = Integer.getInteger("lb.reload.seconds", 600);
    /** Until classes are loaded, code is compiled and buffers are made. */
    private static final int WARM_SECONDS = 15;
    private static final int CLIENTS = 4;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final HealthConfig HEALTH = new HealthConfig(
            null, StatusRanges.DEFAULT, Duration.ofMillis(500), Duration.ofMillis(500), 2, 3);
    private static final String[] BALANCES = {"weightedRoundRobin", "leastRequests", "random", "roundRobin"};

    private final List<ImpatientBackend> backends = new ArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private Daemon daemon;

    /** What must not grow. */
    private record Used(long heap, long direct, long descriptors, int threads) {
        static Used now() {
            for (int i = 0; i < 3; i++) System.gc();
            return new Used(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    LeakWatch.directMemoryInUse(), DescriptorLimit.open(), Thread.activeCount());
        }
    }

    @AfterEach void stop() throws Exception {
        daemon.close();
        for (ImpatientBackend each : backends) each.close();
    }

    @Test void aReloadASecondLeavesNothingBehindAndFailsNobody() throws Exception {
        for (int i = 0; i < 3; i++) backends.add(ImpatientBackend.start(60_000, i));
        daemon = Daemon.start(config(0), null, 2);
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) clients.add(CompletableFuture.runAsync(() -> ask(enough), threads));

        reloads(0, WARM_SECONDS);
        Used before = Used.now();
        reloads(WARM_SECONDS, WARM_SECONDS + SECONDS);
        Used after = Used.now();
        System.out.printf("%d reloads in as many seconds: %d requests, %d failed; before %s, after %s%n",
                SECONDS, answered.get(), failed.get(), before, after);
        enough.set(true);
        for (CompletableFuture<Void> each : clients) each.get();
        threads.shutdown();

        assertThat(failed).as("of %s requests", answered).hasValue(0);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Used end = Used.now();
            assertThat(end.heap).as("heap").isLessThan(before.heap + (2 << 20));
            assertThat(end.direct).as("direct memory").isLessThan(before.direct + (1 << 20));
            assertThat(end.descriptors).as("descriptors").isLessThanOrEqualTo(before.descriptors + 10);
            assertThat(end.threads).as("threads").isLessThanOrEqualTo(before.threads + 4);
        });
    }

    private void reloads(int from, int to) throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger next = new AtomicInteger(from);
        CompletableFuture<Void> done = new CompletableFuture<>();
        clock.scheduleAtFixedRate(() -> {
            try {
                int i = next.getAndIncrement();
                if (i < to) daemon.reload(config(i));
                else done.complete(null);
            } catch (ReloadFailure | RuntimeException e) {
                done.completeExceptionally(e);
            }
        }, 0, 1, TimeUnit.SECONDS);
        done.get();
        clock.shutdown();
    }

    /** A backend comes and goes, weights move, checks come and go and change, so does the balance. */
    private Config config(int i) {
        Configs next = Configs.of(backends.get(0).port()).backend(backends.get(1).port(), 1 + i % 5);
        if (i % 2 == 0) next.backend(backends.get(2).port(), 1);
        if (i % 3 > 0) next.health(HEALTH);
        if (i % 4 == 0) next.admin();
        return next.balance(BalanceConfig.of(BALANCES[i / 2 % BALANCES.length])).drain(Duration.ofMillis(200)).build();
    }

    private void ask(AtomicBoolean enough) {
        try (RawClient client = RawClient.connect(daemon.port(Config.DEFAULT))) {
            while (!enough.get()) {
                int status = client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readResponse().status();
                (status == 200 ? answered : failed).incrementAndGet();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
