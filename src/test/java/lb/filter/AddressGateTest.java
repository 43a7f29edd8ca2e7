package lb.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import lb.config.AddressRange;
import lb.http.Failure;
import lb.proxy.LocalAnswer;
import org.junit.jupiter.api.Test;

class AddressGateTest {
    private static boolean admits(List<String> allow, List<String> deny, String peer, String... forwarded) {
        AddressGate gate = new AddressGate(ranges(allow), ranges(deny));
        String[] lines = Stream.concat(Stream.of("GET / HTTP/1.1", "Host: a"),
                Stream.of(forwarded).map(each -> "X-Forwarded-For: " + each)).toArray(String[]::new);
        LocalAnswer answer = gate.request(Asked.from(peer, lines));
        if (answer == null) return true;
        assertThat(answer.failure()).isEqualTo(Failure.DENIED);
        assertThat(answer.status()).isEqualTo(403);
        return false;
    }

    private static List<AddressRange> ranges(List<String> texts) {
        return texts.stream().map(AddressRange::parse).toList();
    }

    @Test void admitsThoseWhoAreAllowedAndNobodyElse() {
        List<String> allow = List.of("192.0.2.0/24", "2001:db8::/32");
        assertThat(admits(allow, List.of(), "192.0.2.7")).isTrue();
        assertThat(admits(allow, List.of(), "2001:db8::7")).isTrue();
        assertThat(admits(allow, List.of(), "192.0.3.7")).isFalse();
        assertThat(admits(allow, List.of(), "2001:db9::7")).isFalse();
    }

    @Test void admitsEverybodyButThoseWhoAreDenied() {
        List<String> deny = List.of("192.0.2.0/24");
        assertThat(admits(List.of(), deny, "192.0.2.7")).isFalse();
        assertThat(admits(List.of(), deny, "192.0.3.7")).isTrue();
    }

    @Test void deniesWhoIsDeniedThoughAllowed() {
        assertThat(admits(List.of("192.0.2.7"), List.of("192.0.2.0/24"), "192.0.2.7")).isFalse();
    }

    @Test void looksAtTheClientBehindATrustedProxyAndAtNoStrangersClaim() {
        List<String> allow = List.of("192.0.2.7");
        assertThat(admits(allow, List.of(), "10.0.0.1", "192.0.2.7")).isTrue();
        assertThat(admits(allow, List.of(), "10.0.0.1", "192.0.2.7, 198.51.100.1")).isFalse();
        assertThat(admits(allow, List.of(), "198.51.100.1", "192.0.2.7")).isFalse();
    }
}
