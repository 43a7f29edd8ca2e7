package lb.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import lb.connect.PassingTime;
import org.junit.jupiter.api.Test;

class BodyRateTest {
    private static final Duration WINDOW = Duration.ofSeconds(30);
    /** Deadlines are late by up to a tick each. */
    private static final Duration SLACK = Duration.ofMillis(500);
    private static final int RATE = 10;
    private static final int ENOUGH = 300;

    private final PassingTime time = new PassingTime();
    private final BodyRate rate = new BodyRate(time.deadlines(), WINDOW, () -> this.slow++);
    private int slow;

    @Test void letsTheFirstWindowBeFree() {
        rate.wanted(RATE);
        time.pass(WINDOW.plus(SLACK));
        assertThat(slow).isZero();
    }

    @Test void refusesTheFirstWindowAfterThatWithTooFewBytes() {
        rate.wanted(RATE);
        rate.arrived(1_000_000);
        time.pass(WINDOW.plus(SLACK));
        rate.arrived(ENOUGH - 1);
        time.pass(WINDOW.minus(SLACK.multipliedBy(2)));
        assertThat(slow).isZero();
        time.pass(SLACK.multipliedBy(2));
        assertThat(slow).isEqualTo(1);
        assertThat(time.still()).isTrue();
    }

    @Test void acceptsWhatIsJustFastEnoughForEver() {
        rate.wanted(RATE);
        time.pass(WINDOW.plus(SLACK));
        for (int i = 0; i < 100; i++) {
            rate.arrived(ENOUGH);
            rate.wanted(RATE);
            time.pass(WINDOW);
        }
        assertThat(slow).isZero();
    }

    @Test void doesNotCountTheTimeInWhichWeHoldTheClientBack() {
        rate.wanted(RATE);
        time.pass(WINDOW.plus(SLACK));
        for (int i = 0; i < 20; i++) {
            time.pass(WINDOW.dividedBy(30));
            rate.held();
            rate.held();
            time.pass(WINDOW.multipliedBy(5));
            rate.wanted(RATE);
        }
        assertThat(slow).isZero();
        time.pass(WINDOW.dividedBy(3).plus(SLACK));
        assertThat(slow).isEqualTo(1);
    }

    @Test void cannotBeEscapedByHoldsThatFollowEachOther() {
        rate.wanted(RATE);
        time.pass(WINDOW.plus(SLACK));
        for (int i = 0; i < 400 && slow == 0; i++) {
            time.pass(Duration.ofMillis(100));
            rate.held();
            rate.wanted(RATE);
        }
        assertThat(slow).isEqualTo(1);
    }

    @Test void startsAnewWithTheNextBody() {
        rate.wanted(RATE);
        time.pass(WINDOW.plus(SLACK));
        rate.end();
        time.pass(WINDOW.multipliedBy(3));
        rate.wanted(RATE);
        time.pass(WINDOW.plus(SLACK));
        assertThat(slow).isZero();
        time.pass(WINDOW);
        assertThat(slow).isEqualTo(1);
    }

    @Test void judgesNothingWithoutARate() {
        rate.wanted(0);
        rate.held();
        time.pass(WINDOW.multipliedBy(10));
        rate.end();
        assertThat(slow).isZero();
        assertThat(time.still()).isTrue();
    }

    @Test void leavesNothingArmedBehindABody() {
        rate.wanted(RATE);
        rate.end();
        rate.wanted(RATE);
        rate.held();
        rate.end();
        assertThat(time.still()).isTrue();
    }
}
