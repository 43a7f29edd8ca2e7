package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import lb.testkit.Flood;
import lb.testkit.LeakWatch;
import lb.testkit.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A side that does not read holds the other one back; what is between them stays small. */
class BackPressureTest extends ProxyTest {
    /** Far more than all socket buffers of the two connections together. */
    private static final int LENGTH = 64 << 20;
    private static final long MAY_HOLD = 4 << 20;

    private final Flood flood = new Flood(LENGTH);

    @Test void aClientThatDoesNotReadStallsTheBackend() {
        backend.onRequest(peer -> flood.into(
                peer.reply("HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + "\r\n\r\n").out()));
        RawClient client = slowClient();
        long before = LeakWatch.directMemoryInUse();
        client.send(get("/"));
        assertThat(flood.awaitStalled()).isLessThan(LENGTH);
        assertThat(LeakWatch.directMemoryInUse() - before).isLessThan(MAY_HOLD);

        client.readResponseHead();
        for (int at = 0; at < LENGTH; at += 1 << 20) {
            assertThat(Arrays.equals(client.read(1 << 20), Flood.bytes(at, 1 << 20))).as("megabyte at %d", at).isTrue();
        }
        assertThat(flood.allSent()).isTrue();
        Awaitility.await().until(() -> LeakWatch.directMemoryInUse() - before < 256 << 10);
    }

    @Test void aClientThatDoesNotReadStallsAChunkingBackend() {
        backend.onRequest(peer -> {
            peer.reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(LENGTH) + "\r\n");
            flood.into(peer.out());
            peer.reply("\r\n0\r\n\r\n");
        });
        RawClient client = slowClient();
        long before = LeakWatch.directMemoryInUse();
        client.send(get("/"));
        assertThat(flood.awaitStalled()).isLessThan(LENGTH);
        assertThat(LeakWatch.directMemoryInUse() - before).isLessThan(MAY_HOLD);
        assertThat(Arrays.equals(client.readResponse().body(), Flood.bytes(0, LENGTH))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: " + LENGTH + "\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n4000000\r\n"})
    void aBackendThatDoesNotReadStallsTheClient(String framing) {
        CountDownLatch goOn = new CountDownLatch(1);
        backend.onHead(peer -> peer.await(goOn).ok(Integer.toString(Arrays.hashCode(peer.readBody().body()))));
        long before = LeakWatch.directMemoryInUse();
        RawClient client = client().send("PUT / HTTP/1.1\r\nHost: a\r\n" + framing);
        flood.start(client.out());
        assertThat(flood.awaitStalled()).isLessThan(LENGTH);
        assertThat(LeakWatch.directMemoryInUse() - before).isLessThan(MAY_HOLD);

        goOn.countDown();
        Awaitility.await().until(flood::allSent);
        if (framing.startsWith("Transfer")) client.send("\r\n0\r\n\r\n");
        String expected = Integer.toString(Arrays.hashCode(Flood.bytes(0, LENGTH)));
        assertThat(client.readResponse().text()).isEqualTo(expected);
    }

    @Test void aClientThatDoesNotReadStallsABackendThatOnlySendsHints() {
        String hints = ("HTTP/1.1 103 Early Hints\r\nLink: " + "x".repeat(1000) + "\r\n\r\n").repeat(64);
        AtomicInteger sent = new AtomicInteger();
        backend.onRequest(peer -> {
            for (; sent.get() < 1000; sent.incrementAndGet()) peer.reply(hints);
            peer.ok("at last");
        });
        long before = LeakWatch.directMemoryInUse();
        RawClient client = slowClient().send(get("/"));
        assertThat(whereItStops(sent::get)).isLessThan(1000);
        assertThat(LeakWatch.directMemoryInUse() - before).isLessThan(MAY_HOLD);
    }

    @Test void bytesBehindARequestWaitOutsideWhileItIsAnswered() {
        CountDownLatch goOn = new CountDownLatch(1);
        backend.onRequest(peer -> peer.await(goOn).ok("ok"));
        long before = LeakWatch.directMemoryInUse();
        RawClient client = client().send(
                get("/") + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LENGTH + "\r\n\r\n");
        flood.start(client.out());
        assertThat(flood.awaitStalled()).isLessThan(LENGTH);
        assertThat(LeakWatch.directMemoryInUse() - before).isLessThan(MAY_HOLD);
        goOn.countDown();
        assertThat(client.readResponse().text()).isEqualTo("ok");
        assertThat(client.readResponse().text()).isEqualTo("ok");
        assertThat(backend.requests().get(1).body()).hasSize(LENGTH);
    }

    @Test void aTunnelsClientThatDoesNotReadStallsTheBackend() {
        backend.onRequest(peer -> {
            peer.reply("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
            flood.into(peer.out());
        });
        RawClient client = slowClient();
        long before = LeakWatch.directMemoryInUse();
        client.send(get("/", "Connection: Upgrade", "Upgrade: echo")).readResponse();
        assertThat(flood.awaitStalled()).isLessThan(LENGTH);
        assertThat(LeakWatch.directMemoryInUse() - before).isLessThan(MAY_HOLD);
    }

    @Test void aTunnelsBackendThatDoesNotReadStallsTheClient() {
        backend.onRequest(peer -> peer.reply(
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n").neverRead());
        RawClient client = client();
        long before = LeakWatch.directMemoryInUse();
        client.send(get("/", "Connection: Upgrade", "Upgrade: echo")).readResponse();
        flood.start(client.out());
        assertThat(flood.awaitStalled()).isLessThan(LENGTH);
        assertThat(LeakWatch.directMemoryInUse() - before).isLessThan(MAY_HOLD);
    }

    @Test void pipelinedRequestsWaitOutsideWhenTheClientReadsNoAnswers() {
        String large = "x".repeat(100_000);
        backend.onRequest(peer -> peer.ok(large));
        long before = LeakWatch.directMemoryInUse();
        RawClient client = slowClient();
        int requests = 1000;
        client.send(get("/").repeat(requests));
        assertThat(whereItStops(backend::heads)).isLessThan(requests);
        assertThat(LeakWatch.directMemoryInUse() - before).isLessThan(MAY_HOLD);
        for (int i = 0; i < requests; i++) assertThat(client.readResponse().body()).hasSize(large.length());
    }

    @Test void requestsThatNeedNoBackendWaitOutsideWhenTheClientReadsNoAnswers() {
        startFile("'backends': ['http://" + backend.id() + "'], 'routes': [{ 'respond': { 'body': '"
                + "x".repeat(2000) + "' } }]");
        int requests = 100_000;
        long before = LeakWatch.directMemoryInUse();
        RawClient client = slowClient();
        Thread sender = new Thread(() -> client.trySend(get("/").repeat(requests)));
        sender.start();
        assertThat(whereItStops(() -> (int) daemon().status().status().exchanges().total())).isLessThan(requests);
        assertThat(LeakWatch.directMemoryInUse() - before).isLessThan(MAY_HOLD);
        for (int i = 0; i < 5000; i++) assertThat(client.readResponse().body()).hasSize(2000);
        client.close();
        Awaitility.await().until(() -> !sender.isAlive());
    }

    /** The count once it has not moved for 300 ms. */
    private static int whereItStops(IntSupplier count) {
        int[] seen = {0};
        Awaitility.await().pollInterval(Duration.ofMillis(300)).until(() -> {
            int before = seen[0];
            seen[0] = count.getAsInt();
            return before > 0 && seen[0] == before;
        });
        return seen[0];
    }
}
