package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import lb.testkit.Configs;
import lb.testkit.Conversation;
import lb.testkit.Flood;
import lb.testkit.LogFile;
import lb.testkit.Message;
import lb.testkit.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that goes away: the attempt ends at once, and it is not the backend's fault. */
class ClientLeavesTest extends ProxyTest {
    @TempDir Path dir;

    @BeforeEach void startWithAnAccessLog() {
        start(Configs.of(backend.port()).accessLog(accessLog().path()));
    }

    @Test void whileTheBackendThinks() {
        backend.onNextRequest(Conversation::neverAnswer);
        RawClient client = client().send(get("/"));
        backend.awaitHeads(1);
        client.reset();
        awaitBackendLeftAlone();
        assertThat(exchange(get("/")).status()).isEqualTo(200);
    }

    // RFC 9112 §9.6: a client may end its direction and still wait.
    @Test void notWhenOnlyItsDirectionEnded() {
        CountDownLatch answer = new CountDownLatch(1);
        backend.onNextRequest(peer -> peer.await(answer).ok("late"));
        RawClient client = client().send(get("/")).halfClose();
        backend.awaitHeads(1);
        client.expectNothing(Duration.ofMillis(100));
        answer.countDown();
        assertThat(client.readResponse().text()).isEqualTo("late");
        client.expectClosed();
    }

    @Test void inTheMiddleOfADownload() {
        Flood flood = new Flood(64 << 20);
        backend.onNextRequest(peer -> flood.into(
                peer.reply("HTTP/1.1 200 OK\r\nContent-Length: " + flood.length() + "\r\n\r\n").out()));
        RawClient client = client().send(get("/"));
        client.readResponseHead();
        client.read(100_000);
        client.reset();
        awaitBackendLeftAlone();
        assertThat(flood.allSent()).isFalse();
        assertThat(exchange(get("/")).status()).isEqualTo(200);
    }

    @Test void whileItsDownloadIsHeldBack() {
        Flood flood = new Flood(64 << 20);
        backend.onNextRequest(peer -> flood.into(
                peer.reply("HTTP/1.1 200 OK\r\nContent-Length: " + flood.length() + "\r\n\r\n").out()));
        RawClient client = slowClient().send(get("/"));
        client.readResponseHead();
        flood.awaitStalled();
        client.reset();
        awaitBackendLeftAlone();
        assertThat(flood.allSent()).isFalse();
    }

    @Test void inTheMiddleOfAnUpload() {
        RawClient client = client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
        backend.awaitHeads(1);
        client.reset();
        awaitBackendLeftAlone();
        assertThat(backend.request().ending()).isNotEqualTo(Message.Ending.WHOLE);
    }

    @Test void inTheMiddleOfAChunkedUpload() {
        RawClient client = client().send(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        backend.awaitHeads(1);
        client.close();
        awaitBackendLeftAlone("request.truncated");
        assertThat(backend.request().ending()).isNotEqualTo(Message.Ending.WHOLE);
    }

    // RFC 9112 §8: whoever only ended its direction may be told what is missing.
    @ParameterizedTest
    @ValueSource(strings = {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc", "GET / HTTP/1.1\r\nHos"})
    void aRequestThatEndsBeforeItIsWholeIsA400(String part) {
        RawClient client = client().send(part).halfClose();
        Message response = client.readResponse();
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("cause: request.truncated");
        client.expectClosed();
        assertThat(backend.requests()).noneMatch(Message::whole);
    }

    @Test void inTheMiddleOfAHead() {
        RawClient client = client().send("GET / HTTP/1.1\r\nHos");
        client.close();
        assertThat(exchange(get("/")).status()).isEqualTo(200);
        assertThat(backend.heads()).isEqualTo(1);
    }

    @Test void rightBehindItsFirstBytes() {
        String part = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc";
        for (int i = 0; i < 50; i++) client().send(part).reset();
        Awaitility.await().untilAsserted(() -> {
            assertThat(daemon().status().status().clients().connected()).isZero();
            assertThat(daemon().status().status().exchanges().active()).isZero();
        });
        backend.awaitOpenConnections(0);
    }

    private LogFile accessLog() {
        return new LogFile(dir.resolve("access.log"));
    }

    /** The attempt was aborted, and nobody but the client is to blame. */
    private void awaitBackendLeftAlone() {
        awaitBackendLeftAlone("client.left");
    }

    private void awaitBackendLeftAlone(String cause) {
        backend.awaitOpenConnections(0);
        accessLog().await(cause);
        assertThat(accessLog().lines()).noneMatch(line -> line.contains("backend.") || line.contains("connect."));
    }
}
