package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import lb.testkit.Configs;
import lb.testkit.Flood;
import lb.testkit.Message;
import lb.testkit.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tunnels: a 101 turns both connections into bytes both ways. */
class UpgradeTest extends ProxyTest {
    private static final String ASK =
            get("/chat", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: eA==");
    private static final String SWITCH =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

    @Test void carriesBytesBothWays() {
        backend.onRequest(peer -> {
            peer.reply(SWITCH);
            for (int i = 0; i < 3; i++) peer.reply(peer.read(4));
        });
        RawClient client = client().send(ASK);
        Message response = client.readResponse();
        assertThat(response.status()).isEqualTo(101);
        assertThat(response.value("Upgrade")).isEqualTo("websocket");
        assertThat(response.value("Connection")).isEqualToIgnoringCase("upgrade");
        for (String word : new String[] {"ping", "\0\r\n\u00ff", "GET "}) {
            assertThat(client.send(word).read(4)).isEqualTo(bytes(word));
        }
        Message seen = backend.request();
        assertThat(seen.value("Upgrade")).isEqualTo("websocket");
        assertThat(seen.value("Connection")).isEqualToIgnoringCase("upgrade");
        assertThat(seen.value("Sec-WebSocket-Key")).isEqualTo("eA==");
    }

    @Test void carriesTheEditsOfResponsesAndStillSwitches() {
        backend.onRequest(peer -> {
            peer.reply(SWITCH.replace("\r\n\r\n", "\r\nServer: x\r\n\r\n"));
            peer.reply(peer.read(4));
        });
        startFile("'routes': [{ 'headers': { 'response': { 'set': { 'X-Frame-Options': 'DENY' }, 'remove': ['Server'] }"
                + " } }], 'backends': ['http://" + backend.id() + "']");
        RawClient client = client().send(ASK);
        Message response = client.readResponse();
        assertThat(response.status()).isEqualTo(101);
        assertThat(response.value("X-Frame-Options")).isEqualTo("DENY");
        assertThat(response.has("Server")).isFalse();
        assertThat(response.value("Upgrade")).isEqualTo("websocket");
        assertThat(response.value("Connection")).isEqualToIgnoringCase("upgrade");
        assertThat(client.send("ping").read(4)).isEqualTo(bytes("ping"));
    }

    @Test void losesNoBytesThatCameWithTheHeads() {
        backend.onRequest(peer -> peer.reply(SWITCH + "early").reply(peer.read(5)));
        RawClient client = client().send(ASK + "hasty");
        assertThat(client.readResponse().status()).isEqualTo(101);
        assertThat(client.read(10)).isEqualTo(bytes("earlyhasty"));
    }

    @Test void carriesALotBothWaysAtOnce() {
        int length = 4 << 20;
        Flood down = new Flood(length);
        backend.onRequest(peer -> {
            down.start(peer.reply(SWITCH).out());
            boolean same = Arrays.equals(peer.read(length), Flood.bytes(0, length));
            Awaitility.await().until(down::allSent);
            peer.reply(same ? "same" : "else");
        });
        RawClient client = client().send(ASK);
        client.readResponse();
        new Flood(length).start(client.out());
        assertThat(Arrays.equals(client.read(length), Flood.bytes(0, length))).isTrue();
        assertThat(client.read(4)).isEqualTo(bytes("same"));
    }

    @Test void theEndOfOneDirectionIsNotTheEndOfTheOther() {
        backend.onRequest(peer -> peer.reply(SWITCH).reply(peer.readToEnd()).reply(" and the rest").close());
        RawClient client = client().send(ASK);
        client.readResponse();
        client.send("all I have").halfClose();
        assertThat(client.readToEnd()).asString().isEqualTo("all I have and the rest");
    }

    @Test void theBackendMayEndItsDirectionFirst() {
        CountDownLatch received = new CountDownLatch(1);
        backend.onRequest(peer -> {
            peer.reply(SWITCH + "bye").halfClose();
            if (new String(peer.readToEnd()).equals("last words")) received.countDown();
        });
        RawClient client = client().send(ASK);
        client.readResponse();
        assertThat(client.readToEnd()).asString().isEqualTo("bye");
        client.send("last words").halfClose();
        Awaitility.await().until(() -> received.getCount() == 0);
    }

    @Test void aLostClientEndsTheTunnel() {
        backend.onRequest(peer -> peer.reply(SWITCH).readToEnd());
        RawClient client = client().send(ASK);
        client.readResponse();
        client.reset();
        backend.awaitOpenConnections(0);
    }

    @Test void aLostBackendEndsTheTunnel() {
        backend.onRequest(peer -> peer.reply(SWITCH).reset());
        RawClient client = client().send(ASK);
        client.readEnding();
    }

    @Test void aSilentTunnelIsClosedAfterItsTime() {
        start(Configs.of(backend.port()).upgrade(Duration.ofMillis(300)).stream(Duration.ofSeconds(30)));
        backend.onRequest(peer -> peer.reply(SWITCH).readToEnd());
        RawClient client = client().send(ASK);
        client.readResponse();
        client.expectClosed();
        backend.awaitOpenConnections(0);
    }

    @Test void aRefusedUpgradeIsAnAnswerLikeAnyOther() {
        backend.onNextRequest(peer -> peer.ok("no"));
        RawClient client = client();
        assertThat(client.send(ASK).readResponse().text()).isEqualTo("no");
        assertThat(client.send(get("/")).readResponse().text()).isEqualTo("ok");
        assertThat(backend.connections()).isEqualTo(1);
    }

    @Test void aSwitchNobodyAskedForIsA502() {
        backend.onRequest(peer -> peer.reply(SWITCH).neverAnswer());
        Message response = exchange(get("/"));
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.text()).contains("backend.bad_upgrade");
    }

    @Test void anUpgradeToHttp2IsNotPassedOn() {
        Message response = exchange(
                get("/", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMA"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(backend.request().has("Upgrade")).isFalse();
        assertThat(backend.request().has("HTTP2-Settings")).isFalse();
    }

    /** Answered in the middle of its body, it would have made the rest of that body, raw, the beginning of a tunnel. */
    @Test void anUpgradeWithABodyIsNotPassedOn() {
        for (String framing : new String[] {"Content-Length: 2\r\n\r\nhi",
                "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"}) {
            String ask = ASK.replace("GET", "POST").replaceFirst("\r\n\r\n$", "\r\n") + framing;
            Message response = client().send(ask).readResponse();
            assertThat(response.status()).isEqualTo(200);
            Message seen = backend.requests().get(backend.requests().size() - 1);
            assertThat(seen.text()).isEqualTo("hi");
            assertThat(seen.has("Upgrade")).isFalse();
        }
    }

    @Test void aTunnelsConnectionsAreNotUsedAgain() {
        backend.onNextRequest(peer -> peer.reply(SWITCH).reply(peer.read(2)).close());
        RawClient client = client().send(ASK);
        client.readResponse();
        client.send("hi").read(2);
        client.expectClosed();
        assertThat(exchange(get("/")).text()).isEqualTo("ok");
        assertThat(backend.connections()).isEqualTo(2);
    }
}
