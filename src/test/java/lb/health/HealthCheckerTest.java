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
import lb.config.BackendConfig;
import lb.config.BackendConfig.State;
import lb.config.HealthConfig;
import lb.config.OutlierConfig;
import lb.config.StatusRanges;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.PoolFixture;
import lb.pool.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedule, streaks and reloads on a clock that only the test moves; probes are answered by hand. */
final class HealthCheckerTest {
    private static final HealthConfig EVERY_10S = health(10, 2, 3);
    private static final ProbeResult PASSED = ProbeResult.passed("connected");
    private static final ProbeResult REFUSED = ProbeResult.failed("connection refused");

    private final EmbeddedChannel time = new EmbeddedChannel();
    private final LogLines log = new LogLines(Pool.class);
    private final Map<Backend, Consumer<ProbeResult>> underWay = new HashMap<>();
    private final Map<Backend, Integer> started = new HashMap<>();
    private final List<Backend> abandoned = new ArrayList<>();
    private final Backend a = backend("a", State.READY);
    private final Backend b = backend("b", State.READY);
    private long nanos = 77;
    private HealthChecker checker;

    @BeforeEach void start() {
        time.freezeTime();
        // halves of every random range: no jitter, the second probe in the middle of the interval's last nine tenths
        checker = new HealthChecker(time.eventLoop(), this::probe, () -> nanos, () -> Long.MIN_VALUE);
    }

    @AfterEach void stop() {
        log.close();
        time.finishAndReleaseAll();
    }

    private static HealthConfig health(int intervalSeconds, int rise, int fall) {
        Duration interval = Duration.ofSeconds(intervalSeconds);
        StatusRanges expect = new StatusRanges(List.of(new StatusRanges.Range(200, 399)));
        return new HealthConfig(null, expect, interval, Duration.ofSeconds(1), rise, fall);
    }

    private Backend backend(String id, State state) {
        return new Backend(new BackendConfig(id, "10.0.0.1", 80, 1, state), () -> nanos);
    }

    private Prober.Probe probe(Backend backend, HealthConfig config, Consumer<ProbeResult> whenDone) {
        assertThat(underWay.put(backend, whenDone)).as("one probe of a backend at a time").isNull();
        started.merge(backend, 1, Integer::sum);
        return () -> {
            underWay.remove(backend);
            abandoned.add(backend);
        };
    }

    private Pool pool(HealthConfig health, Backend... backends) {
        return PoolFixture.open(health, List.of(backends), time.eventLoop());
    }

    private Pool pool(HealthConfig health, State stateOfA, Backend... backends) {
        List<BackendConfig> configs = new ArrayList<>();
        for (Backend backend : backends) {
            configs.add(new BackendConfig(backend.id(), "10.0.0.1", 80, 1, backend == a ? stateOfA : State.READY));
        }
        return PoolFixture.open(health, List.of(backends), configs, time.eventLoop());
    }

    private void answer(Backend backend, ProbeResult result) {
        underWay.remove(backend).accept(result);
    }

    private void pass(long seconds) {
        passMillis(seconds * 1000);
    }

    private void passMillis(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        time.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        time.runScheduledPendingTasks();
    }

    /** The next probes of a backend, each a whole interval after the one before. */
    private void probes(Backend backend, ProbeResult... results) {
        for (ProbeResult result : results) {
            if (!underWay.containsKey(backend)) pass(10);
            answer(backend, result);
        }
    }

    private int started(Backend backend) {
        return started.getOrDefault(backend, 0);
    }

    @Test void probesEveryBackendAtOnce() {
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        assertThat(underWay).containsOnlyKeys(a, b);
    }

    @Test void probesOncePerIntervalFromStartToStart() {
        checker.watch(List.of(pool(EVERY_10S, a)));
        answer(a, PASSED);
        passMillis(5_499);
        assertThat(started(a)).isEqualTo(1);
        passMillis(1);
        assertThat(started(a)).as("the second comes anywhere in the interval").isEqualTo(2);
        pass(4);
        answer(a, PASSED);
        passMillis(5_999);
        assertThat(started(a)).isEqualTo(2);
        passMillis(1);
        assertThat(started(a)).isEqualTo(3);
    }

    @Test void asksOneOfVeryManyThatFailedAProbeAtTheUsualTime() {
        Backend[] many = new Backend[10_000];
        for (int i = 0; i < many.length; i++) many[i] = i == 0 ? a : backend("b" + i, State.READY);
        checker.watch(List.of(pool(EVERY_10S, many)));
        for (Backend each : many) answer(each, PASSED);
        pass(33);
        assertThat(started(a)).as("the second comes anywhere in a minute").isEqualTo(2);
        answer(a, PASSED);
        pass(59);
        assertThat(started(a)).isEqualTo(2);
        pass(1);
        answer(a, REFUSED);
        pass(10);
        assertThat(started(a)).isEqualTo(4);
    }

    @Test void probesAgainAtOnceWhenAProbeTookLongerThanTheInterval() {
        checker.watch(List.of(pool(EVERY_10S, a)));
        pass(60);
        assertThat(started(a)).isEqualTo(1);
        answer(a, PASSED);
        pass(0);
        assertThat(started(a)).isEqualTo(2);
    }

    @Test void turnsABackendDownAtItsVeryFirstFailure() {
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        answer(a, REFUSED);
        assertThat(a.status()).isEqualTo(Status.DOWN);
        assertThat(log.all()).containsExactly("pool=api backend=a UP -> DOWN: first probe failed: connection refused; "
                + "1 of 2 backends left; was UP for 0ms");
    }

    @Test void turnsABackendDownAndUpOnceEach() {
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        probes(a, PASSED, REFUSED, REFUSED, PASSED, REFUSED, REFUSED);
        assertThat(log.all()).isEmpty();
        probes(a, REFUSED, REFUSED, REFUSED);
        assertThat(a.status()).isEqualTo(Status.DOWN);
        probes(a, PASSED, REFUSED, PASSED, PASSED, PASSED);
        assertThat(a.status()).isEqualTo(Status.UP);
        assertThat(log.all()).containsExactly(
                "pool=api backend=a UP -> DOWN: 3 of 3 probes failed, last: connection refused; 1 of 2 backends left; "
                        + "was UP for 1m",
                "pool=api backend=a DOWN -> UP: 2 of 2 probes passed; 2 of 2 backends left; was DOWN for 1m");
    }

    @Test void countsNothingAgainstABackendThatItCouldNotAsk() {
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        probes(a, PASSED, REFUSED, REFUSED);
        ProbeResult skipped = ProbeResult.skipped("no descriptor left");
        probes(a, skipped, skipped, skipped);
        assertThat(a.status()).isEqualTo(Status.UP);
        probes(a, REFUSED);
        assertThat(a.status()).as("the streak went on").isEqualTo(Status.DOWN);
        assertThat(checker.view(a).skipped()).isEqualTo(3);
    }

    @Test void letsTheFirstProbeThatCouldAskDecide() {
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        probes(a, ProbeResult.skipped("no descriptor left"));
        assertThat(a.status()).isEqualTo(Status.UP);
        probes(a, REFUSED);
        assertThat(a.status()).isEqualTo(Status.DOWN);
    }

    @Test void keepsStreakAndScheduleOverAReloadThatChangesOthers() {
        checker.watch(List.of(pool(EVERY_10S, a)));
        probes(a, PASSED, REFUSED, REFUSED);
        passMillis(9_999);
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        assertThat(started(b)).isEqualTo(1);
        assertThat(started(a)).isEqualTo(3);
        passMillis(1);
        assertThat(started(a)).isEqualTo(4);
        answer(a, REFUSED);
        assertThat(log.all()).singleElement().asString().contains("3 of 3 probes failed");
    }

    @Test void keepsAProbeUnderWayOverAReload() {
        checker.watch(List.of(pool(EVERY_10S, a)));
        checker.watch(List.of(pool(EVERY_10S, a)));
        assertThat(started(a)).isEqualTo(1);
        assertThat(abandoned).isEmpty();
        answer(a, REFUSED);
        assertThat(a.status()).isEqualTo(Status.DOWN);
    }

    @Test void countsByTheNewConfigWithoutForgettingTheStreak() {
        checker.watch(List.of(pool(health(1_000, 2, 5), a, b)));
        answer(a, PASSED);
        pass(1_000);
        answer(a, REFUSED);
        checker.watch(List.of(pool(health(10, 2, 2), a, b)));
        assertThat(a.status()).isEqualTo(Status.UP);
        pass(10);
        answer(a, REFUSED);
        assertThat(log.all()).singleElement().asString().contains("2 of 2 probes failed");
        pass(10);
        assertThat(started(a)).as("by the new interval").isEqualTo(4);
    }

    @Test void stopsAskingBackendsThatAreGone() {
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        answer(b, PASSED);
        checker.watch(List.of());
        assertThat(abandoned).containsExactly(a);
        pass(100);
        assertThat(started).containsOnlyKeys(a, b).containsValues(1, 1);
        assertThat(checker.view(a)).isNull();
    }

    @Test void takesABackendForHealthyOnceItIsNotChecked() {
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        answer(a, REFUSED);
        checker.watch(List.of(pool(null, a, b)));
        assertThat(a.status()).isEqualTo(Status.UP);
        assertThat(log.all()).hasSize(2).last().asString().contains("DOWN -> UP: not checked;");
        pass(100);
        assertThat(started(a)).isEqualTo(1);
        assertThat(checker.view(a)).isNull();
    }

    @Test void asksAnewWhenChecksAreTurnedOnAgain() {
        checker.watch(List.of(pool(null, a)));
        assertThat(started(a)).isZero();
        checker.watch(List.of(pool(EVERY_10S, a)));
        answer(a, REFUSED);
        assertThat(a.status()).isEqualTo(Status.DOWN);
    }

    @Test void doesNotAskABackendInMaintenance() {
        checker.watch(List.of(pool(EVERY_10S, State.MAINT, a, b)));
        pass(100);
        assertThat(started(a)).isZero();
        assertThat(started(b)).isEqualTo(1);
    }

    @Test void stopsAskingOnceABackendIsInMaintenance() {
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        answer(a, PASSED);
        checker.watch(List.of(pool(EVERY_10S, State.MAINT, a, b)));
        pass(100);
        assertThat(started(a)).isEqualTo(1);
    }

    @Test void ignoresAnAnswerThatCameIntoTheMaintenance() {
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        checker.watch(List.of(pool(EVERY_10S, State.MAINT, a, b)));
        answer(a, REFUSED);
        assertThat(a.healthy()).isTrue();
    }

    @Test void asksAtOnceAfterTheMaintenanceAndBelievesTheFirstAnswer() {
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        answer(a, REFUSED);
        checker.watch(List.of(pool(EVERY_10S, State.MAINT, a, b)));
        checker.watch(List.of(pool(EVERY_10S, State.READY, a, b)));
        pass(0);
        assertThat(started(a)).isEqualTo(2);
        answer(a, PASSED);
        assertThat(a.status()).isEqualTo(Status.UP);
        assertThat(log.all()).last().asString().contains("DOWN -> UP: first probe passed;");
    }

    @Test void goesOnAskingADrainingBackendWithoutSayingSo() {
        checker.watch(List.of(pool(EVERY_10S, State.DRAIN, a, b)));
        log.close();
        probes(a, PASSED, REFUSED, REFUSED, REFUSED);
        assertThat(a.healthy()).isFalse();
        assertThat(a.status()).isEqualTo(Status.DRAINING);
    }

    @Test void asksTwiceASecondWhileAllAreDown() {
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        answer(a, REFUSED);
        answer(b, PASSED);
        passMillis(5_500);
        answer(a, REFUSED);
        answer(b, REFUSED);
        for (int i = 0; i < 2; i++) {
            pass(10);
            answer(a, REFUSED);
            if (i == 0) answer(b, REFUSED);
        }
        int before = started(a);
        answer(b, REFUSED);         // the last one goes down: a, which has just begun to wait, must hurry too
        passMillis(500);
        assertThat(started(a)).isEqualTo(before + 1);
        assertThat(underWay).containsOnlyKeys(a, b);

        answer(a, PASSED);
        answer(b, REFUSED);
        passMillis(500);
        answer(a, PASSED);
        assertThat(a.status()).as("a second after it came back").isEqualTo(Status.UP);
        answer(b, REFUSED);
        passMillis(9_999);
        assertThat(underWay).as("no hurry any more").isEmpty();
        passMillis(1);
        assertThat(underWay).containsOnlyKeys(a, b);
    }

    @Test void goesOnWhenABackendsListenerThrows() {
        Backend stray = new Backend(a.config(), () -> {
            if (nanos > 100) throw new IllegalStateException("expected by this test");
            return nanos;
        });
        try (LogLines faults = new LogLines(BackendCheck.class)) {
            checker.watch(List.of(pool(EVERY_10S, stray, b)));
            pass(1);
            answer(stray, REFUSED);
            pass(100);
            assertThat(started(stray)).isEqualTo(2);
            assertThat(faults.all()).containsExactly("pool=api backend=a: a probe's result was lost");
        }
    }

    @Test void believesRealRequestsThatSucceedMoreThanProbesThatFail() {
        try (LogLines disagreements = new LogLines(BackendCheck.class)) {
            checker.watch(List.of(pool(EVERY_10S, a, b)));
            probes(a, PASSED);
            for (int i = 0; i < 6; i++) {
                for (int good = 0; good < 5; good++) a.answered(200, 1);
                probes(a, REFUSED);
            }
            assertThat(a.status()).isEqualTo(Status.UP);
            assertThat(disagreements.all()).as("said once").containsExactly("pool=api backend=a stays UP: probe "
                    + "disagrees: 3 of 3 probes failed, last: connection refused; 5 good answers to real requests "
                    + "since the probe before, no failure");
            probes(a, REFUSED);
            assertThat(a.status()).as("as soon as nothing speaks for it").isEqualTo(Status.DOWN);
            assertThat(log.all()).singleElement().asString().contains("7 of 7 probes failed");
        }
    }

    @Test void saysWhenADisagreementIsOverAndWhenItIsThereAgain() {
        try (LogLines disagreements = new LogLines(BackendCheck.class)) {
            checker.watch(List.of(pool(EVERY_10S, a, b)));
            probes(a, PASSED);
            for (int i = 0; i < 8; i++) {
                for (int good = 0; good < 5; good++) a.answered(200, 1);
                probes(a, i == 3 ? PASSED : REFUSED);
            }
            assertThat(disagreements.all()).hasSize(3).first().asString().contains("probe disagrees");
            assertThat(disagreements.all().get(1)).isEqualTo("pool=api backend=a stays UP: its probes pass again");
            assertThat(disagreements.all().get(2)).contains("probe disagrees");
        }
    }

    @Test void saysNothingOfADisagreementThatEndedWithTheBackend() {
        try (LogLines disagreements = new LogLines(BackendCheck.class)) {
            checker.watch(List.of(pool(EVERY_10S, a, b)));
            probes(a, PASSED, REFUSED, REFUSED);
            for (int good = 0; good < 5; good++) a.answered(200, 1);
            probes(a, REFUSED, REFUSED, PASSED, PASSED);
            assertThat(log.all()).hasSize(2);
            assertThat(disagreements.all()).singleElement().asString().contains("probe disagrees");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // good, 5xx, failures -> out
        "4, 0, 0, true", "5, 0, 0, false", "5, 0, 1, true", "9, 1, 0, true", "10, 1, 0, false", "0, 9, 0, true"})
    void believesProbesWhenRealRequestsProveNothing(int good, int serverErrors, int failures, boolean out) {
        try (LogLines disagreements = new LogLines(BackendCheck.class)) {
            checker.watch(List.of(pool(EVERY_10S, a, b)));
            probes(a, PASSED, REFUSED, REFUSED);
            for (int i = 0; i < good; i++) a.answered(204, 1);
            for (int i = 0; i < serverErrors; i++) a.answered(503, 1);
            for (int i = 0; i < failures; i++) a.failed(OutlierConfig.On.TIMEOUT, "response.timeout", false);
            probes(a, REFUSED);
            assertThat(a.status()).isEqualTo(out ? Status.DOWN : Status.UP);
            assertThat(disagreements.all()).hasSize(out ? 0 : 1);
        }
    }

    @Test void doesNotBringBackAnEjectedBackendWhoseProbesPass() {
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        probes(a, PASSED);
        a.ejected(true, "5 failures in a row");
        probes(a, PASSED, PASSED, PASSED);
        assertThat(a.status()).isEqualTo(Status.EJECTED);
        probes(a, REFUSED, REFUSED, REFUSED);
        assertThat(a.status()).isEqualTo(Status.DOWN);
        probes(a, PASSED, PASSED);
        assertThat(a.status()).isEqualTo(Status.EJECTED);
    }

    @Test void showsWhatItFound() {
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        assertThat(checker.view(a)).isEqualTo(HealthView.NONE);
        probes(a, PASSED, REFUSED, REFUSED);
        HealthView view = checker.view(a);
        assertThat(view.last()).isEqualTo("connection refused");
        assertThat(view.passed()).isFalse();
        assertThat(view.at()).isNotNull();
        assertThat(view.streak()).isEqualTo(2);
        assertThat(view.probes()).isEqualTo(3);
        assertThat(view.failures()).isEqualTo(2);
    }

    @Test void endsEverythingWhenStopped() {
        checker.watch(List.of(pool(EVERY_10S, a, b)));
        answer(a, PASSED);
        checker.stop();
        pass(100);
        assertThat(started(a)).isEqualTo(1);
        assertThat(abandoned).containsExactly(b);
        assertThat(checker.view(b)).isNull();
    }
}
