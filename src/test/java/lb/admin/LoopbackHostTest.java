package lb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackHostTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "localhost", "LOCALHOST:9901", "127.0.0.1", "127.0.0.1:9901", "127.8.8.8:1", "[::1]", "[::1]:9901"
    })
    void allowsNamesOfThisMachineFromTheInside(String host) {
        assertThat(LoopbackHost.allows(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "localhost.", "evil.example:127.0.0.1",
        "10.0.0.1", "0.0.0.0", "128.0.0.1", "127.1", "::1", "[::2]", "[::1", "[::1]x", "localhost:", "localhost:9x",
        "localhost:999999", "localhost:1:2", "a@localhost", "localhost, evil.example"
    })
    void refusesEverythingElse(String host) {
        assertThat(LoopbackHost.allows(host)).isFalse();
    }

    @Test void refusesARequestWithoutHost() {
        assertThat(LoopbackHost.allows(null)).isFalse();
    }
}
