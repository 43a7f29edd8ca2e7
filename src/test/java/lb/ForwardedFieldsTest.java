package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lb.testkit.Configs;
import lb.testkit.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend is told about the client, and whom it may believe. */
class ForwardedFieldsTest extends ProxyTest {
    private static final String[] CLAIMS = {"X-Forwarded-For: 203.0.113.7", "X-Forwarded-For: 203.0.113.8",
            "X-Forwarded-Proto: https", "X-Forwarded-Host: claimed.example", "Forwarded: for=203.0.113.9;proto=https"};

    @Test void tellsTheClientsAddressProtocolAndHost() {
        exchange(get("/"));
        Message seen = backend.request();
        assertThat(seen.values("X-Forwarded-For")).isEqualTo(List.of("127.0.0.1"));
        assertThat(seen.values("X-Forwarded-Proto")).isEqualTo(List.of("http"));
        assertThat(seen.values("X-Forwarded-Host")).isEqualTo(List.of("shop.example"));
    }

    @Test void aStrangersClaimsAreReplaced() {
        exchange(get("/", CLAIMS));
        Message seen = backend.request();
        assertThat(seen.values("X-Forwarded-For")).isEqualTo(List.of("127.0.0.1"));
        assertThat(seen.values("X-Forwarded-Proto")).isEqualTo(List.of("http"));
        assertThat(seen.values("X-Forwarded-Host")).isEqualTo(List.of("shop.example"));
        assertThat(seen.head()).doesNotContain("203.0.113.", "claimed.example", "https");
    }

    @Test void aTrustedPeersClaimsAreContinued() {
        start(Configs.of(backend.port()).trust("127.0.0.0", 8));
        exchange(get("/", CLAIMS));
        Message seen = backend.request();
        assertThat(seen.value("X-Forwarded-For")).isEqualTo("203.0.113.7, 203.0.113.8, 127.0.0.1");
        assertThat(seen.values("X-Forwarded-Proto")).isEqualTo(List.of("https"));
        assertThat(seen.values("X-Forwarded-Host")).isEqualTo(List.of("claimed.example"));
        assertThat(seen.value("Forwarded")).startsWith("for=203.0.113.9;proto=https").contains(", ", "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"for=\"open", "for=a;by=\"b\\\"", "for=\"a\", for=\"\\"})
    void whatWouldTakeOurWordsIntoItsQuotesIsDropped(String open) {
        start(Configs.of(backend.port()).trust("127.0.0.0", 8));
        exchange(get("/", "Forwarded: for=\"_a\\\"b\"", "Forwarded: " + open));
        assertThat(backend.request().values("Forwarded")).isEqualTo(
                List.of("for=\"_a\\\"b\", for=127.0.0.1;proto=http;host=\"shop.example\""));
    }

    @Test void aPeerOutsideTheTrustedRangeIsAStranger() {
        start(Configs.of(backend.port()).trust("10.0.0.0", 8));
        exchange(get("/", CLAIMS));
        assertThat(backend.request().values("X-Forwarded-For")).isEqualTo(List.of("127.0.0.1"));
    }

    @Test void addsItselfToTheVia() {
        exchange(get("/"));
        exchange(get("/", "Via: 1.0 fred"));
        exchange("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
        List<Message> seen = backend.requests();
        assertThat(seen.get(0).value("Via")).startsWith("1.1 ");
        assertThat(seen.get(1).value("Via")).startsWith("1.0 fred, 1.1 ");
        assertThat(seen.get(2).value("Via")).startsWith("1.0 ");
    }
}
