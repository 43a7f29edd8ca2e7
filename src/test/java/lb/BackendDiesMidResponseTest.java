package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import lb.testkit.Message;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend that goes away, or talks nonsense, before its answer is whole: what is truncated must look truncated. */
class BackendDiesMidResponseTest extends ProxyTest {
    private final CountDownLatch partArrived = new CountDownLatch(1);

    @ParameterizedTest
    @CsvSource({"Content-Length: 100, FIN", "Content-Length: 100, RST",
            "Transfer-Encoding: chunked, FIN", "Transfer-Encoding: chunked, RST"})
    void aTruncatedAnswerLooksTruncated(String framing, String end) {
        backend.onRequest(peer -> {
            peer.reply("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n5\r\nabcde\r\n").await(partArrived);
            if (end.equals("FIN")) peer.close();
            else peer.reset();
        });
        RawClient client = client().send(get("/"));
        assertThat(client.readResponseHead().status()).isEqualTo(200);
        partArrived.countDown();
        assertThat(client.readRest("GET").whole()).isFalse();
    }

    @Test void aBodyWithoutFramingThatIsResetLooksTruncated() {
        backend.onRequest(peer -> {
            peer.reply("HTTP/1.1 200 OK\r\n\r\nabc").await(partArrived);
            peer.reset();
        });
        RawClient client = client().send(get("/"));
        client.readResponseHead();
        partArrived.countDown();
        assertThat(client.readRest("GET").whole()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "5\r\nabcdefgh\r\n", "-1\r\n", "5\nabcde\n", "ffffffffffffffffff\r\n", "\r\n"})
    void aBadChunkCutsTheAnswer(String chunk) {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
                .await(partArrived).reply(chunk).neverAnswer());
        RawClient client = client().send(get("/"));
        assertThat(client.readResponseHead().status()).isEqualTo(200);
        partArrived.countDown();
        assertThat(client.readRest("GET").whole()).isFalse();
    }

    @Test void closingBeforeTheHeadIsA502() {
        backend.onRequest(peer -> peer.close());
        assertFailed(post("x"), "backend.closed_before_head");
    }

    @Test void resettingBeforeTheHeadIsA502() {
        backend.onRequest(peer -> peer.reset());
        assertFailed(post("x"), "backend.reset_before_head");
    }

    @Test void halfAHeadIsA502() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Le").close());
        assertThat(exchange(get("/")).status()).isEqualTo(502);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
            "HTTP/2 200\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\na",
            "HTTP/1.1 200 OK\r\nX : b\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"})
    void aMalformedHeadIsA502(String head) {
        backend.onRequest(peer -> peer.reply(head).neverAnswer());
        assertFailed(get("/"), "backend.bad_response");
    }

    @Test void aHeadTooLargeIsA502() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nX: " + "x".repeat(200_000) + "\r\n\r\n"));
        assertFailed(get("/"), "backend.head_too_large");
    }

    @Test void theNextExchangeIsServed() {
        Script dies = peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc").close();
        backend.onNextRequest(dies);
        RawClient client = client().send(get("/"));
        client.expectTruncated();
        assertThat(exchange(get("/")).text()).isEqualTo("ok");
        assertThat(backend.connections()).isEqualTo(2);
    }

    private void assertFailed(String request, String cause) {
        Message response = exchange(request);
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.text()).contains(cause);
    }
}
