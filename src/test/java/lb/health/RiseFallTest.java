package lb.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RiseFallTest {
    /** For each result (+ passed, - failed): U or D where it decides, a dot where it does not. */
    private static String decisions(String results, int rise, int fall) {
        RiseFall riseFall = new RiseFall();
        StringBuilder decisions = new StringBuilder();
        for (char result : results.toCharArray()) {
            boolean passed = result == '+';
            decisions.append(!riseFall.decides(passed, rise, fall) ? '.' : passed ? 'U' : 'D');
        }
        return decisions.toString();
    }

    @ParameterizedTest(name = "rise {1}, fall {2}: {0} -> {3}")
    @CsvSource({
        "+,          2, 3, U",
        "-,          2, 3, D",
        "+++++,      2, 3, U....",
        "-----,      2, 3, D....",
        "+---,       2, 3, U..D",
        "+--+--+---, 2, 3, U........D",
        "+---+-++,   2, 3, U..D...U",
        "-++,        2, 3, D.U",
        "-+-++,      2, 3, D...U",
        "+-+-,       1, 1, UDUD",
        "-+,         1, 3, DU"})
    void decidesAtTheFirstResultAndAtEachFullStreak(String results, int rise, int fall, String decisions) {
        assertThat(decisions(results, rise, fall)).isEqualTo(decisions);
    }

    @Test void countsTheStreak() {
        RiseFall riseFall = new RiseFall();
        assertThat(riseFall.streak()).isZero();
        for (int i = 0; i < 3; i++) riseFall.decides(false, 2, 3);
        assertThat(riseFall.streak()).isEqualTo(3);
        riseFall.decides(true, 2, 3);
        assertThat(riseFall.streak()).isEqualTo(1);
    }

    @Test void keepsTheStreakWhenTheLimitsChange() {
        RiseFall riseFall = new RiseFall();
        riseFall.decides(true, 2, 10);
        for (int i = 0; i < 4; i++) assertThat(riseFall.decides(false, 2, 10)).isFalse();
        assertThat(riseFall.decides(false, 2, 3)).isTrue();
    }
}
