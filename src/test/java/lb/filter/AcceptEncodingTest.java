package lb.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import lb.http.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptEncodingTest {
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "br, gzip", "br,gzip;q=0.5", "gzip ; Q=0.001", "gzip;q=1.000",
        "*", "br;q=1, *;q=0.1", "identity;q=0.5, gzip", "gzip;q=0.5, identity;q=0.5", ",, gzip ,", "gzip; q=1.",
        "gzip;", "gzip, *;q=0"})
    void isAskedFor(String value) {
        assertThat(gzip(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "br", "identity", "gzip;q=0", "gzip;q=0.000", "gzip;q=0, *", "*;q=0", "gzips", "gzi",
        "xgzip", "gzip;q=2", "gzip;q=", "gzip;q=0.5555", "gzip;q=0.x", "gzip;q=1x", "gzip;level=1",
        "gzip;q=0.5, identity", "identity;q=0.6, *;q=0.5"})
    void isNotAskedFor(String value) {
        assertThat(gzip(value)).isFalse();
    }

    @Test void readsSeveralLinesAsOneList() {
        assertThat(gzip("br", "gzip")).isTrue();
        assertThat(gzip("*", "gzip;q=0")).isFalse();
        assertThat(gzip()).isFalse();
    }

    private static boolean gzip(String... values) {
        return AcceptEncoding.gzip(Received.requestHead(Stream.concat(Stream.of("GET / HTTP/1.1", "Host: a"),
                Stream.of(values).map(each -> "Accept-Encoding: " + each)).toArray(String[]::new)));
    }
}
