package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import lb.http.Received;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MaxForwardsTest {
    @ParameterizedTest
    @CsvSource({"OPTIONS,0,0", "TRACE,0,0", "OPTIONS,10,10", "TRACE,007,7", "OPTIONS,999999999,999999999",
        "OPTIONS,1000000000,1000000000", "OPTIONS,99999999999999999999,1000000000", "OPTIONS,0000000000,0",
        "TRACE,00000000000000000007,7", "OPTIONS,99999999999x,-1", "OPTIONS,-1,-1", "OPTIONS,+1,-1",
        "OPTIONS,1.0,-1", "OPTIONS,x,-1", "OPTIONS,'',-1",
        "GET,0,-1", "POST,5,-1", "options,0,-1"})
    void countsForTraceAndOptionsOnly(String method, String value, int expected) {
        assertThat(MaxForwards.of(Received.requestHead(method + " / HTTP/1.1", "Host: a", "Max-Forwards: " + value)))
                .isEqualTo(expected);
        assertThat(MaxForwards.of(Received.requestHead(method + " / HTTP/1.1", "Host: a"))).isEqualTo(-1);
    }
}
