package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import lb.testkit.Configs;
import lb.testkit.Conversation;
import lb.testkit.Flood;
import lb.testkit.LeakWatch;
import lb.testkit.LogFile;
import lb.testkit.Message;
import lb.testkit.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each wait ends, and by its own name. */
class TimeoutsTest extends ProxyTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir Path dir;

    @Test void aHeadThatDoesNotEndIsA408() {
        start(configs().clientHeaders(SHORT));
        RawClient client = client().send("GET / HTTP/1.1\r\nHost: a\r\n");
        Message response = client.readResponse();
        assertThat(response.status()).isEqualTo(408);
        assertThat(response.text()).contains("request.head_timeout");
        client.expectClosed();
    }

    @Test void aHeadThatTricklesIsA408AllTheSame() {
        start(configs().clientHeaders(SHORT));
        RawClient client = client();
        Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(3)).until(() -> {
            client.trySend("G");
            return client.answered();
        });
        assertThat(client.readResponse().status()).isEqualTo(408);
    }

    @Test void aClientThatSaysNothingIsClosedWithoutAWord() {
        start(configs().clientIdle(SHORT));
        client().expectClosed();
    }

    @Test void aClientThatSaysNothingMoreIsClosedWithoutAWord() {
        start(configs().clientIdle(SHORT));
        RawClient client = client().send(get("/"));
        client.readResponse();
        client.expectClosed();
    }

    @Test void anExchangeIsNotIdleWhileTheBackendThinks() {
        CountDownLatch answer = new CountDownLatch(1);
        start(configs().clientIdle(SHORT).clientHeaders(SHORT));
        backend.onRequest(peer -> peer.await(answer).ok("late"));
        RawClient client = client().send(get("/"));
        client.expectNothing(SHORT.multipliedBy(3));
        answer.countDown();
        assertThat(client.readResponse().text()).isEqualTo("late");
    }

    @Test void aBackendThatDoesNotAnswerIsA504() {
        start(configs().response(SHORT));
        backend.onRequest(Conversation::neverAnswer);
        Message response = exchange(get("/"));
        assertThat(response.status()).isEqualTo(504);
        assertThat(response.text()).contains("response.timeout");
        backend.awaitOpenConnections(0);
    }

    @Test void theTimeToAnswerBeginsWhenTheRequestWasSent() {
        start(configs().response(SHORT));
        RawClient client = client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
        client.expectNothing(SHORT.multipliedBy(2));
        assertThat(client.send("cd").readResponse().status()).isEqualTo(200);
    }

    @Test void anAnswerThatStopsArrivingIsCut() {
        start(configs().stream(SHORT));
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc").neverAnswer());
        assertThat(exchange(get("/")).whole()).isFalse();
        accessLog().await("backend.stalled");
    }

    @Test void aBackendThatHasBegunToAnswerMayWaitForTheRestOfTheRequest() {
        startFile("'backends': ['http://" + backend.id() + "'], 'timeouts': { 'stream': '1m' }, "
                + "'routes': [{ 'pool': 'default', 'timeouts': { 'stream': '" + SHORT.toMillis() + "ms' } }]");
        backend.onHead(peer -> {
            peer.reply("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nbody");
            peer.reply(peer.readBody().text());
        });
        RawClient client = client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
        client.readResponseHead();
        assertThat(client.read(4)).isEqualTo(bytes("body"));
        client.expectNothing(SHORT.multipliedBy(3));
        assertThat(client.send("cd").read(4)).isEqualTo(bytes("abcd"));
    }

    @Test void aBodyThatStopsArrivingIsA408() {
        start(configs().stream(SHORT));
        RawClient client = client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
        Message response = client.readResponse();
        assertThat(response.status()).isEqualTo(408);
        assertThat(response.text()).contains("request.body_timeout");
        client.expectClosed();
        backend.awaitOpenConnections(0);
    }

    @Test void aBackendThatStopsReadingIsA504() {
        start(configs().stream(SHORT));
        backend.onHead(Conversation::neverRead);
        RawClient client = client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 67108864\r\n\r\n");
        new Flood(64 << 20).start(client.out());
        Message response = client.readResponse();
        assertThat(response.status()).isEqualTo(504);
        assertThat(response.text()).contains("backend.send_timeout");
    }

    @Test void aClientThatStopsReadingIsCut() {
        start(configs().stream(SHORT));
        Flood flood = new Flood(64 << 20);
        backend.onRequest(peer -> flood.into(
                peer.reply("HTTP/1.1 200 OK\r\nContent-Length: " + flood.length() + "\r\n\r\n").out()));
        slowClient().send(get("/"));
        backend.awaitHeads(1);
        backend.awaitOpenConnections(0);
        accessLog().await("client.write_timeout");
    }

    @Test void aClientThatDoesNotReadInterimResponsesIsCut() {
        // until then lb can pass them on, however slow the machine is
        start(configs().response(SHORT.multipliedBy(4)).stream(SHORT.multipliedBy(5)));
        String interim = "HTTP/1.1 103 Early Hints\r\nLink: <" + "x".repeat(4000) + ">\r\n\r\n";
        backend.onRequest(peer -> {
            while (true) peer.reply(interim);
        });
        slowClient().send(get("/"));
        accessLog().await("client.write_timeout");
    }

    @Test void aClientThatDoesNotReadTheLastOfItsAnswerIsCut() {
        start(configs().stream(SHORT.multipliedBy(4)));
        long before = LeakWatch.directMemoryInUse();
        String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
        backend.onRequest(peer -> {
            peer.reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            do peer.reply(chunk); while (!staysInLb(before + 0x2000));
            peer.reply("0\r\n\r\n");
        });
        slowClient().send(get("/", "Connection: close"));
        accessLog().await("\"lb.end\":\"ok\"");
        Awaitility.await().atMost(Duration.ofSeconds(8)).until(() -> daemon().clientLimit().connected() == 0);
    }

    @Test void aSlowButSteadyBodyIsNotCut() {
        start(configs().stream(SHORT));
        RawClient client = client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n");
        for (int i = 0; i < 6; i++) {
            client.expectNothing(SHORT.dividedBy(3));
            client.send("x");
        }
        assertThat(client.readResponse().status()).isEqualTo(200);
    }

    /** Whether lb, given time to pass on what it has, still holds that much: then the system takes no more. */
    private static boolean staysInLb(long bytes) {
        LockSupport.parkNanos(2_000_000);
        long since = System.nanoTime();
        while (LeakWatch.directMemoryInUse() > bytes) {
            if (System.nanoTime() - since > 50_000_000) return true;
            LockSupport.parkNanos(1_000_000);
        }
        return false;
    }

    private Configs configs() {
        return Configs.of(backend.port()).accessLog(accessLog().path());
    }

    private LogFile accessLog() {
        return new LogFile(dir.resolve("access.log"));
    }
}
