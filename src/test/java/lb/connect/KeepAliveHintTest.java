package lb.connect;

import static org.assertj.core.api.Assertions.assertThat;

import lb.http.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeepAliveHintTest {
    private static long seconds(String value) {
        return KeepAliveHint.seconds(Received.responseHead("HTTP/1.1 204 No Content", "Keep-Alive: " + value));
    }

    @ParameterizedTest
    @CsvSource({
        "'timeout=5', 5",
        "'timeout=15, max=100', 15",
        "'max=100,timeout=15', 15",
        "'max=9, Timeout = \"60\"', 60",
        "'timeout=0', 0",
        "'timeout=5.5', 5",
        "'timeout=5, timeout=6', 5",
        "'timeout=123456789012345678901234567890', 123456789"})
    void readsTheSeconds(String value, long seconds) {
        assertThat(seconds(value)).isEqualTo(seconds);
    }

    @Test void isNothingWhereNothingIsSaid() {
        assertThat(KeepAliveHint.seconds(Received.responseHead("HTTP/1.1 204 No Content")))
                .isEqualTo(KeepAliveHint.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "max=100", "timeout", "timeout=", "timeout=soon", "timeout=-1", "timeout:5",
        "xtimeout=5", "timeouts=5", "max=timeout=5", ",, ,"})
    void passesOverWhatIsOdd(String value) {
        assertThat(seconds(value)).isEqualTo(KeepAliveHint.NONE);
    }
}
