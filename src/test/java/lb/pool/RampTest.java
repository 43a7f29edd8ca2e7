package lb.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RampTest {
    private static final Duration LENGTH = Duration.ofSeconds(10);
    private static final long STEP = Duration.ofMillis(100).toNanos();

    private final Ramp ramp = new Ramp(LENGTH, 0, 500);
    private long nanos;
    private long good = 500;

    /** @param perStep good answers in each tenth of a second @return the shares after each second, 0 for the whole */
    private String shares(int seconds, int perStep, int inFlight) {
        StringBuilder shares = new StringBuilder();
        for (int step = 1; step <= seconds * 10; step++) {
            nanos += STEP;
            good += perStep;
            int share = ramp.share(nanos, good, inFlight);
            if (step % 10 == 0) shares.append(share % 10);
        }
        return shares.toString();
    }

    @Test void growsByATenthEachTenthOfItsLengthWhileTheBackendKeepsUp() {
        assertThat(shares(11, 1, 3)).as("the tenth second ends it").isEqualTo("12345678900");
    }

    @Test void isNotStarvedByALackOfRequests() {
        assertThat(shares(11, 0, 0)).isEqualTo("12345678900");
    }

    @Test void endsEarlyAfterEnoughGoodAnswers() {
        assertThat(shares(3, 100, 5)).as("1,000 answers a second").isEqualTo("500");
    }

    @Test void standsStillWhileAttemptsHangButNotForEver() {
        assertThat(shares(20, 0, 1)).isEqualTo("1".repeat(20));
        assertThat(shares(11, 0, 1)).as("three lengths are the most").endsWith("00");
    }

    @Test void takesAnAnswerAfterALongSilenceForNoMoreThanATenth() {
        shares(15, 0, 1);
        nanos += STEP;
        assertThat(ramp.share(nanos, ++good, 1)).isLessThanOrEqualTo(2);
    }

    @Test void growsNeverBackwards() {
        int before = 0;
        for (int i = 0; i < 400; i++) {
            nanos += STEP;
            if (i % 7 == 0) good += 3;
            int share = ramp.share(nanos, good, i % 3);
            assertThat(share).isBetween(before, Ramp.WHOLE);
            before = share;
        }
        assertThat(before).isEqualTo(Ramp.WHOLE);
    }
}
