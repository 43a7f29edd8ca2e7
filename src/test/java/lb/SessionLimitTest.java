package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import lb.testkit.Message;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions whose backend is at its limit wait for it, but nobody else does. */
class SessionLimitTest extends ProxyTest {
    private final CountDownLatch answer = new CountDownLatch(1);
    private final ScriptedBackend one = named("one");
    private final ScriptedBackend two = named("two");

    private ScriptedBackend named(String name) {
        return backend().onRequest(peer -> peer.ok(name));
    }

    private void startWithQueueOf(int places) {
        startFile("'sticky': { 'cookie': 'lb_s', 'keys': ['a key of enough length'] },"
                + "'connections': { 'maxPerBackend': 1, 'queue': " + places + ", 'queueTimeout': '1m' },"
                + "'backends': ['http://" + one.id() + "', 'http://" + two.id() + "']");
    }

    /** From now on the first backend has its only connection in use. @return the Cookie line of its session */
    private String fillTheFirst() {
        Message first = null;
        for (int i = 0; first == null || !first.text().equals("one"); i++) {
            assertThat(i).isLessThan(10);
            first = exchange(get("/"));
        }
        String cookie = "Cookie: " + first.value("Set-Cookie").split(";")[0];
        int before = one.heads();
        one.onNextRequest(peer -> peer.await(answer).ok("one"));
        client().send(get("/long", cookie));
        Awaitility.await().until(() -> one.heads() > before);
        return cookie;
    }

    private int waiting() {
        return daemon().topology().pools().get("default").line().waiting();
    }

    @AfterEach void letGo() {
        answer.countDown();
    }

    @Test void theyHoldUpNobodyElse() {
        startWithQueueOf(3);
        String cookie = fillTheFirst();
        List<RawClient> held = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            held.add(client().send(get("/" + i, cookie)));
            int count = i;
            Awaitility.await().until(() -> waiting() == count);
        }
        for (int i = 0; i < 20; i++) assertThat(exchange(get("/")).text()).isEqualTo("two");
        assertThat(waiting()).isEqualTo(3);
        answer.countDown();
        for (RawClient each : held) {
            Message kept = each.readResponse();
            assertThat(kept.text()).isEqualTo("one");
            assertThat(kept.has("Set-Cookie")).isFalse();
        }
    }

    @Test void theyMoveWhereTheLineHasNoPlaceForThem() {
        startWithQueueOf(0);
        String cookie = fillTheFirst();
        for (int i = 0; i < 3; i++) {
            Message moved = exchange(get("/", cookie));
            assertThat(moved.text()).isEqualTo("two");
            assertThat(moved.value("Set-Cookie")).startsWith("lb_s=v1.");
        }
    }
}
