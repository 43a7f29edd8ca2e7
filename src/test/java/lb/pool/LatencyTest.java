package lb.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LatencyTest {
    private final Latency latency = new Latency();
    private long now = Duration.ofDays(20).toNanos();

    private void answers(int millis) {
        latency.observe(millis * 1_000_000L, true, now);
    }

    private double millis() {
        return latency.nanos(now) / 1e6;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test void isNothingBeforeTheFirstAnswer() {
        assertThat(latency.nanos(now)).isZero();
    }

    @Test void isTheFirstAnswersTime() {
        answers(20);
        assertThat(millis()).isCloseTo(20, within(0.001));
    }

    @Test void risesAtOnceWithASlowAnswer() {
        answers(20);
        pass(Duration.ofMillis(1));
        answers(300);
        assertThat(millis()).isCloseTo(300, within(0.01));
    }

    @Test void fallsByTwoThirdsInTenSecondsOfQuickAnswers() {
        answers(1020);
        for (int i = 0; i < 1000; i++) {
            pass(Duration.ofMillis(10));
            answers(20);
        }
        assertThat(millis()).isCloseTo(20 + 1000 / Math.E, within(5.0));
    }

    @Test void staysWhereAnswersStay() {
        for (int i = 0; i < 5000; i++) {
            answers(20);
            pass(Duration.ofMillis(7));
        }
        answers(20);
        assertThat(millis()).isCloseTo(20, within(0.1));
    }

    @Test void fadesWithoutAnswersSoThatASlowBackendIsAskedAgain() {
        answers(1000);
        pass(Duration.ofSeconds(10));
        assertThat(millis()).isCloseTo(1000 / Math.E, within(0.1));
        pass(Duration.ofSeconds(60));
        assertThat(millis()).isLessThan(1).isPositive();
    }

    @Test void neitherFallsNorFadesByQuickErrors() {
        answers(50);
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofSeconds(1));
            latency.observe(1000, false, now);
        }
        assertThat(millis()).isCloseTo(50, within(0.1));
    }

    @Test void risesWithASlowError() {
        answers(50);
        latency.observe(900_000_000L, false, now);
        assertThat(millis()).isCloseTo(900, within(0.1));
    }

    @Test void isNotKnownFromAnErrorAlone() {
        latency.observe(1000, false, now);
        assertThat(latency.nanos(now)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE / 2, -1, 0, 1L << 49, Long.MAX_VALUE - 100_000_000_000L})
    void countsTimeFromWhereverTheClockBegins(long start) {
        latency.observe(1_000_000_000, true, start);
        assertThat(latency.nanos(start + 10_000_000_000L)).isCloseTo(1e9 / Math.E, within(1e6));
        assertThat(latency.nanos(start - 1_000_000)).as("a reader a moment behind").isCloseTo(1e9, within(1e3));
    }

    @Test void losesNoPeakWhenSeveralThreadsAnswer() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<Void> peaks = () -> {
                for (int i = 1; i <= 200_000; i++) latency.observe(i, true, now);
                return null;
            };
            threads.invokeAll(List.of(peaks, peaks));
            assertThat(latency.nanos(now)).isEqualTo(200_000);
        } finally {
            threads.shutdownNow();
        }
    }
}
