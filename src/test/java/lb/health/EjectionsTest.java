package lb.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import lb.config.BackendConfig;
import lb.config.OutlierConfig;
import lb.config.OutlierConfig.On;
import lb.config.PoolConfig;
import lb.config.WhenNoneEligible;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.PoolFixture;
import lb.pool.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ejections of whole pools on a clock that only the test moves; attempts end as the test says. */
final class EjectionsTest {
    private final EmbeddedChannel time = new EmbeddedChannel();
    private final LogLines flips = new LogLines(Pool.class);
    private final LogLines kept = new LogLines(PoolEjections.class);
    private final List<Backend> suspects = new ArrayList<>();
    private long nanos = 99;
    private TrafficWatch watch;

    @BeforeEach void start() {
        time.freezeTime();
        watch = new TrafficWatch(time.eventLoop(), () -> nanos, suspects::add);
    }

    @AfterEach void stop() {
        watch.stop();
        flips.close();
        kept.close();
        time.finishAndReleaseAll();
    }

    private List<Backend> backends(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Backend(new BackendConfig(
                "b" + i, "10.0.0.1", 80, 1, BackendConfig.State.READY), () -> nanos)).toList();
    }

    private Pool watched(OutlierConfig outlier, Duration slowStart, List<Backend> backends) {
        PoolConfig plain = PoolFixture.config(null, backends.stream().map(Backend::config).toList());
        PoolConfig config = PoolFixture.with(plain, outlier, slowStart, WhenNoneEligible.FAIL);
        Pool pool = PoolFixture.open(config, backends, time.eventLoop());
        watch.watch(List.of(pool));
        return pool;
    }

    private Pool watched(List<Backend> backends) {
        return watched(OutlierConfig.DEFAULT, Duration.ZERO, backends);
    }

    private void passMillis(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        time.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        time.runScheduledPendingTasks();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds * 10; i++) passMillis(100);
    }

    private void fail(Backend backend, int times) {
        for (int i = 0; i < times; i++) backend.failed(On.CONNECT, "connect.refused", false);
        time.runPendingTasks();
    }

    private static void succeed(Backend backend, int times) {
        for (int i = 0; i < times; i++) {
            backend.answered(200, 1);
            backend.succeeded(200);
        }
    }

    private static long out(List<Backend> backends) {
        return backends.stream().filter(backend -> backend.status() == Status.EJECTED).count();
    }

    @Test void ejectsAtOnceAndSaysWhyAndForHowLong() {
        List<Backend> pool = backends(2);
        watched(pool);
        fail(pool.get(0), 4);
        pass(1);
        assertThat(flips.all()).isEmpty();
        assertThat(suspects).isEmpty();
        fail(pool.get(0), 1);
        assertThat(pool.get(0).status()).as("before the next sweep").isEqualTo(Status.EJECTED);
        assertThat(suspects).as("its probe is asked, too").containsExactly(pool.get(0));
        pass(5);
        assertThat(flips.all()).containsExactly("pool=api backend=b0 UP -> EJECTED: 5 failures in a row, last: "
                + "connect.refused; out for 10s; 1 of 2 backends left; was UP for 1s");
    }

    @Test void showsUntilWhenItIsOutAndHowManyEjectionsAreNotForgiven() {
        List<Backend> pool = backends(2);
        watched(pool);
        assertThat(watch.view(pool.get(0))).isEqualTo(new EjectionView(null, 0));
        fail(pool.get(0), 5);
        assertThat(watch.view(pool.get(0)).until()).isNotNull();
        assertThat(watch.view(pool.get(0)).inARow()).isEqualTo(1);
        pass(10);
        assertThat(watch.view(pool.get(0))).as("back, on probation").isEqualTo(new EjectionView(null, 1));
        succeed(pool.get(0), 1);
        pass(11);
        assertThat(watch.view(pool.get(0))).as("forgiven").isEqualTo(new EjectionView(null, 0));
        assertThat(watch.view(backends(1).get(0))).as("nobody's").isNull();
    }

    @Test void restoresWhenItsTimeIsOverAndEjectsForTwiceAsLongTheNextTime() {
        List<Backend> pool = backends(2);
        watched(pool);
        fail(pool.get(0), 5);
        passMillis(9_900);
        assertThat(pool.get(0).status()).isEqualTo(Status.EJECTED);
        passMillis(100);
        assertThat(pool.get(0).status()).isEqualTo(Status.UP);
        fail(pool.get(0), 4);
        pass(1);
        assertThat(pool.get(0).status()).as("the row begins anew").isEqualTo(Status.UP);
        fail(pool.get(0), 1);
        pass(1);
        assertThat(flips.all()).hasSize(3);
        assertThat(flips.all().get(1)).isEqualTo("pool=api backend=b0 EJECTED -> UP: its time is over; 2 of 2 backends "
                + "left; was EJECTED for 10s");
        assertThat(flips.all().get(2)).contains("out for 20s, ejection 2 in a row; 1 of 2");
    }

    @Test void beginsWithATenthOfItsShareWhenItIsBack() {
        List<Backend> pool = backends(2);
        watched(OutlierConfig.DEFAULT, Duration.ofSeconds(10), pool);
        assertThat(pool).extracting(Backend::share).containsOnly(10);
        fail(pool.get(0), 5);
        pass(10);
        assertThat(pool).extracting(Backend::share).containsExactly(1, 10);
        pass(11);
        assertThat(pool).extracting(Backend::share).containsOnly(10);
    }

    @ParameterizedTest
    @CsvSource({
        // backends, may be ejected, failing -> out
        "1, 0.5, 1, 0", "2, 0.5, 2, 1", "3, 0.5, 3, 1", "4, 0.5, 4, 2", "10, 0.5, 10, 5", "10, 0.5, 3, 3",
        "10, 0.05, 10, 1", "10, 0.3, 10, 3", "10, 1, 10, 9", "100, 0.29, 100, 29"})
    void ejectsNoMoreThanItsShareOfThePoolAndNeverTheLast(int count, double most, int failing, int out) {
        List<Backend> pool = backends(count);
        OutlierConfig base = OutlierConfig.DEFAULT;
        watched(new OutlierConfig(5, base.eject(), base.maxEject(), most, base.on(), null, true), Duration.ZERO, pool);
        for (int i = 0; i < 50; i++) {
            pool.subList(0, failing).forEach(backend -> fail(backend, 1));
            passMillis(100);
            assertThat(out(pool)).isLessThanOrEqualTo(out);
        }
        assertThat(out(pool)).isEqualTo(out);
        assertThat(kept.all()).as("once each").hasSize(failing - out);
    }

    @Test void saysOnceWhyABackendStaysIn() {
        List<Backend> pool = backends(1);
        watched(pool);
        fail(pool.get(0), 50);
        pass(3);
        assertThat(kept.all()).containsExactly("pool=api backend=b0 stays in: 50 failures in a row, last: "
                + "connect.refused; nobody else is left");
        succeed(pool.get(0), 1);
        pass(1);
        fail(pool.get(0), 5);
        pass(1);
        assertThat(kept.all()).as("another row").hasSize(2);
    }

    @Test void countsBackendsThatAreDownAsNobodyToTakeTheLoad() {
        List<Backend> pool = backends(4);
        watched(pool);
        pool.get(2).healthy(false, "gone");
        pool.get(3).healthy(false, "gone");
        fail(pool.get(0), 9);
        fail(pool.get(1), 9);
        pass(1);
        assertThat(out(pool)).isEqualTo(1);
    }

    @Test void restoresAllWhenTheLastOneGoesDown() {
        List<Backend> pool = backends(3);
        watched(new OutlierConfig(5, Duration.ofMinutes(1), Duration.ofMinutes(5), 1, OutlierConfig.DEFAULT.on(), null,
                true), Duration.ZERO, pool);
        fail(pool.get(0), 5);
        fail(pool.get(1), 5);
        pass(1);
        assertThat(out(pool)).isEqualTo(2);
        pool.get(2).healthy(false, "gone");
        passMillis(100);
        assertThat(pool).extracting(Backend::status).containsExactly(Status.UP, Status.UP, Status.DOWN);
        assertThat(flips.all()).last().asString().contains("EJECTED -> UP: nobody else is left; 2 of 3");
    }

    @Test void doesNotOscillateWithABackendThatIsGoodAndBadByTurns() {
        List<Backend> pool = backends(3);
        watched(pool);
        Backend flapping = pool.get(0);
        int seconds = 3_600;
        for (int i = 0; i < seconds * 10; i++) {
            boolean bad = i / 20 % 2 == 0;                      // two seconds each
            if (flapping.eligible()) {
                if (bad) fail(flapping, 1);
                else succeed(flapping, 1);
            }
            succeed(pool.get(1), 1);
            succeed(pool.get(2), 1);
            passMillis(100);
        }
        assertThat(flips.all().size()).as("flips in an hour; at 10 s each there would be 500").isBetween(20, 40);
        assertThat(pool.get(1).status()).isEqualTo(Status.UP);
    }

    @Test void ejectsWhoFailsFarMoreOftenThanTheOthersThoughNeverInARow() {
        List<Backend> pool = backends(3);
        watched(pool);
        for (int i = 0; i < 40 && out(pool) == 0; i++) mixed(pool, backend -> backend == 1, 10);
        assertThat(pool.get(1).status()).isEqualTo(Status.EJECTED);
        assertThat(flips.all()).singleElement().asString()
                .contains("attempts failed, 50% good where the others have 100%; out for 10s; 2 of 3");
    }

    @Test void comparesSuccessRatesThoughThePoolIsReloadedAllTheTime() {
        List<Backend> pool = backends(3);
        for (int i = 0; i < 40 && out(pool) == 0; i++) {
            watched(pool);
            mixed(pool, backend -> backend == 1, 10);
        }
        assertThat(pool.get(1).status()).isEqualTo(Status.EJECTED);
    }

    @Test void ejectsNobodyWhenAllFailAlike() {
        List<Backend> pool = backends(5);
        watched(pool);
        for (int i = 0; i < 100; i++) mixed(pool, backend -> true, 20);
        assertThat(out(pool)).isZero();
        assertThat(flips.all()).isEmpty();
    }

    @Test void ejectsNobodyByChance() {
        SplittableRandom random = new SplittableRandom(7);
        List<Backend> pool = backends(20);
        OutlierConfig base = OutlierConfig.DEFAULT;
        watched(new OutlierConfig(1_000, base.eject(), base.maxEject(), 0.5, base.on(), base.successRate(), true),
                Duration.ZERO, pool);
        for (int i = 0; i < 3_600; i++) {
            for (Backend backend : pool) {
                for (int n = 0; n < 10; n++) {
                    if (random.nextInt(100) < 3) fail(backend, 1);
                    else succeed(backend, 1);
                }
            }
            passMillis(1_000);
        }
        assertThat(flips.all()).as("an hour of 3 %% failures").isEmpty();
    }

    /** One second; every other attempt at a bad one fails. */
    private void mixed(List<Backend> pool, IntPredicate bad, int attempts) {
        for (int i = 0; i < pool.size(); i++) {
            for (int n = 0; n < attempts; n++) {
                if (bad.test(i) && n % 2 == 0) fail(pool.get(i), 1);
                else succeed(pool.get(i), 1);
            }
        }
        passMillis(1_000);
    }

    @Test void leavesAloneWhoIsDownAndForgetsItsFailuresMeanwhile() {
        List<Backend> pool = backends(2);
        watched(pool);
        pool.get(0).healthy(false, "gone");
        fail(pool.get(0), 20);
        pass(1);
        pool.get(0).healthy(true, "back");
        pass(1);
        assertThat(pool.get(0).status()).isEqualTo(Status.UP);
        assertThat(flips.all()).hasSize(2);
    }

    @Test void keepsAnEjectionOverAReload() {
        List<Backend> pool = backends(2);
        watched(pool);
        fail(pool.get(0), 5);
        pass(4);
        watched(new OutlierConfig(9, Duration.ofSeconds(1), Duration.ofSeconds(1), 0.5, EnumSet.of(On.CONNECT), null,
                true), Duration.ZERO, pool);
        pass(5);
        assertThat(pool.get(0).status()).isEqualTo(Status.EJECTED);
        pass(1);
        assertThat(pool.get(0).status()).isEqualTo(Status.UP);
        fail(pool.get(0), 8);
        pass(1);
        assertThat(pool.get(0).status()).as("by the new config").isEqualTo(Status.UP);
    }

    @Test void restoresAllOfAPoolThatEjectsNobodyAnyMore() {
        List<Backend> pool = backends(2);
        watched(pool);
        fail(pool.get(0), 5);
        pass(1);
        watched(null, Duration.ZERO, pool);
        assertThat(pool.get(0).status()).isEqualTo(Status.UP);
        assertThat(flips.all()).last().asString().contains("EJECTED -> UP: nobody is ejected any more;");
        fail(pool.get(0), 50);
        pass(1);
        assertThat(pool.get(0).status()).isEqualTo(Status.UP);
    }

    @Test void heedsOnlyTheFailuresThatTheConfigLists() {
        List<Backend> pool = backends(2);
        Set<On> on = EnumSet.of(On.STATUS_5XX);
        OutlierConfig base = OutlierConfig.DEFAULT;
        watched(new OutlierConfig(5, base.eject(), base.maxEject(), 0.5, on, null, true), Duration.ZERO, pool);
        fail(pool.get(0), 50);
        pass(1);
        assertThat(out(pool)).isZero();
        for (int i = 0; i < 5; i++) pool.get(0).succeeded(500);
        time.runPendingTasks();
        assertThat(flips.all()).singleElement().asString().contains("5 failures in a row, last: status 500;");
    }

    @Test void recoversAPoolWithoutAHerd() {
        List<Backend> pool = new ArrayList<>(backends(4));
        Pool opened = watched(OutlierConfig.DEFAULT, Duration.ofSeconds(10), pool);
        pool.forEach(backend -> backend.healthy(false, "outage"));
        time.runPendingTasks();
        assertThat(opened.pick(0)).isNull();
        pool.get(0).healthy(true, "back");
        time.runPendingTasks();
        assertThat(opened.pick(0)).as("the first one back serves all, whatever its share").isSameAs(pool.get(0));
        pass(5);
        pool.get(1).healthy(true, "back");
        time.runPendingTasks();
        assertThat(pool.get(1).effectiveWeight()).isLessThan(pool.get(0).effectiveWeight());
        pass(15);
        assertThat(pool.get(0).effectiveWeight()).isEqualTo(pool.get(1).effectiveWeight());
    }
}
