package lb;

import static org.assertj.core.api.Assertions.assertThat;

import lb.testkit.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that belong to one connection stay on it (RFC 9110 §7.6.1). */
class HopByHopTest extends ProxyTest {
    @ParameterizedTest
    @ValueSource(strings = {"Keep-Alive: timeout=5", "Proxy-Connection: keep-alive", "TE: gzip",
            "Upgrade: something/1", "Connection: keep-alive"})
    void removesWhatIsForThisConnection(String line) {
        assertThat(exchange(get("/", "X-Kept: 1", line)).status()).isEqualTo(200);
        String name = line.substring(0, line.indexOf(':'));
        assertThat(backend.request().values(name)).doesNotContain(line.substring(line.indexOf(' ') + 1));
        assertThat(backend.request().value("X-Kept")).isEqualTo("1");
    }

    @Test void removesWhatTheClientNominates() {
        exchange(get("/", "X-One: 1", "x-two: 2", "X-Two: 3", "X-Kept: 4",
                "Connection: keep-alive, X-One", "connection: ,X-TWO , none-such"));
        Message seen = backend.request();
        assertThat(seen.has("X-One")).isFalse();
        assertThat(seen.has("X-Two")).isFalse();
        assertThat(seen.value("X-Kept")).isEqualTo("4");
    }

    @Test void removesWhatTheBackendNominates() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nX-One: 1\r\nKeep-Alive: timeout=5\r\n"
                + "Connection: keep-alive, x-one\r\nX-Kept: 2\r\nContent-Length: 0\r\n\r\n"));
        Message response = exchange(get("/"));
        assertThat(response.has("X-One")).isFalse();
        assertThat(response.has("Keep-Alive")).isFalse();
        assertThat(response.value("X-Kept")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Content-Length", "Cookie", "Authorization", "X-Forwarded-For",
            "X-Forwarded-Proto", "X-Forwarded-Host"})
    void neverRemovesWhatAClientMustNotNominate(String name) {
        exchange(post("abc", "Cookie: a=b", "Authorization: Basic eA==", "Connection: " + name));
        Message seen = backend.request();
        assertThat(seen.values(name)).hasSize(1);
        assertThat(seen.value(name)).isNotBlank();
        assertThat(seen.text()).isEqualTo("abc");
    }

    @Test void neverRemovesTheTypeAndLengthOfAnAnswer() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nConnection: Content-Length, Set-Cookie\r\n"
                + "Set-Cookie: a=b\r\nContent-Length: 2\r\n\r\nok"));
        Message response = exchange(get("/"));
        assertThat(response.value("Content-Length")).isEqualTo("2");
        assertThat(response.text()).isEqualTo("ok");
    }
}
