package lb.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lb.config.OutlierConfig;
import org.junit.jupiter.api.Test;

final class EjectionTimeTest {
    private final EjectionTime time = new EjectionTime();

    private long next() {
        return Duration.ofNanos(time.next(OutlierConfig.DEFAULT)).toSeconds();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Test void doublesEachTimeInARowUpToTheLongest() {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 8; i++) times.add(next());
        assertThat(times).containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
    }

    @Test void staysAtTheLongestHoweverOften() {
        for (int i = 0; i < 10_000; i++) next();
        assertThat(next()).isEqualTo(300);
    }

    @Test void forgivesAStepAfterAsLongAsTheLastEjectionTook() {
        next();
        next();                                                 // 20 s
        time.back(seconds(100), 5);
        time.behaves(seconds(119), 9);
        assertThat(time.inARow()).isEqualTo(2);
        time.behaves(seconds(120), 9);
        assertThat(time.inARow()).isEqualTo(1);
        time.behaves(seconds(129), 20);
        assertThat(time.forgiven()).isFalse();
        time.behaves(seconds(130), 20);
        assertThat(time.forgiven()).isTrue();
        assertThat(next()).isEqualTo(10);
    }

    @Test void forgivesNothingWithoutAGoodAnswer() {
        next();
        time.back(seconds(100), 5);
        time.behaves(seconds(1_000), 5);
        time.behaves(seconds(1_000), 4);                        // one that had begun then has failed since
        assertThat(next()).isEqualTo(20);
    }
}
