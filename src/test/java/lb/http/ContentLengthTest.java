package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentLengthTest {
    @ParameterizedTest
    @CsvSource({"0,0", "5,5", "05,5", "000000000000000005,5", "2147483648,2147483648", "4294967296,4294967296",
        "999999999999999999,999999999999999999", "0000000000000000005,-1", "1000000000000000000,-1",
        "9223372036854775808,-1", "18446744073709551616,-1", "+5,-1", "-5,-1", "5a,-1", "0x5,-1", "5.,-1", "5 5,-1",
        "'',-1", "'5,5',-1", "/,-1", ":,-1"})
    void isDigitsAndNothingElse(String value, long expected) {
        assertThat(ContentLength.parse(Received.requestHead("GET / HTTP/1.0", "A: " + value), 0)).isEqualTo(expected);
    }
}
