package lb;

import static org.assertj.core.api.Assertions.assertThat;

import lb.testkit.Flood;
import lb.testkit.Message;
import lb.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** A backend that answers before it has read the request. */
class EarlyResponseTest extends ProxyTest {
    private static final String TOO_LARGE = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig";

    @Test void theAnswerReachesAClientThatIsStillSending() {
        backend.onHead(peer -> {
            peer.reply(TOO_LARGE);
            peer.neverAnswer();
        });
        RawClient client = client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nstart");
        Message response = client.readResponse();
        assertThat(response.status()).isEqualTo(413);
        assertThat(response.text()).isEqualTo("big");
    }

    @Test void theAnswerOfABackendThatClosesAtOnceReachesAFloodingClient() {
        backend.onHead(peer -> peer.reply(TOO_LARGE).close());
        RawClient client = client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8388608\r\n\r\n");
        new Flood(8 << 20).start(client.out());
        assertThat(client.readResponse().status()).isEqualTo(413);
    }

    @Test void theRestOfTheBodyIsNeverARequest() {
        backend.onHead(peer -> {
            if (peer.request().method().equals("POST")) peer.reply(TOO_LARGE).neverAnswer();
            else peer.ok("ok");
        });
        String smuggled = get("/smuggled");
        RawClient client = client();
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + (5 + smuggled.length()) + "\r\n\r\nstart");
        assertThat(client.readResponse().status()).isEqualTo(413);
        client.trySend(smuggled + get("/next"));

        assertThat(exchange(get("/other")).text()).isEqualTo("ok");
        assertThat(backend.requests()).extracting(Message::target).doesNotContain("/smuggled");
    }

    @Test void theConnectionToTheBackendIsNotUsedAgain() {
        backend.onHead(peer -> {
            if (peer.request().method().equals("POST")) peer.reply(TOO_LARGE).neverAnswer();
            else peer.ok("connection " + peer.connection());
        });
        RawClient client = client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
        assertThat(client.readResponse().status()).isEqualTo(413);
        assertThat(exchange(get("/")).text()).isEqualTo("connection 2");
        client.trySend("defghi");
        assertThat(exchange(get("/")).text()).isEqualTo("connection 2");
    }

    @Test void aClientThatEndsItsShortBodyAfterAllMayGoOn() {
        backend.onHead(peer -> {
            if (peer.request().method().equals("POST")) peer.reply(TOO_LARGE).neverAnswer();
            else peer.ok("next");
        });
        RawClient client = client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
        Message response = client.readResponse();
        assertThat(response.status()).isEqualTo(413);
        if ("close".equals(response.value("Connection"))) client.expectClosed();
        else assertThat(client.send("defghi" + get("/")).readResponse().text()).isEqualTo("next");
    }
}
