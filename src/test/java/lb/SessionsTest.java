package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lb.testkit.Message;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client's requests go to one backend for as long as that can take them. */
class SessionsTest extends ProxyTest {
    private static final String STICKY = "'sticky': { 'cookie': 'lb_s', 'keys': ['a key of enough length'] }";

    private final ScriptedBackend one = named("one");
    private final ScriptedBackend two = named("two");

    private ScriptedBackend named(String name) {
        return backend().onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + name));
    }

    private String file(String sticky, String ofOne) {
        return sticky + ", 'backends': [{ 'url': 'http://" + one.id() + "'" + ofOne + " }, 'http://" + two.id() + "']";
    }

    /** A session with the first backend. @return the line that the client sends from now on */
    private String sessionWithOne(RawClient client) {
        for (int i = 0; i < 10; i++) {
            Message answer = client.send(get("/")).readResponse();
            if (answer.text().equals("one")) return "Cookie: a=b; " + answer.value("Set-Cookie").split(";")[0];
        }
        throw new AssertionError("nobody came to the first");
    }

    @Test void aCookieOfOurOwnTiesAClientToItsBackend() {
        startFile(file(STICKY, ""));
        RawClient client = client();
        Message first = client.send(get("/")).readResponse();
        assertThat(first.value("Set-Cookie")).startsWith("lb_s=").contains("; Path=/", "; HttpOnly", "; SameSite=Lax")
                .doesNotContain("127.0.0.1", "Secure", first.text());
        String cookie = "Cookie: " + first.value("Set-Cookie").split(";")[0];
        for (int i = 0; i < 10; i++) {
            Message next = client.send(get("/", cookie)).readResponse();
            assertThat(next.text()).isEqualTo(first.text());
            assertThat(next.has("Set-Cookie")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, https, true", "127.0.0.1, 'HTTPS, http', true", "127.0.0.1, http, false",
        "127.0.0.1, 'http, https', false", "127.0.0.1, httpsx, false", "127.0.0.1, '', false",
        "10.0.0.1, https, false"})
    void aCookieIsSecureWhereTheClientCameByHttps(String trusted, String proto, boolean secure) {
        startFile(file(STICKY + ", 'trustedProxies': ['" + trusted + "']", ""));
        String cookie = exchange(get("/", "X-Forwarded-Proto: " + proto)).value("Set-Cookie");
        assertThat(cookie.endsWith("; Secure")).isEqualTo(secure);
        assertThat(exchange(get("/")).value("Set-Cookie")).doesNotContain("Secure");
    }

    @Test void aCookieIsSecureWhereForwardedSaysSo() {
        startFile(file(STICKY + ", 'trustedProxies': ['127.0.0.1']", ""));
        assertThat(exchange(get("/", "Forwarded: for=1.1.1.1;proto=https")).value("Set-Cookie")).endsWith("; Secure");
    }

    @Test void aWebSocketHasASessionFromItsHandshakeOn() {
        startFile(file(STICKY, ""));
        for (ScriptedBackend each : List.of(one, two)) {
            each.onRequest(peer -> peer.reply("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                    + "Upgrade: websocket\r\n\r\n" + (each == one ? "one" : "two")));
        }
        String cookie = null;
        String first = null;
        for (int i = 0; i < 6; i++) {
            RawClient client = client();
            client.send(get("/", "Connection: Upgrade", "Upgrade: websocket", cookie == null ? "A: b" : cookie));
            Message switched = client.readResponse();
            assertThat(switched.status()).isEqualTo(101);
            assertThat(switched.has("Set-Cookie")).as("only the first").isEqualTo(i == 0);
            String who = new String(client.read(3), StandardCharsets.US_ASCII);
            if (i == 0) cookie = "Cookie: " + switched.value("Set-Cookie").split(";")[0];
            if (i == 0) first = who;
            assertThat(who).isEqualTo(first);
        }
    }

    @Test void aBackendThatDrainsKeepsItsSessionsOnly() {
        startFile(file(STICKY, ""));
        RawClient client = client();
        String cookie = sessionWithOne(client);
        reloadFile(file(STICKY, ", 'state': 'drain'"));
        for (int i = 0; i < 4; i++) {
            assertThat(client.send(get("/", cookie)).readResponse().text()).isEqualTo("one");
            assertThat(client.send(get("/")).readResponse().text()).isEqualTo("two");
        }
        reloadFile(file(STICKY, ", 'state': 'maint'"));
        Message moved = client.send(get("/", cookie)).readResponse();
        assertThat(moved.text()).isEqualTo("two");
        assertThat(moved.value("Set-Cookie")).startsWith("lb_s=");
    }

    @Test void aBackendThatCannotBeReachedLosesThemAtOnce() {
        startFile(file(STICKY, ""));
        RawClient client = client();
        String cookie = sessionWithOne(client);
        one.stopListening();
        one.closeConnections();
        Message moved = client.send(get("/", cookie)).readResponse();
        assertThat(moved.text()).isEqualTo("two");
        assertThat(moved.value("Set-Cookie")).startsWith("lb_s=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lb_s=127.0.0.1:1", "lb_s=", "lb_s=v1.AAAA", "lb_s=\"one\"", "lb_s=v1.%00", "LB_S=v1.x"})
    void forgedValuesLeadNowhereAndAreReplaced(String forged) {
        startFile(file(STICKY, ""));
        Message answer = exchange(get("/", "Cookie: " + forged));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.value("Set-Cookie")).startsWith("lb_s=v1.");
    }

    @Test void everyReplicaAndEveryLaterProcessKnowsThem() {
        startFile(file(STICKY, ""));
        String cookie = sessionWithOne(client());
        startFile(file(STICKY, ""));
        for (int i = 0; i < 4; i++) assertThat(exchange(get("/", cookie)).text()).isEqualTo("one");
        startFile(file(STICKY.replace("['a", "['another key of enough length', 'a"), ""));
        Message signedAnew = exchange(get("/", cookie));
        assertThat(signedAnew.text()).isEqualTo("one");
        assertThat(signedAnew.has("Set-Cookie")).as("keys rotate").isTrue();
    }

    @Test void aCookieOfTheApplicationIsLearned() {
        startFile(file("'sticky': { 'learn': 'SID' }", ""));
        two.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nSet-Cookie: SID=s7; Path=/\r\n"
                + "Content-Length: 3\r\n\r\ntwo"));
        RawClient client = client();
        while (!client.send(get("/")).readResponse().text().equals("two")) assertThat(one.heads()).isLessThan(10);
        for (int i = 0; i < 6; i++) {
            assertThat(client.send(get("/", "Cookie: SID=s7")).readResponse().text()).isEqualTo("two");
        }
    }

    @Test void aValueThatNobodyKnowsHasItsPlaceAnyway() {
        startFile(file("'sticky': { 'learn': 'SID' }", ""));
        for (String value : new String[] {"a", "b", "c", "d"}) {
            String first = exchange(get("/", "Cookie: SID=" + value)).text();
            for (int i = 0; i < 3; i++) {
                assertThat(exchange(get("/", "Cookie: SID=" + value)).text()).isEqualTo(first);
            }
        }
    }
}
