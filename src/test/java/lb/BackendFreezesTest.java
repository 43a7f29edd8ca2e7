package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import lb.config.BalanceConfig;
import lb.config.HealthConfig;
import lb.pool.RetryVerdict;
import lb.testkit.Configs;
import lb.testkit.Conversation;
import lb.testkit.LogCapture;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import org.junit.jupiter.api.Test;

/** One of two backends takes connections and reads, but answers nobody any more; nothing asks it but a TCP connect. */
class BackendFreezesTest extends ProxyTest {
    private final ScriptedBackend other = backend();
    private final LogCapture log = open(LogCapture.of("lb.pool"));

    private Configs both(HealthConfig health) {
        return Configs.of(backend.port(), other.port()).balance(BalanceConfig.of("roundRobin")).health(health);
    }

    /** Requests under way at the same time, half of them at each backend. */
    private List<RawClient> underWay(int requests) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < requests; i++) clients.add(client().send(get("/")));
        return clients;
    }

    private void movesWhatWaitsThere(HealthConfig health) {
        start(both(health));
        backend.onRequest(Conversation::neverAnswer);
        other.onRequest(peer -> peer.ok("other"));
        List<RawClient> waiting = underWay(6);
        await().atMost(Duration.ofSeconds(15)).until(() -> !log.lines().isEmpty());
        for (RawClient client : waiting) assertThat(client.readResponse().text()).isEqualTo("other");
        assertThat(log.lines()).singleElement().asString().contains("backend=" + backend.id() + " UP -> EJECTED: "
                + "answers nobody: not a byte within 1s, neither to exchanges nor to OPTIONS *; out for 10s; 1 of 2");
        for (RawClient client : underWay(4)) assertThat(client.readResponse().text()).isEqualTo("other");
    }

    @Test void whatWaitsThereIsAnsweredByTheOtherThoughTheDefaultCheckPasses() {
        movesWhatWaitsThere(HealthConfig.DEFAULT);
    }

    @Test void whatWaitsThereIsAnsweredByTheOtherThoughNobodyChecks() {
        movesWhatWaitsThere(null);
    }

    @Test void whatTheBudgetHeldThereGoesWhenItHasRoomAgain() {
        start(both(null));
        backend.onRequest(Conversation::neverAnswer);
        List<RawClient> waiting = underWay(60);
        await().atMost(Duration.ofSeconds(15)).until(() -> !log.lines().isEmpty());
        RawClient busy = client();
        for (int i = 0; i < 60; i++) assertThat(busy.send(get("/")).readResponse().status()).isEqualTo(200);
        for (RawClient client : waiting) assertThat(client.readResponse().status()).isEqualTo(200);
        assertThat(daemon().topology().pools().get("default").retries().count(RetryVerdict.RESET)).isEqualTo(30);
    }

    @Test void oneThatIsSlowButReactsStaysIn() {
        CountDownLatch finish = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        start(both(HealthConfig.DEFAULT));
        backend.onRequest(peer -> {
            if (peer.request().method().equals("OPTIONS")) {
                asked.incrementAndGet();
                peer.reply("HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n");
            } else {
                peer.await(finish).ok("late");
            }
        });
        List<RawClient> clients = underWay(2);
        await().atMost(Duration.ofSeconds(15)).until(() -> asked.get() >= 2);
        finish.countDown();
        assertThat(clients).extracting(client -> client.readResponse().text()).containsExactlyInAnyOrder("late", "ok");
        assertThat(log.lines()).isEmpty();
    }
}
