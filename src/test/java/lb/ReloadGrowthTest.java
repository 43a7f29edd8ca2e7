package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import lb.config.Config;
import lb.config.HealthConfig;
import lb.config.StatusRanges;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.testkit.Configs;
import lb.testkit.LeakWatch;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import org.junit.jupiter.api.Test;

/** Somebody's script reloads again and again, while requests trickle in: nothing may pile up. */
class ReloadGrowthTest extends ProxyTest {
    private static final int WARM = 20;
    private static final int RELOADS = 200;
    private static final HealthConfig HEALTH = new HealthConfig(
            null, StatusRanges.DEFAULT, Duration.ofMillis(50), Duration.ofMillis(50), 2, 3);

    private final ScriptedBackend second = backend();
    private final ScriptedBackend third = backend();
    private final List<WeakReference<Pool>> pools = new ArrayList<>();
    private final List<WeakReference<Backend>> comers = new ArrayList<>();

    @Test void twoHundredReloadsLeaveNothingBehind() throws Exception {
        start(config(0));
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Integer> trickle = CompletableFuture.supplyAsync(() -> trickle(enough));
        reloads(0, WARM);
        int threads = Thread.activeCount();
        long descriptors = DescriptorLimit.open();
        long memory = LeakWatch.directMemoryInUse();

        reloads(WARM, RELOADS);
        enough.set(true);
        assertThat(trickle.get()).as("requests that were answered meanwhile").isPositive();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(Thread.activeCount()).as("threads").isLessThanOrEqualTo(threads + 4);
            assertThat(DescriptorLimit.open()).as("descriptors").isLessThanOrEqualTo(descriptors + 10);
            assertThat(LeakWatch.directMemoryInUse()).as("direct memory").isLessThanOrEqualTo(memory + (1 << 20));
        });
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            System.gc();
            // the one that runs, and what the last requests may still hold
            assertThat(kept(pools)).as("pools kept").isLessThanOrEqualTo(3);
            assertThat(kept(comers)).as("backends kept").isLessThanOrEqualTo(3);
        });
    }

    private static <T> long kept(List<WeakReference<T>> seen) {
        return seen.stream().filter(each -> each.get() != null).count();
    }

    private void reloads(int from, int to) {
        for (int i = from; i < to; i++) {
            reload(config(i));
            Pool pool = daemon().topology().pools().get(Config.DEFAULT);
            pools.add(new WeakReference<>(pool));
            if (pool.backends().size() == 3) comers.add(new WeakReference<>(pool.backends().get(2)));
        }
    }

    /** A backend comes and goes, weights move, checks come and go, a listener opens and closes. */
    private Config config(int i) {
        Configs next = Configs.of(backend.port()).backend(second.port(), 1 + i % 5);
        if (i % 2 == 0) next.backend(third.port(), 1);
        if (i % 3 > 0) next.health(HEALTH);
        if (i % 4 == 0) next.admin();
        return next.drain(Duration.ofMillis(200)).build();
    }

    private int trickle(AtomicBoolean enough) {
        int answered = 0;
        while (!enough.get()) {
            try (RawClient client = RawClient.connect(daemon().port(Config.DEFAULT))) {
                for (int i = 0; i < 5; i++) {
                    assertThat(client.send(get("/")).readResponse().status()).isEqualTo(200);
                    answered++;
                }
            }
        }
        return answered;
    }
}
