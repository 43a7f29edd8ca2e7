package lb.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SuccessWindowTest {
    private final SuccessWindow window = new SuccessWindow();

    @Test void forgetsWhatIsOlderThanItsWindow() {
        window.begin(1_000, 1_000);
        window.step(1_050, 1_050);
        assertThat(window.attempts()).isEqualTo(100);
        assertThat(window.rate()).isEqualTo(0.5);
        for (int i = 1; i < SuccessWindow.STEPS; i++) window.step(1_150, 1_050);
        assertThat(window.attempts()).isEqualTo(200);
        window.step(1_160, 1_050);
        assertThat(window.failures()).as("the first step is too old now").isZero();
        assertThat(window.rate()).isEqualTo(1);
    }

    @Test void neverCountsBelowNothing() {
        window.begin(10, 0);
        window.step(8, 2);                          // two good answers turned out to be bad
        assertThat(window.attempts()).isEqualTo(2);
        assertThat(window.rate()).isZero();
    }
}
