package lb.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import lb.config.HealthConfig;
import lb.config.StatusRanges;
import org.junit.jupiter.api.Test;

final class ProbeTimingTest {
    private static final StatusRanges OK = new StatusRanges(List.of(new StatusRanges.Range(200, 399)));

    private final ProbeTiming timing = new ProbeTiming(new SplittableRandom(1));

    private static HealthConfig every(long millis) {
        return new HealthConfig(null, OK, Duration.ofMillis(millis), Duration.ofMillis(millis), 2, 3);
    }

    /** The shortest and the longest of a thousand gaps are near these, in milliseconds. */
    private static void assertSpread(LongSupplier gap, double shortest, double longest) {
        double[] millis = LongStream.generate(gap).limit(1_000).mapToDouble(nanos -> nanos / 1e6).sorted().toArray();
        double slack = (longest - shortest) / 20;
        assertThat(millis[0]).isBetween(shortest, shortest + slack);
        assertThat(millis[millis.length - 1]).isBetween(longest - slack, longest);
    }

    @Test void movesEachProbeByUpToATenthEitherWay() {
        assertSpread(() -> timing.gap(every(5_000)), 4_500, 5_500);
    }

    @Test void spreadsTheSecondProbesOverTheInterval() {
        assertSpread(() -> timing.firstGap(every(5_000), 3), 500, 5_000);
    }

    @Test void asksThoseThatPassLessOftenWhereThereAreVeryMany() {
        assertSpread(() -> timing.steadyGap(every(5_000), 800), 4_500, 5_500);
        assertSpread(() -> timing.steadyGap(every(5_000), 10_000), 54_000, 66_000);
        assertSpread(() -> timing.firstGap(every(5_000), 10_000), 6_000, 60_000);
        assertSpread(() -> timing.gap(every(5_000)), 4_500, 5_500);
    }

    @Test void hurriesToAQuarterOfTheInterval() {
        assertSpread(() -> timing.hurriedGap(every(1_600), 3), 360, 440);
    }

    @Test void hurriesSoThatTwoPassesComeWithinElevenTenthsOfASecond() {
        assertSpread(() -> timing.hurriedGap(every(5_000), 3), 450, 550);
    }

    @Test void hurriesNoFasterThanFourTimesASecond() {
        assertSpread(() -> timing.hurriedGap(every(600), 3), 225, 275);
    }

    @Test void hurriesNoFasterThanAThousandProbesASecondForThePool() {
        assertSpread(() -> timing.hurriedGap(every(5_000), 4_000), 3_600, 4_400);
    }

    @Test void neverHurriesToLessOftenThanUsual() {
        assertSpread(() -> timing.hurriedGap(every(100), 3), 90, 110);
        assertSpread(() -> timing.hurriedGap(every(5_000), 10_000), 4_500, 5_500);
    }
}
