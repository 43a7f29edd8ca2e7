package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import lb.config.ConnectionsConfig;
import lb.testkit.Configs;
import lb.testkit.Conversation;
import lb.testkit.Message;
import lb.testkit.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that carry more than one exchange, on both sides. */
class KeepAliveTest extends ProxyTest {
    @Test void bothConnectionsAreUsedAgain() {
        RawClient client = client();
        for (int i = 0; i < 5; i++) assertThat(client.send(post("body" + i)).readResponse().text()).isEqualTo("ok");
        assertThat(backend.requests()).hasSize(5);
        assertThat(backend.connections()).isEqualTo(1);
    }

    @Test void clientsShareTheConnectionsToABackend() {
        for (int i = 0; i < 5; i++) assertThat(exchange(get("/")).status()).isEqualTo(200);
        assertThat(backend.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50, 10_000})
    void answersPipelinedRequestsInTheirOrder(int fragment) {
        backend.onRequest(peer -> peer.ok(peer.request().target() + peer.request().text()));
        String chunked = "PUT /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nxy\r\n0\r\n\r\n";
        RawClient client = client().sendInFragments(get("/a") + post("!") + chunked + get("/d"), fragment);
        assertThat(client.readResponse().text()).isEqualTo("/a");
        assertThat(client.readResponse().text()).isEqualTo("/!");
        assertThat(client.readResponse().text()).isEqualTo("/cxy");
        assertThat(client.readResponse().text()).isEqualTo("/d");
    }

    @Test void manyPipelinedRequestsAreAllAnswered() {
        backend.onRequest(peer -> peer.ok(peer.request().target()));
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 500; i++) requests.append(get("/" + i));
        RawClient client = client().send(requests.toString());
        for (int i = 0; i < 500; i++) assertThat(client.readResponse().text()).isEqualTo("/" + i);
    }

    // RFC 9112 §9.6: a client may end its direction and still wait for all that it asked for.
    @Test void pipelinedRequestsAreAllAnsweredAlsoWhenTheClientEndedItsDirection() {
        CountDownLatch answer = new CountDownLatch(1);
        backend.onNextRequest(peer -> peer.await(answer).ok("/1"));
        backend.onRequest(peer -> peer.ok(peer.request().target()));
        RawClient client = client().send(get("/1") + get("/2") + get("/3")).halfClose();
        client.expectNothing(Duration.ofMillis(100));
        answer.countDown();
        for (int i = 1; i <= 3; i++) assertThat(client.readResponse().text()).isEqualTo("/" + i);
        client.expectClosed();
    }

    @Test void whatIsAnsweredWithoutABackendIsAnsweredToAClientThatEndedItsDirection() {
        startFile("'backends': ['http://" + backend.id() + "'], 'routes': [{ 'respond': 200 }]");
        RawClient client = client().send(get("/").repeat(3)).halfClose();
        for (int i = 0; i < 3; i++) assertThat(client.readResponse().status()).isEqualTo(200);
        client.expectClosed();
    }

    @Test void aClientThatSaysCloseIsClosedButTheBackendIsNot() {
        RawClient client = client().send(get("/", "Connection: close"));
        assertThat(client.readResponse().value("Connection")).isEqualToIgnoringCase("close");
        client.expectClosed();
        assertThat(exchange(get("/")).status()).isEqualTo(200);
        assertThat(backend.connections()).isEqualTo(1);
    }

    @Test void whatFollowsACloseIsNotARequest() {
        RawClient client = client().send(get("/1", "Connection: close") + get("/2"));
        assertThat(client.readResponse().status()).isEqualTo(200);
        client.expectClosed();
        assertThat(backend.request().target()).isEqualTo("/1");
    }

    @Test void aBackendThatSaysCloseIsClosedButTheClientIsNot() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"));
        RawClient client = client();
        for (int i = 1; i <= 3; i++) {
            Message response = client.send(get("/")).readResponse();
            assertThat(response.text()).isEqualTo("ok");
            assertThat(response.has("Connection")).isFalse();
            assertThat(backend.connections()).isEqualTo(i);
        }
        backend.awaitOpenConnections(0);
    }

    @Test void anOldBackendIsClosedUnlessItSaysKeepAlive() {
        backend.onRequest(peer -> peer.reply("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        RawClient client = client();
        assertThat(client.send(get("/")).readResponse().startLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(client.send(get("/")).readResponse().text()).isEqualTo("ok");
        assertThat(backend.connections()).isEqualTo(2);
    }

    @Test void aConnectionThatTheBackendClosedIsNotUsedAgain() {
        backend.onNextRequest(peer -> peer.ok("ok").close());
        RawClient client = client();
        client.send(get("/")).readResponse();
        backend.awaitOpenConnections(0);
        assertThat(client.send(post("x")).readResponse().status()).isEqualTo(200);
        assertThat(backend.connections()).isEqualTo(2);
    }

    @Test void whatDiedUnderAGetIsALessonForThePostAfterIt() {
        backend.onNextRequest(peer -> peer.ok("ok"));
        backend.onNextRequest(Conversation::reset);
        RawClient client = client();
        client.send(get("/")).readResponse();
        assertThat(client.send(get("/")).readResponse().status()).as("over a fresh connection").isEqualTo(200);
        assertThat(client.send(post("once")).readResponse().status()).isEqualTo(200);
        assertThat(backend.connections()).as("the kept one may be as dead, however new it is").isEqualTo(3);
        assertThat(client.send(get("/")).readResponse().status()).isEqualTo(200);
        assertThat(backend.connections()).as("a GET may take it").isEqualTo(3);
    }

    @Test void anAnswerNobodyAskedForReachesNobody() {
        backend.onNextRequest(peer -> peer.ok("ok").reply("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"));
        RawClient client = client();
        assertThat(client.send(get("/")).readResponse().text()).isEqualTo("ok");
        backend.awaitOpenConnections(0);
        assertThat(client.send(get("/")).readResponse().text()).isEqualTo("ok");
        assertThat(backend.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"HEAD, 200 OK", "GET, 204 No Content", "GET, 304 Not Modified"})
    void aBodyWhereNoneMayBeSpoilsItsConnection(String method, String status) {
        backend.onNextRequest(peer -> peer.reply("HTTP/1.1 " + status
                + "\r\nContent-Length: 43\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"));
        RawClient client = client();
        assertThat(client.send(request(method, "/")).readResponse(method).body()).isEmpty();
        backend.awaitOpenConnections(0);
        assertThat(client.send(get("/")).readResponse().text()).isEqualTo("ok");
        assertThat(backend.connections()).isEqualTo(2);
    }

    @Test void anUnusedConnectionIsClosedAfterItsTime() {
        start(Configs.of(backend.port()).connections(new ConnectionsConfig(0, Duration.ofMillis(200), 32)));
        exchange(get("/"));
        backend.awaitOpenConnections(0);
    }

    @Test void noMoreUnusedConnectionsThanAllowedAreKept() {
        start(Configs.of(backend.port()).connections(new ConnectionsConfig(0, Duration.ofSeconds(30), 2)));
        CountDownLatch answer = new CountDownLatch(1);
        backend.onRequest(peer -> peer.await(answer).ok("ok"));
        List<RawClient> clients = Stream.generate(() -> client().send(get("/"))).limit(5).toList();
        backend.awaitHeads(5);
        answer.countDown();
        clients.forEach(RawClient::readResponse);
        backend.awaitOpenConnections(2);
    }

    @Test void noMoreConnectionsThanAllowedAreOpen() {
        start(Configs.of(backend.port()).connections(new ConnectionsConfig(1, Duration.ofSeconds(30), 32)));
        backend.onNextRequest(Conversation::neverAnswer);
        client().send(get("/held"));
        backend.awaitHeads(1);
        Message response = exchange(get("/"));
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.text()).contains("pool.saturated");
        assertThat(backend.connections()).isEqualTo(1);
    }
}
