package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lb.config.ConnectionsConfig;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.testkit.Configs;
import lb.testkit.Conversation;
import lb.testkit.LogFile;
import lb.testkit.Message;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import lb.testkit.Setup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** No more connections to a backend than allowed; whoever is one too many waits in turn, or is told so. */
@ParameterizedClass
@MethodSource("setups")
class ConnectionLimitTest extends ProxyTest {
    private static final int BURST = 60;

    @TempDir Path dir;

    ConnectionLimitTest(Setup setup) {
        super(setup);
    }

    static Stream<Setup> setups() {
        return Setup.all();
    }

    private Configs limited(int most, int queue, Duration timeout, ScriptedBackend... backends) {
        int[] ports = new int[backends.length];
        for (int i = 0; i < ports.length; i++) ports[i] = backends[i].port();
        return Configs.of(ports).connections(new ConnectionsConfig(most, Duration.ofSeconds(30), 32, queue, timeout));
    }

    private Pool pool() {
        return daemon().topology().pools().get("default");
    }

    private void awaitWaiting(int count) {
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> pool().line().waiting() == count);
    }

    /** The most requests that a backend carried at the same time. */
    private static AtomicInteger watch(ScriptedBackend backend) {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        backend.onRequest(peer -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.yield();
            now.decrementAndGet();
            peer.ok("ok");
        });
        return most;
    }

    @Test void aBurstIsServedWithNoMoreConnectionsThanAllowed() {
        start(limited(3, BURST, RawClient.DEADLINE, backend));
        AtomicInteger most = watch(backend);
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < BURST; i++) clients.add(client());
        for (int round = 0; round < 5; round++) {
            for (RawClient each : clients) each.send(get("/"));
            for (RawClient each : clients) assertThat(each.readResponse().status()).isEqualTo(200);
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(backend.heads()).isEqualTo(5 * BURST);
        assertThat(pool().backends().get(0).connections()).isBetween(1, 3);
        awaitWaiting(0);
    }

    @Test void aFullBackendIsPassedOver() {
        ScriptedBackend other = backend();
        start(limited(1, 0, Duration.ofSeconds(1), backend, other));
        CountDownLatch answer = new CountDownLatch(1);
        for (ScriptedBackend each : List.of(backend, other)) {
            each.onRequest(peer -> peer.await(answer).ok("ok"));
        }
        RawClient first = client().send(get("/"));
        Awaitility.await().until(() -> backend.heads() + other.heads() == 1);
        RawClient second = client().send(get("/"));
        Awaitility.await().until(() -> backend.heads() == 1 && other.heads() == 1);
        Message third = exchange(get("/"));
        assertThat(third.status()).isEqualTo(503);
        assertThat(third.text()).contains("pool.saturated");
        assertThat(third.value("Retry-After")).isEqualTo("1");
        answer.countDown();
        assertThat(first.readResponse().status()).isEqualTo(200);
        assertThat(second.readResponse().status()).isEqualTo(200);
    }

    @Test void whoWaitsIsServedInTurn() {
        start(limited(1, 10, RawClient.DEADLINE, backend));
        CountDownLatch answer = new CountDownLatch(1);
        backend.onNextRequest(peer -> peer.await(answer).ok("held"));
        RawClient held = client().send(get("/held"));
        backend.awaitHeads(1);
        List<RawClient> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(client().send(get("/" + i)));
            awaitWaiting(i + 1);
        }
        assertThat(exchange(get("/eleventh")).text()).contains("pool.saturated");
        assertThat(backend.heads()).isEqualTo(1);
        answer.countDown();
        assertThat(held.readResponse().text()).isEqualTo("held");
        for (RawClient each : waiting) assertThat(each.readResponse().text()).isEqualTo("ok");
        assertThat(backend.requests()).extracting(Message::target)
                .containsExactly("/held", "/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7", "/8", "/9");
    }

    @Test void theWaitHasAnEndAndIsLogged() {
        LogFile accessLog = new LogFile(dir.resolve("access.log"));
        start(limited(1, 10, Duration.ofMillis(150), backend).accessLog(accessLog.path()));
        backend.onNextRequest(Conversation::neverAnswer);
        client().send(get("/held"));
        backend.awaitHeads(1);
        Message response = exchange(get("/late"));
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.text()).contains("pool.saturated");
        assertThat(response.value("Retry-After")).isEqualTo("1");
        awaitWaiting(0);
        String line = accessLog.await("pool.saturated");
        assertThat(line).contains("\"lb.attempts\":0").containsPattern("\"lb.queue_ms\":1[5-9][0-9]|[2-9][0-9]{2}");
    }

    @Test void aClientThatLeavesLeavesTheLine() {
        start(limited(1, 10, RawClient.DEADLINE, backend));
        CountDownLatch answer = new CountDownLatch(1);
        backend.onNextRequest(peer -> peer.await(answer).ok("held"));
        client().send(get("/held"));
        backend.awaitHeads(1);
        RawClient leaves = client().send(get("/left"));
        awaitWaiting(1);
        RawClient stays = client().send(get("/stays"));
        awaitWaiting(2);
        leaves.reset();
        awaitWaiting(1);
        answer.countDown();
        assertThat(stays.readResponse().status()).isEqualTo(200);
        assertThat(backend.requests()).extracting(Message::target).containsExactly("/held", "/stays");
    }

    @Test void aBodyWaitsWithItsRequest() {
        start(limited(1, 10, RawClient.DEADLINE, backend));
        CountDownLatch answer = new CountDownLatch(1);
        backend.onNextRequest(peer -> peer.await(answer).ok("held"));
        client().send(get("/held"));
        backend.awaitHeads(1);
        RawClient client = client().send(post("x".repeat(100_000)));
        awaitWaiting(1);
        answer.countDown();
        assertThat(client.readResponse().status()).isEqualTo(200);
        assertThat(backend.requests().get(1).text()).hasSize(100_000);
    }

    @Test void aReloadThatRaisesTheLimitServesThem() {
        start(limited(1, 10, RawClient.DEADLINE, backend));
        backend.onNextRequest(Conversation::neverAnswer);
        client().send(get("/held"));
        backend.awaitHeads(1);
        RawClient first = client().send(get("/"));
        RawClient second = client().send(get("/"));
        awaitWaiting(2);
        reload(limited(2, 10, RawClient.DEADLINE, backend));
        assertThat(first.readResponse().status()).isEqualTo(200);
        assertThat(second.readResponse().status()).isEqualTo(200);
    }

    @Test void aReloadThatAddsABackendServesThem() {
        ScriptedBackend other = backend();
        start(limited(1, 10, RawClient.DEADLINE, backend));
        backend.onNextRequest(Conversation::neverAnswer);
        client().send(get("/held"));
        backend.awaitHeads(1);
        RawClient first = client().send(get("/"));
        RawClient second = client().send(get("/"));
        awaitWaiting(2);
        reload(limited(1, 10, RawClient.DEADLINE, backend, other));
        assertThat(first.readResponse().status()).isEqualTo(200);
        assertThat(second.readResponse().status()).isEqualTo(200);
        assertThat(other.heads()).isEqualTo(2);
    }

    @Test void aReloadThatLowersTheLimitClosesWhatIsTooMuch() {
        start(limited(4, 10, RawClient.DEADLINE, backend));
        CountDownLatch answer = new CountDownLatch(1);
        backend.onRequest(peer -> peer.await(answer).ok("ok"));
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) clients.add(client().send(get("/")));
        backend.awaitHeads(4);
        reload(limited(1, 10, RawClient.DEADLINE, backend));
        answer.countDown();
        for (RawClient each : clients) assertThat(each.readResponse().status()).isEqualTo(200);
        Awaitility.await().until(() -> backend.openConnections() <= 1);
    }

    /** With two loops, the unused connection is often the other loop's, which has to give it up. */
    @Test void anUnusedConnectionServesClientsOfEveryLoop() {
        start(limited(1, 0, Duration.ofSeconds(1), backend));
        Backend only = pool().backends().get(0);
        for (int i = 0; i < 30; i++) {
            assertThat(exchange(i % 2 == 0 ? get("/" + i) : post("x")).status()).isEqualTo(200);
            Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> only.idleConnections() == 1);
            assertThat(only.connections()).isEqualTo(1);
        }
    }

    @Test void aConnectionThatWasAtItsEndIsReplacedWithinTheLimit() {
        start(limited(1, 0, Duration.ofSeconds(1), backend));
        backend.onRequest(peer -> {
            if (peer.requestOfConnection() == 1) peer.ok("ok");
            else peer.close();
        });
        RawClient client = client();
        for (int i = 0; i < 5; i++) assertThat(client.send(get("/" + i)).readResponse().status()).isEqualTo(200);
    }
}
