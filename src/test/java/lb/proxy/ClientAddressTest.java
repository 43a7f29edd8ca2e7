package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import lb.config.AddressRange;
import lb.http.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientAddressTest {
    private static final List<AddressRange> TRUSTED =
            List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("fd00::/8"));

    private static String of(String peer, String... forwarded) {
        String[] lines = Stream.concat(Stream.of("GET / HTTP/1.1", "Host: a"),
                Stream.of(forwarded).map(each -> "X-Forwarded-For: " + each)).toArray(String[]::new);
        try {
            return ClientAddress.of(Received.requestHead(lines), InetAddress.getByName(peer),
                    address -> TRUSTED.stream().anyMatch(range -> range.contains(address))).getHostAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test void isThePeerWhatAStrangerMaySay() {
        assertThat(of("203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(of("203.0.113.9", "1.1.1.1")).isEqualTo("203.0.113.9");
        assertThat(of("203.0.113.9", "10.0.0.2")).isEqualTo("203.0.113.9");
        assertThat(of("10.0.0.1")).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "'1.1.1.1', 1.1.1.1",
        "'6.6.6.6, 1.1.1.1', 1.1.1.1",
        "'6.6.6.6, 1.1.1.1, 10.0.0.2', 1.1.1.1",
        "'6.6.6.6,1.1.1.1 ,,\t10.0.0.2 , ', 1.1.1.1",
        "'10.0.0.3, 10.0.0.2', 10.0.0.3",
        "'1.1.1.1, unknown, 10.0.0.2', 10.0.0.2",
        "'1.1.1.1, _hidden', 10.0.0.1",
        "'1.1.1.1, fe80::1%eth0', 10.0.0.1",
        "'1.1.1.1:5678, fd00::2', 1.1.1.1",
        "'[2001:db8::1]:5678', 2001:db8:0:0:0:0:0:1",
        "'2001:db8::1', 2001:db8:0:0:0:0:0:1",
        "'[2001:db8::1', 10.0.0.1",
        "'::ffff:1.1.1.1', 1.1.1.1",
        "'', 10.0.0.1"})
    void isTheRightmostThatIsNoTrustedProxy(String forwarded, String expected) {
        assertThat(of("10.0.0.1", forwarded)).isEqualTo(expected);
    }

    @Test void readsSeveralLinesAsOneList() {
        assertThat(of("10.0.0.1", "6.6.6.6, 1.1.1.1", "10.0.0.2", "10.0.0.3")).isEqualTo("1.1.1.1");
        assertThat(of("10.0.0.1", "6.6.6.6", "1.1.1.1, 10.0.0.2")).isEqualTo("1.1.1.1");
    }
}
