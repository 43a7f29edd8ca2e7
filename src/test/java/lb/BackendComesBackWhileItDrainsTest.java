package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import lb.config.Config;
import lb.pool.Backend;
import lb.testkit.Configs;
import lb.testkit.LogCapture;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import org.junit.jupiter.api.Test;

/** A reload takes a backend out, another one puts it back. */
class BackendComesBackWhileItDrainsTest extends ProxyTest {
    private final ScriptedBackend other = backend();
    private final CountDownLatch answer = new CountDownLatch(1);

    private Backend first() {
        return daemon().topology().pools().get(Config.DEFAULT).backends().get(0);
    }

    @Test void itIsTheSameOneWithWhatItCarries() {
        backend.onRequest(peer -> peer.await(answer).ok("late"));
        RawClient client = client().send(get("/"));
        backend.awaitHeads(1);
        Backend before = first();
        LogCapture log = open(LogCapture.of("lb.Departed"));

        reload(Configs.of(other.port()).slowStart(Duration.ofSeconds(10)));
        assertThat(before.removed()).isTrue();
        reload(Configs.of(other.port()).slowStart(Duration.ofSeconds(9)));
        reload(Configs.of(backend.port(), other.port()).slowStart(Duration.ofSeconds(10)));
        assertThat(first()).isSameAs(before);
        assertThat(before.removed()).isFalse();
        assertThat(before.inFlight()).isEqualTo(1);
        assertThat(before.share()).as("it is warm").isEqualTo(10);
        assertThat(log.lines()).containsExactly(
                "INFO pool=default backend=" + backend.id() + " removed; 1 running exchanges go on",
                "INFO pool=default backend=" + backend.id() + " is back before its exchanges ended; 1 go on");
        answer.countDown();
        assertThat(client.readResponse().text()).isEqualTo("late");
        await().until(() -> before.inFlight() == 0);
        assertThat(before.requests()).isEqualTo(1);
    }

    @Test void itIsAnotherOneOnceItsExchangesHaveEnded() {
        backend.onRequest(peer -> peer.await(answer).ok("late"));
        RawClient client = client().send(get("/"));
        backend.awaitHeads(1);
        Backend before = first();
        LogCapture log = open(LogCapture.of("lb.Departed"));
        reload(Configs.of(other.port()));
        answer.countDown();
        client.readResponse();
        await().until(() -> log.lines().size() == 2);
        assertThat(log.lines().get(1)).endsWith("removed: its last exchange has ended");
        reload(Configs.of(backend.port(), other.port()));
        assertThat(first()).isNotSameAs(before);
    }

    @Test void removedOnceMoreItHasItsFullTimeAgain() {
        ScriptedBackend third = backend();
        backend.onRequest(peer -> peer.await(answer).ok("late"));
        third.onRequest(peer -> peer.await(answer).ok("late"));
        Duration drain = Duration.ofSeconds(2);
        start(Configs.of(backend.port(), third.port()));
        RawClient one = client().send(get("/one"));
        RawClient two = client().send(get("/two"));
        backend.awaitHeads(1);
        third.awaitHeads(1);
        boolean turned = backend.requests().get(0).target().equals("/two");
        Backend before = first();

        reload(Configs.of(other.port()).drain(drain));
        reload(Configs.of(backend.port(), other.port()).drain(drain));
        reload(Configs.of(other.port()).drain(drain.multipliedBy(100)));
        assertThat((turned ? one : two).readResponse().status()).as("the third's time is over").isEqualTo(503);
        assertThat(before.inFlight()).isEqualTo(1);
        answer.countDown();
        assertThat((turned ? two : one).readResponse().text()).isEqualTo("late");
    }
}
