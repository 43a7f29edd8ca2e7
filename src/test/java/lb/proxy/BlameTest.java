package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import lb.config.OutlierConfig.On;
import lb.http.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BlameTest {
    @ParameterizedTest
    @EnumSource
    void hasAWordForEveryFailureOfABackendAndForNoOther(Failure failure) {
        if (failure.fault() == Failure.Fault.BACKEND) assertThat(Blame.of(failure)).isNotEqualTo(On.STATUS_5XX);
        else assertThatIllegalArgumentException().isThrownBy(() -> Blame.of(failure));
    }

    @Test void callsFailuresAsOperatorsDo() {
        assertThat(Blame.of(Failure.CONNECT_TIMEOUT)).isEqualTo(On.CONNECT);
        assertThat(Blame.of(Failure.TRUNCATED)).isEqualTo(On.RESET);
        assertThat(Blame.of(Failure.STALLED)).isEqualTo(On.TIMEOUT);
        assertThat(Blame.of(Failure.RESPONSE_HEAD_LIMIT)).isEqualTo(On.BAD_RESPONSE);
    }

    @Test void blamesNobodyForAKeptConnectionThatWasAtItsEnd() {
        assertThat(Blame.nobodys(Failure.CLOSED_BEFORE_HEAD, true)).isTrue();
        assertThat(Blame.nobodys(Failure.RESET_BEFORE_HEAD, true)).isTrue();
        assertThat(Blame.nobodys(Failure.RESET_BEFORE_HEAD, false)).isFalse();
        assertThat(Blame.nobodys(Failure.RESPONSE_TIMEOUT, true)).as("it kept the request").isFalse();
    }

    @Test void callsGoodWhatWasAnsweredAndNotSpoiltByTheBackend() {
        assertThat(Blame.good(null, true)).isTrue();
        assertThat(Blame.good(Failure.CLIENT_LEFT, true)).isTrue();
        assertThat(Blame.good(Failure.CLIENT_LEFT, false)).as("it proves nothing").isFalse();
        assertThat(Blame.good(Failure.TRUNCATED, true)).isFalse();
        assertThat(Blame.good(null, false)).isFalse();
    }
}
