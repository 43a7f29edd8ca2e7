package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import lb.config.AccessLogConfig;
import lb.config.AccessLogConfig.Format;
import lb.config.BackendConfig.State;
import lb.config.Config;
import lb.config.Limits;
import lb.testkit.Configs;
import lb.testkit.Conversation;
import lb.testkit.Flood;
import lb.testkit.Message;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A new config takes over while clients are connected and exchanges run. */
class ReloadTest extends ProxyTest {
    private static final String ASK = get("/chat", "Connection: Upgrade", "Upgrade: echo");
    private static final String SWITCH =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";

    private final ScriptedBackend other = backend();

    @Test void anAddedBackendGetsItsShare() {
        RawClient client = client();
        send(client, 4);
        reload(Configs.of(backend.port(), other.port()));
        send(client, 10);
        assertThat(backend.heads()).isEqualTo(9);
        assertThat(other.heads()).isEqualTo(5);
    }

    @Test void aRemovedBackendGetsNothingMore() {
        start(Configs.of(backend.port(), other.port()));
        RawClient client = client();
        send(client, 4);
        reload(Configs.of(other.port()));
        int before = backend.heads();
        send(client, 10);
        assertThat(backend.heads()).isEqualTo(before);
        backend.awaitOpenConnections(0);
    }

    @Test void weightsAreFollowed() {
        start(Configs.of(backend.port(), other.port()));
        reload(Configs.of().backend(backend.port(), 3).backend(other.port(), 1));
        send(client(), 40);
        assertThat(backend.heads()).isEqualTo(30);
        assertThat(other.heads()).isEqualTo(10);
        reload(Configs.of().backend(backend.port(), 0).backend(other.port(), 1));
        send(client(), 10);
        assertThat(backend.heads()).isEqualTo(30);
    }

    @Test void aDownloadAndATunnelOutliveTheRemovalOfTheirBackend() {
        runningThrough(Configs.of(other.port()));
    }

    @Test void aDownloadAndATunnelOutliveTheDrainingOfTheirBackend() {
        runningThrough(Configs.of(other.port()).backend(backend.port(), 1, State.DRAIN));
    }

    @Test void aRemovedBackendsTunnelEndsWithTheTimeToDrain() {
        backend.onRequest(peer -> peer.reply(SWITCH).readToEnd());
        RawClient client = client().send(ASK);
        client.readResponse();
        reload(Configs.of(other.port()).drain(Duration.ofMillis(300)));
        client.readEnding();
        backend.awaitOpenConnections(0);
    }

    @Test void aListenerMovesBetweenAddressesThatOverlap() {
        String backends = "'backends': ['http://" + backend.id() + "']";
        int port = startFile(backends).port(Config.DEFAULT);
        RawClient kept = client();
        send(kept, 1);
        for (String host : new String[] {"0.0.0.0", "127.0.0.1", "0.0.0.0"}) {
            reloadFile("'listen': '" + host + ":" + port + "', " + backends);
            assertThat(daemon().port(Config.DEFAULT)).isEqualTo(port);
            // the kernel may have given the first one to the socket that is being closed
            Awaitility.await().untilAsserted(() -> assertThat(exchange(get("/")).status()).isEqualTo(200));
            for (int i = 0; i < 20; i++) assertThat(exchange(get("/")).status()).isEqualTo(200);
        }
    }

    @Test void aFaultOfOurOwnInAReloadLeavesNoSocketBehind() throws Exception {
        start(Configs.of(backend.port()));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        // no reader of files lets it through: opening it throws what no caller expects
        AccessLogConfig unnameable = new AccessLogConfig(Format.JSON, "\0", 1, Set.of());
        Config moved = Configs.of(backend.port()).port(port).build();
        Config faulty = new Config(moved.listeners(), moved.pools(), moved.timeouts(), moved.limits(),
                moved.trustedProxies(), moved.admin(), unnameable, moved.log(), moved.transport());
        assertThatThrownBy(() -> daemon().reload(faulty)).hasRootCauseInstanceOf(InvalidPathException.class);
        Awaitility.await().untilAsserted(() -> reload(moved));
        assertThat(daemon().port(Config.DEFAULT)).isEqualTo(port);
    }

    @Test void anEditThatDoesNotConcernABackendLeavesItsConnections() {
        RawClient client = client();
        send(client, 1);
        reload(Configs.of(backend.port(), other.port()).response(Duration.ofSeconds(7)));
        send(client, 10);
        assertThat(backend.connections()).isEqualTo(1);
    }

    @Test void theLimitsOfHeadsHoldForAnswersToo() {
        String large = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Large: " + "x".repeat(20_000) + "\r\n\r\n";
        backend.onRequest(peer -> peer.reply(large));
        assertThat(exchange(get("/")).status()).isEqualTo(502);
        backend.onRequest(peer -> peer.ok("small"));
        assertThat(exchange(get("/")).status()).isEqualTo(200);
        reload(Configs.of(backend.port()).limits(before -> new Limits(1 << 16, before.headerCount(), before.line(),
                before.body(), before.bodyRate(), before.connections(), before.connectionsPerClient())));
        backend.awaitOpenConnections(0);
        backend.onRequest(peer -> peer.reply(large));
        Awaitility.await().untilAsserted(() -> assertThat(exchange(get("/")).status()).isEqualTo(200));
    }

    @Test void anExchangeKeepsTheTimeoutsItBeganWith() {
        CountDownLatch answer = new CountDownLatch(1);
        backend.onRequest(peer -> peer.await(answer).ok("late"));
        RawClient client = client().send(get("/"));
        backend.awaitHeads(1);
        reload(Configs.of(backend.port()).response(Duration.ofMillis(50)));
        client.expectNothing(Duration.ofMillis(300));
        answer.countDown();
        assertThat(client.readResponse().text()).isEqualTo("late");
        backend.onRequest(Conversation::neverAnswer);
        assertThat(client.send(get("/")).readResponse().status()).isEqualTo(504);
    }

    @Test void noRequestIsLostUnderReloads() {
        RawClient client = client();
        Config[] configs = {Configs.of(other.port()).build(), Configs.of(backend.port(), other.port()).build(),
                Configs.of(backend.port()).build()};
        for (int i = 0; i < 60; i++) {
            client.send(post("x"));
            reload(configs[i % configs.length]);
            assertThat(client.readResponse().status()).isEqualTo(200);
        }
        assertThat(backend.heads() + other.heads()).isEqualTo(60);
    }

    private void runningThrough(Configs next) {
        int length = 16 << 20;
        backend.onRequest(peer -> {
            if (peer.request().has("Upgrade")) {
                peer.reply(SWITCH);
                while (true) peer.reply(peer.read(4));
            }
            peer.reply("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
            new Flood(length).into(peer.out());
        });
        RawClient tunnel = client().send(ASK);
        tunnel.readResponse();
        RawClient download = slowClient().send(get("/large"));
        download.readResponseHead();

        reload(next);
        int before = backend.heads();
        send(client(), 5);
        assertThat(backend.heads()).isEqualTo(before);
        assertThat(tunnel.send("echo").read(4)).isEqualTo(bytes("echo"));
        Message whole = download.readRest("GET");
        assertThat(whole.whole()).isTrue();
        assertThat(Arrays.equals(whole.body(), Flood.bytes(0, length))).isTrue();
        assertThat(tunnel.send("more").read(4)).isEqualTo(bytes("more"));
    }

    private static void send(RawClient client, int requests) {
        for (int i = 0; i < requests; i++) assertThat(client.send(get("/")).readResponse().status()).isEqualTo(200);
    }
}
