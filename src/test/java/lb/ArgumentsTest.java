package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test void readsThePlainRunAsItReadsAnyOtherLine() throws WrongCommandLine {
        assertThat(Arguments.parse("--config", "lb.json"))
                .isEqualTo(Arguments.parse("-c", "lb.json")).isEqualTo(Arguments.parse("--config=lb.json"));
    }

    @Test void takesNoOptionForAFile() {
        assertThatThrownBy(() -> Arguments.parse("--config", "--check")).isInstanceOf(WrongCommandLine.class);
    }

    @Test void refusesWhatIsNotBuiltYet() {
        assertThatThrownBy(() -> Arguments.parse("--config", "etcd://a")).hasMessageContaining("not built yet");
        assertThatThrownBy(() -> Arguments.parse("-c", "etcd://a")).hasMessageContaining("not built yet");
    }
}
