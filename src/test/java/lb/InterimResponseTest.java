package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import lb.testkit.Configs;
import lb.testkit.Message;
import lb.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** 1xx answers, and the expectation that asks for one. */
class InterimResponseTest extends ProxyTest {
    private static final String EXPECTING =
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n";

    @Test void passesEarlyHintsOnBeforeTheAnswerIsThere() {
        CountDownLatch hintsArrived = new CountDownLatch(1);
        backend.onRequest(peer -> peer.reply("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")
                .reply("HTTP/1.1 103 Early Hints\r\nLink: </b.css>\r\n\r\n")
                .await(hintsArrived).ok("page"));
        RawClient client = client().send(get("/"));
        assertThat(client.readResponse().value("Link")).isEqualTo("</a.css>");
        assertThat(client.readResponse().value("Link")).isEqualTo("</b.css>");
        hintsArrived.countDown();
        assertThat(client.readResponse().text()).isEqualTo("page");
        assertThat(client.send(get("/")).readResponse().status()).isEqualTo(103);
    }

    @Test void theBackendDecidesWhetherToContinue() {
        CountDownLatch go = new CountDownLatch(1);
        backend.onHead(peer -> peer.await(go).reply("HTTP/1.1 100 Continue\r\n\r\n").ok(peer.readBody().text()));
        RawClient client = client().send(EXPECTING);
        backend.awaitHeads(1);
        client.expectNothing(Duration.ofMillis(100));
        go.countDown();
        Message interim = client.readResponse();
        assertThat(interim.status()).isEqualTo(100);
        assertThat(client.send("body").readResponse().text()).isEqualTo("body");
        assertThat(backend.request().value("Expect")).isEqualToIgnoringCase("100-continue");
    }

    @Test void aRefusalComesInsteadOfTheInterimResponse() {
        backend.onHead(peer -> {
            peer.reply("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
            peer.neverAnswer();
        });
        RawClient client = client().send(EXPECTING);
        assertThat(client.readResponse().status()).isEqualTo(403);
    }

    @Test void aClientThatDoesNotWaitLosesNothing() {
        backend.onHead(peer -> peer.reply("HTTP/1.1 100 Continue\r\n\r\n").ok(peer.readBody().text()));
        RawClient client = client().send(EXPECTING + "body");
        assertThat(client.readResponse().status()).isEqualTo(100);
        assertThat(client.readResponse().text()).isEqualTo("body");
    }

    // RFC 9110 §10.1.1: the backend may refuse it, and nobody else knows better.
    @Test void anExpectationNobodyKnowsIsTheBackendsToJudge() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n"));
        assertThat(exchange(post("x", "Expect: a-pony")).status()).isEqualTo(417);
        assertThat(backend.request().value("Expect")).isEqualTo("a-pony");
    }

    @Test void theTimeToAnswerIsNotProlongedByHints() {
        start(Configs.of(backend.port()).response(Duration.ofMillis(300)));
        backend.onRequest(peer -> {
            while (true) peer.reply("HTTP/1.1 103 Early Hints\r\n\r\n");
        });
        RawClient client = client().send(get("/"));
        Message response = client.readResponse();
        while (response.status() == 103) response = client.readResponse();
        assertThat(response.status()).isEqualTo(504);
        assertThat(response.text()).contains("response.timeout");
    }
}
