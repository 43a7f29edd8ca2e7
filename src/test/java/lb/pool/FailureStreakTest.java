package lb.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import lb.config.BackendConfig;
import lb.config.OutlierConfig;
import lb.config.OutlierConfig.On;
import org.junit.jupiter.api.Test;

final class FailureStreakTest {
    private final AtomicInteger crossed = new AtomicInteger();
    private final Backend backend =
            new Backend(new BackendConfig("a", "10.0.0.1", 80, 1, BackendConfig.State.READY), () -> 0);
    private final FailureStreak streak = backend.streak();

    private void judge(Set<On> on) {
        streak.judgeBy(new FailureStreak.Judging(on, 3, crossed::incrementAndGet));
    }

    private void refused() {
        backend.failed(On.CONNECT, "connect.refused", false);
    }

    private void answered(int status) {
        backend.answered(status, 1);
        backend.succeeded(status);
    }

    @Test void crossesItsLimitOnceInARow() {
        judge(OutlierConfig.DEFAULT.on());
        for (int i = 0; i < 2; i++) refused();
        answered(200);
        for (int i = 0; i < 2; i++) refused();
        assertThat(crossed).hasValue(0);
        for (int i = 0; i < 9; i++) refused();
        assertThat(crossed).hasValue(1);
        assertThat(streak.inARow()).isEqualTo(11);
        assertThat(streak.lastCause()).isEqualTo("connect.refused");
        streak.forgetRow();
        for (int i = 0; i < 3; i++) refused();
        assertThat(crossed).hasValue(2);
    }

    @Test void countsOnlyWhatTheOperatorListed() {
        judge(EnumSet.of(On.TIMEOUT));
        for (int i = 0; i < 9; i++) refused();
        assertThat(streak.inARow()).isZero();
        assertThat(streak.bad()).isZero();
        assertThat(backend.failures()).as("they failed all the same").isEqualTo(9);
    }

    @Test void takesA5xxForAnAnswerUnlessItIsListed() {
        judge(OutlierConfig.DEFAULT.on());
        refused();
        answered(503);
        assertThat(streak.inARow()).isZero();
        assertThat(backend.good()).isEqualTo(1);

        judge(EnumSet.of(On.STATUS_5XX));
        for (int i = 0; i < 3; i++) answered(503);
        assertThat(crossed).hasValue(1);
        assertThat(streak.lastCause()).isEqualTo("status 503");
        assertThat(streak.bad()).as("and the refused one").isEqualTo(4);
        assertThat(backend.good()).as("those that were counted as bad are not good too").isEqualTo(1);
    }

    @Test void countsAnAnswerThatWasCutOffAsAFailureAndNotAsGood() {
        judge(OutlierConfig.DEFAULT.on());
        for (int i = 0; i < 3; i++) {
            backend.answered(200, 1);
            backend.failed(On.RESET, "backend.truncated", true);
        }
        assertThat(crossed).as("no head that came in between ends the row").hasValue(1);
        assertThat(backend.good()).isZero();
    }

    @Test void countsNothingWhileNobodyJudges() {
        for (int i = 0; i < 9; i++) refused();
        answered(500);
        assertThat(streak.inARow()).isZero();
        judge(OutlierConfig.DEFAULT.on());
        streak.judgeBy(null);
        refused();
        assertThat(streak.inARow()).isZero();
    }

    @Test void crossesItsLimitOnceWhenSeveralThreadsFailAtOnce() throws Exception {
        judge(OutlierConfig.DEFAULT.on());
        Callable<Void> failing = () -> {
            for (int i = 0; i < 10_000; i++) refused();
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            threads.invokeAll(Collections.nCopies(3, failing));
        } finally {
            threads.shutdownNow();
        }
        assertThat(streak.inARow()).isEqualTo(30_000);
        assertThat(crossed).hasValue(1);
    }
}
