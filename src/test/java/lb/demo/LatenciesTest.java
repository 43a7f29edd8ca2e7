package lb.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test void tellsTheTimeWithinWhichAShareOfTheAnswersCame() {
        for (int millis = 1; millis <= 100; millis++) add(millis);
        assertThat(latencies.count()).isEqualTo(100);
        assertThat(latencies.millis(0.5)).isEqualTo(50.1);
        assertThat(latencies.millis(0.99)).isEqualTo(99.1);
        assertThat(latencies.millis(1)).isEqualTo(100.1);
    }

    @Test void isZeroWithoutAnswers() {
        assertThat(latencies.millis(0.5)).isZero();
        assertThat(latencies.millis(0.99)).isZero();
    }

    @Test void countsWhatTookLongerThanASecondAsASecond() {
        add(7_000);
        assertThat(latencies.millis(0.5)).isEqualTo(1000);
    }

    @Test void takesOthersIn() {
        Latencies slow = new Latencies();
        slow.add(TimeUnit.MILLISECONDS.toNanos(20));
        add(1);
        latencies.add(slow);
        assertThat(latencies.count()).isEqualTo(2);
        assertThat(latencies.millis(0.5)).isEqualTo(1.1);
        assertThat(latencies.millis(1)).isEqualTo(20.1);
    }

    private void add(int millis) {
        latencies.add(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
