package lb;

import static org.assertj.core.api.Assertions.assertThat;

import lb.config.Config;
import lb.config.Limits;
import lb.testkit.Configs;
import lb.testkit.Message;
import lb.testkit.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client can make grow has an end, and the end has a name. */
class LimitsTest extends ProxyTest {
    private static final int HEAD = 2048;
    private static final int LINES = 20;
    private static final int TARGET = 512;
    private static final int BODY = 1000;
    private static final int CLIENTS = 4;

    @BeforeEach void startWithLowLimits() {
        start(Configs.of(backend.port()).limits(defaults -> new Limits(HEAD, LINES, TARGET, BODY, 0, CLIENTS, 0)));
    }

    @Test void aTargetMayBeAsLongAsItsLimit() {
        assertThat(exchange(get("/" + "a".repeat(TARGET - 1))).status()).isEqualTo(200);
    }

    @Test void aLongerTargetIsA414() {
        assertRefused(get("/" + "a".repeat(TARGET)), 414, "request.target_too_long");
    }

    @Test void aTargetWithoutEndIsA414() {
        assertRefused("GET /" + "a".repeat(4 * HEAD), 414, "request.target_too_long");
    }

    @Test void aHeadMayBeAsLargeAsItsLimit() {
        int rest = get("/", "X: ").length();
        assertThat(exchange(get("/", "X: " + "x".repeat(HEAD - rest))).status()).isEqualTo(200);
    }

    @Test void aLargerHeadIsA431() {
        int rest = get("/", "X: ").length();
        assertRefused(get("/", "X: " + "x".repeat(HEAD - rest + 1)), 431, "request.head_too_large");
    }

    @Test void aHeadWithoutEndIsA431() {
        assertRefused("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(4 * HEAD), 431, "request.head_too_large");
    }

    @Test void aHeadMayHaveAsManyFieldsAsItsLimit() {
        assertThat(exchange(get("/", lines(LINES - 1))).status()).isEqualTo(200);
    }

    @Test void oneFieldMoreIsA431() {
        assertRefused(get("/", lines(LINES)), 431, "request.too_many_fields");
    }

    @Test void aBodyMayBeAsLargeAsItsLimit() {
        assertThat(exchange(post("x".repeat(BODY))).status()).isEqualTo(200);
    }

    @Test void aLargerBodyIsA413BeforeTheBackendSeesIt() {
        Message response = exchange(post("x".repeat(BODY + 1)));
        assertThat(response.status()).isEqualTo(413);
        assertThat(response.text()).contains("request.body_too_large");
        assertThat(backend.heads()).isZero();
    }

    @Test void aClientThatAsksFirstIsToldBeforeItSends() {
        RawClient client = client().send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: "
                + (BODY + 1) + "\r\n\r\n");
        assertThat(client.readResponse().status()).isEqualTo(413);
        assertThat(backend.heads()).isZero();
    }

    @Test void aLargerBodyInChunksIsA413AndNeverWhole() {
        String chunk = "1f4\r\n" + "x".repeat(500) + "\r\n";
        RawClient client = client().send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.trySend(chunk.repeat(3) + "0\r\n\r\n");
        Message response = client.readResponse();
        assertThat(response.status()).isEqualTo(413);
        assertThat(response.text()).contains("request.body_too_large");
        assertThat(backend.requests()).noneMatch(Message::whole);
    }

    @Test void trailersCountAsAHead() {
        RawClient client = client().send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
        client.trySend("X-T: 1\r\n".repeat(LINES * 20) + "\r\n");
        assertThat(client.readResponse().status()).isIn(400, 431);
        assertThat(backend.requests()).noneMatch(Message::whole);
    }

    @Test void oneClientTooManyIsTurnedAway() {
        RawClient[] clients = new RawClient[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            clients[i] = client().send(get("/"));
            assertThat(clients[i].readResponse().status()).isEqualTo(200);
        }
        client().expectClosed();
        Awaitility.await().untilAsserted(() ->
                assertThat(daemon().status().status().exchanges().byCause()).containsEntry("client.too_many", 1L));

        clients[0].close();
        Awaitility.await().until(() -> {
            try (RawClient next = RawClient.connect(daemon().port(Config.DEFAULT))) {
                return next.trySend(get("/", "Connection: close")).readAll().startsWith("HTTP/1.1 200 ");
            }
        });
    }

    @Test void oneConnectionTooManyOfOneAddressIsClosedAtOnceAndCounted() {
        reload(Configs.of(backend.port()).limits(defaults -> new Limits(HEAD, LINES, TARGET, BODY, 0, CLIENTS, 2)));
        RawClient first = client();
        assertThat(first.send(get("/")).readResponse().status()).isEqualTo(200);
        assertThat(client().send(get("/")).readResponse().status()).isEqualTo(200);
        client().expectClosed();
        Awaitility.await().untilAsserted(() ->
                assertThat(daemon().status().status().exchanges().byCause())
                        .containsEntry("client.too_many_per_address", 1L));
        assertThat(first.send(get("/")).readResponse().status()).isEqualTo(200);

        reload(Configs.of(backend.port()).trust("127.0.0.0", 8)
                .limits(defaults -> new Limits(HEAD, LINES, TARGET, BODY, 0, CLIENTS, 2)));
        assertThat(client().send(get("/")).readResponse().status()).isEqualTo(200);
    }

    private void assertRefused(String request, int status, String cause) {
        RawClient client = client().trySend(request);
        Message response = client.readResponse();
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.text()).contains(cause);
        client.expectClosed();
        assertThat(backend.heads()).isZero();
    }

    private static String[] lines(int count) {
        String[] lines = new String[count];
        for (int i = 0; i < count; i++) lines[i] = "X-" + i + ": v";
        return lines;
    }
}
