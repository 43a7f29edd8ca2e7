package lb;

import static org.assertj.core.api.Assertions.assertThat;

import lb.testkit.Message;
import lb.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** Clients that speak HTTP/1.0: no chunks, no 1xx, closed by default. */
class OldClientTest extends ProxyTest {
    @Test void isClosedAfterItsAnswer() {
        RawClient client = client().send("GET /a HTTP/1.0\r\nHost: a\r\n\r\n");
        assertThat(client.readResponse().text()).isEqualTo("ok");
        client.expectClosed();
        assertThat(backend.request().startLine()).isEqualTo("GET /a HTTP/1.1");
    }

    @Test void isKeptWhenItAsks() {
        RawClient client = client();
        for (int i = 0; i < 2; i++) {
            client.send("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.readResponse().value("Connection")).isEqualToIgnoringCase("keep-alive");
        }
    }

    @Test void getsNoChunks() {
        backend.onRequest(peer -> peer.reply(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n"));
        Message response = exchange("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
        assertThat(response.has("Transfer-Encoding")).isFalse();
        assertThat(response.text()).isEqualTo("abc");
        assertThat(response.whole()).isTrue();
    }

    @Test void getsNoInterimResponses() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n").ok("last"));
        assertThat(exchange("GET / HTTP/1.0\r\nHost: a\r\n\r\n").text()).isEqualTo("last");
    }

    @Test void mayLeaveOutTheHostButTheBackendGetsOne() {
        assertThat(exchange("GET / HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
        assertThat(backend.request().values("Host")).hasSize(1);
    }

    @Test void seesByAResetThatItsAnswerWasCut() {
        backend.onRequest(peer -> peer.reply(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n").close());
        RawClient client = client().send("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
        assertThat(client.readEnding()).isEqualTo(Message.Ending.RESET);
    }
}
