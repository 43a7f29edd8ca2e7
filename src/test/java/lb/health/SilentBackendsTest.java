package lb.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import lb.config.BackendConfig;
import lb.config.HealthConfig;
import lb.config.OutlierConfig;
import lb.config.PoolConfig;
import lb.config.WhenNoneEligible;
import lb.health.SignOfLife.Finding;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.PoolFixture;
import lb.pool.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is asked for a sign of life and what follows, on a clock that only the test moves; it answers by hand. */
final class SilentBackendsTest {
    private static final HealthConfig TCP = HealthConfig.DEFAULT;

    private final EmbeddedChannel time = new EmbeddedChannel();
    private final LogLines flips = new LogLines(Pool.class);
    private final LogLines kept = new LogLines(PoolEjections.class);
    private final Map<Backend, Consumer<Finding>> underWay = new HashMap<>();
    private final List<Backend> abandoned = new ArrayList<>();
    private long nanos = 99;
    private TrafficWatch traffic;
    private SilentBackends silent;

    @BeforeEach void start() {
        time.freezeTime();
        traffic = new TrafficWatch(time.eventLoop(), () -> nanos, suspect -> {});
        silent = new SilentBackends(time.eventLoop(), this::ask, () -> nanos, traffic);
    }

    @AfterEach void stop() {
        silent.stop();
        traffic.stop();
        flips.close();
        kept.close();
        time.finishAndReleaseAll();
    }

    private Prober.Probe ask(Backend backend, Duration patience, Consumer<Finding> whenDone) {
        assertThat(underWay.put(backend, whenDone)).as("one question to a backend at a time").isNull();
        return () -> abandoned.add(backend);
    }

    private void answer(Backend backend, Finding finding) {
        underWay.remove(backend).accept(finding);
        time.runPendingTasks();
    }

    private List<Backend> backends(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Backend(new BackendConfig(
                "b" + i, "10.0.0.1", 80, 1, BackendConfig.State.READY), () -> nanos)).toList();
    }

    /** Opened and watched. @param health or null @param outlier or null */
    private List<Backend> pool(HealthConfig health, OutlierConfig outlier, int count) {
        List<Backend> backends = backends(count);
        PoolConfig plain = PoolFixture.config(health, backends.stream().map(Backend::config).toList());
        PoolConfig config = PoolFixture.with(plain, outlier, Duration.ZERO, WhenNoneEligible.FAIL);
        traffic.watch(List.of(PoolFixture.open(config, backends, time.eventLoop())));
        return backends;
    }

    private List<Backend> pool(int count) {
        return pool(TCP, OutlierConfig.DEFAULT, count);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds * 10; i++) {
            nanos += TimeUnit.MILLISECONDS.toNanos(100);
            time.advanceTimeBy(100, TimeUnit.MILLISECONDS);
            time.runScheduledPendingTasks();
        }
    }

    @Test void ejectsOneThatGivesNoSignOfLifeAndSaysWhyAndForHowLong() {
        Backend frozen = pool(2).get(0);
        silent.suspect(frozen);
        assertThat(frozen.status()).as("silence to exchanges alone").isEqualTo(Status.UP);
        pass(1);
        answer(frozen, Finding.SILENT);
        assertThat(flips.all()).containsExactly("pool=api backend=b0 UP -> EJECTED: answers nobody: not a byte within "
                + "1s, neither to exchanges nor to OPTIONS *; out for 10s; 1 of 2 backends left; was UP for 1s");
        pass(10);
        assertThat(frozen.status()).as("its time is over").isEqualTo(Status.UP);
        silent.suspect(frozen);
        answer(frozen, Finding.SILENT);
        assertThat(flips.all()).last().asString().contains("out for 20s, ejection 2 in a row; 1 of 2");
    }

    @ParameterizedTest
    @EnumSource(names = {"ALIVE", "NOT_ASKED"})
    void leavesInWhoeverReactsAndWhoeverCouldNotBeAsked(Finding finding) {
        Backend slow = pool(2).get(0);
        silent.suspect(slow);
        answer(slow, finding);
        pass(5);
        assertThat(flips.all()).isEmpty();
        assertThat(kept.all()).isEmpty();
    }

    @Test void leavesInABusyOneThatAnsweredAnExchangeMeanwhile() {
        Backend busy = pool(2).get(0);
        silent.suspect(busy);
        busy.answered(200, 1);
        answer(busy, Finding.SILENT);
        assertThat(busy.status()).isEqualTo(Status.UP);
    }

    @Test void asksAgainAfterTwoSecondsAndNeverTwiceAtATime() {
        Backend slow = pool(2).get(0);
        silent.suspect(slow);
        silent.suspect(slow);
        answer(slow, Finding.ALIVE);
        pass(1);
        silent.suspect(slow);
        assertThat(underWay).as("asked a moment ago").isEmpty();
        pass(1);
        silent.suspect(slow);
        assertThat(underWay).containsOnlyKeys(slow);
        pass(3);
        silent.suspect(slow);
        assertThat(underWay).as("the same question still").containsOnlyKeys(slow);
    }

    @Test void worksForBackendsThatAreNotChecked() {
        Backend frozen = pool(null, OutlierConfig.DEFAULT, 2).get(0);
        silent.suspect(frozen);
        answer(frozen, Finding.SILENT);
        assertThat(frozen.status()).isEqualTo(Status.EJECTED);
    }

    @Test void asksNobodyWhereItCouldHaveNoConsequence() {
        HealthConfig get = new HealthConfig("/healthz", TCP.expect(), TCP.interval(), TCP.timeout(), 2, 3);
        List<Backend> down = pool(2);
        down.get(0).healthy(false, "gone");
        List<Backend> none = List.of(
                pool(get, OutlierConfig.DEFAULT, 2).get(0),     // its probes see a frozen one
                pool(TCP, null, 2).get(0),                      // nobody is ejected
                pool(1).get(0),                                 // nobody else is left
                down.get(0), down.get(1),
                backends(1).get(0));                            // of no pool
        none.forEach(silent::suspect);
        assertThat(underWay).isEmpty();
    }

    @Test void neverEjectsTheLastOneNorMoreThanMayBe() {
        List<Backend> pool = pool(4);
        pool.forEach(silent::suspect);
        pool.forEach(each -> answer(each, Finding.SILENT));
        assertThat(pool).extracting(Backend::status)
                .containsExactly(Status.EJECTED, Status.EJECTED, Status.UP, Status.UP);
        assertThat(kept.all()).hasSize(2).first().asString().isEqualTo("pool=api backend=b2 stays in: answers nobody: "
                + "not a byte within 1s, neither to exchanges nor to OPTIONS *; 2 of 4 are ejected already, as many as "
                + "may be");
    }

    @Test void saysAgainThatItStaysInOnlyWhenItHasAnsweredInBetween() {
        List<Backend> pool = pool(3);
        silent.suspect(pool.get(0));
        answer(pool.get(0), Finding.SILENT);
        for (int i = 0; i < 3; i++) silentAgain(pool.get(1));
        assertThat(kept.all()).hasSize(1);
        pool.get(1).answered(200, 1);
        silentAgain(pool.get(1));
        assertThat(kept.all()).hasSize(2);
    }

    private void silentAgain(Backend backend) {
        pass(2);
        silent.suspect(backend);
        answer(backend, Finding.SILENT);
    }

    @Test void restoresASilentOneWhenNobodyElseIsLeft() {
        List<Backend> pool = pool(2);
        silent.suspect(pool.get(0));
        answer(pool.get(0), Finding.SILENT);
        pool.get(1).healthy(false, "gone");
        pass(1);
        assertThat(flips.all()).last().asString().contains("b0 EJECTED -> UP: nobody else is left;");
    }

    @Test void leavesAloneOneThatWentDownOrLeftWhileItWasAsked() {
        List<Backend> pool = pool(3);
        silent.suspect(pool.get(0));
        silent.suspect(pool.get(1));
        pool.get(0).healthy(false, "gone");
        answer(pool.get(0), Finding.SILENT);
        assertThat(pool.get(0).status()).isEqualTo(Status.DOWN);
        traffic.watch(List.of());
        answer(pool.get(1), Finding.SILENT);
        assertThat(pool.get(1).status()).isEqualTo(Status.UP);
    }

    @Test void asksABoundedNumberAtATime() {
        List<Backend> pool = pool(200);
        pool.forEach(silent::suspect);
        assertThat(underWay).hasSize(100);
        pool.subList(0, 100).forEach(each -> answer(each, Finding.ALIVE));
        pass(2);
        List<Backend> others = pool.subList(100, 200);
        others.forEach(silent::suspect);
        assertThat(underWay.keySet()).containsExactlyInAnyOrderElementsOf(others);
    }

    @Test void givesAllQuestionsUpWhenStopped() {
        List<Backend> pool = pool(3);
        silent.suspect(pool.get(0));
        silent.suspect(pool.get(1));
        answer(pool.get(1), Finding.ALIVE);
        silent.stop();
        assertThat(abandoned).containsExactly(pool.get(0));
    }
}
