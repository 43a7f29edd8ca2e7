package lb;

import static org.assertj.core.api.Assertions.assertThat;

import lb.config.RetryConfig;
import lb.testkit.Configs;
import lb.testkit.Field;
import lb.testkit.Flood;
import lb.testkit.Message;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend.Script;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reused connection that dies under a request, before an answer byte: once more on a fresh one, or never. */
class RetryTest extends ProxyTest {
    private Script second = peer -> peer.reset();

    @BeforeEach void everyConnectionDiesOfItsSecondRequest() {
        backend.onRequest(peer -> {
            if (peer.requestOfConnection() == 1) peer.ok("connection " + peer.connection());
            else second.run(peer);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "DELETE"})
    void anIdempotentRequestIsSentAgain(String method) {
        RawClient client = usedOnce();
        Message response = client.send(request(method, "/again")).readResponse(method);
        assertThat(response.status()).isEqualTo(200);
        assertThat(backend.connections()).isEqualTo(2);
        assertThat(backend.requests()).extracting(Message::target).containsExactly("/", "/again", "/again");
    }

    @Test void anIdempotentRequestIsSentAgainWithItsBody() {
        usedOnce().send("PUT /again HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody").readResponse();
        assertThat(backend.requests()).extracting(Message::text).containsExactly("", "body", "body");
    }

    @ParameterizedTest
    @ValueSource(ints = {20_000, 2_000_000})
    void aLargeBodyIsSentAgainWholeOrNotAtAll(int length) {
        byte[] body = Flood.bytes(0, length);
        RawClient client = usedOnce();
        client.send("PUT /again HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n").send(body);
        boolean sentAgain = client.readResponse().status() == 200;
        assertThat(backend.heads()).isEqualTo(sentAgain ? 3 : 2);
        assertThat(backend.requests().subList(1, backend.heads()))
                .allSatisfy(seen -> assertThat(seen.body()).isEqualTo(body));
    }

    @Test void anIdempotentChunkedBodyIsSentAgainWithItsTrailers() {
        String request = "PUT /again HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n";
        assertThat(usedOnce().send(request).readResponse().status()).isIn(200, 502);
        assertThat(backend.requests()).filteredOn(seen -> seen.target().equals("/again")).allSatisfy(seen -> {
            assertThat(seen.text()).isEqualTo("abc");
            assertThat(seen.trailers()).containsExactly(new Field("X-T", "1"));
        });
    }

    @Test void aCloseIsAsGoodAsAReset() {
        second = peer -> peer.close();
        assertThat(usedOnce().send(get("/again")).readResponse().text()).isEqualTo("connection 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void aRequestThatIsNotIdempotentIsNeverSentTwice(String method) {
        RawClient client = usedOnce();
        String request = request(method, "/once", "Content-Length: 4") + "body";
        Message response = client.send(request).readResponse();
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.text()).contains("backend.reset_before_head");
        assertThat(backend.requests()).extracting(Message::target).containsExactly("/", "/once");
    }

    @Test void noRequestIsSentAgainWhenTheAnswerHadBegun() {
        second = peer -> peer.reply("HTTP/1.1 200").close();
        assertThat(usedOnce().send(get("/once")).readResponse().status()).isEqualTo(502);
        assertThat(backend.heads()).isEqualTo(2);
    }

    @Test void noRequestIsSentAgainAfterAnInterimResponse() {
        second = peer -> peer.reply("HTTP/1.1 103 Early Hints\r\n\r\n").close();
        RawClient client = usedOnce().send(get("/once"));
        assertThat(client.readResponse().status()).isEqualTo(103);
        assertThat(client.readResponse().status()).isEqualTo(502);
        assertThat(backend.heads()).isEqualTo(2);
    }

    @Test void aKeptConnectionAtItsEndIsReplacedAlsoWhereRetriesAreOff() {
        start(Configs.of(backend.port()).retry(RetryConfig.NEVER));
        assertThat(usedOnce().send(get("/once")).readResponse().status()).isEqualTo(200);
        assertThat(backend.heads()).isEqualTo(3);
    }

    @Test void nothingElseIsSentAgainWhereRetriesAreOff() {
        start(Configs.of(backend.port()).retry(RetryConfig.NEVER));
        backend.onRequest(peer -> peer.close());
        assertThat(client().send(get("/once")).readResponse().status()).isEqualTo(502);
        assertThat(backend.heads()).isEqualTo(1);
    }

    @Test void theAttemptsAreBounded() {
        backend.onRequest(peer -> peer.reset());
        start(Configs.of(backend.port()).retry(new RetryConfig(3, true, true)));
        assertThat(exchange(get("/")).status()).isEqualTo(502);
        assertThat(backend.heads()).isBetween(1, 3);
    }

    private RawClient usedOnce() {
        RawClient client = client();
        assertThat(client.send(get("/")).readResponse().status()).isEqualTo(200);
        return client;
    }
}
