package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lb.admin.BackendView;
import lb.config.BalanceConfig;
import lb.config.HealthConfig;
import lb.config.OutlierConfig;
import lb.config.RetryConfig;
import lb.config.StatusRanges;
import lb.testkit.Configs;
import lb.testkit.Conversation;
import lb.testkit.LogCapture;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import org.junit.jupiter.api.Test;

/** One of two backends does not do what it is there for: it is ejected, and comes back. */
class BackendFailsRequestsTest extends ProxyTest {
    private static final Duration SHORT = Duration.ofMillis(400);

    private final ScriptedBackend good = backend();
    private final LogCapture log = open(LogCapture.of("lb.pool"));

    private Configs both() {
        return Configs.of(backend.port(), good.port()).retry(RetryConfig.NEVER).balance(BalanceConfig.of("roundRobin"));
    }

    private static OutlierConfig ejectingFor(Duration time, OutlierConfig.On... on) {
        return new OutlierConfig(5, time, Duration.ofMinutes(5), 0.5, EnumSet.copyOf(List.of(on)), null, true);
    }

    /** @return how many were not answered 200 */
    private int send(int requests) {
        int failed = 0;
        for (int i = 0; i < requests; i++) {
            try (RawClient client = RawClient.connect(daemon().port("default"))) {
                if (client.send(get("/")).readResponse().status() != 200) failed++;
            }
        }
        return failed;
    }

    private List<String> flips() {
        return log.lines().stream().filter(line -> line.contains(" -> ")).toList();
    }

    @Test void oneThatResetsIsEjectedAfterFiveInARow() {
        start(both());
        backend.onRequest(Conversation::reset);
        assertThat(send(10)).isEqualTo(5);
        await().until(() -> !flips().isEmpty());
        BackendView.Traffic told = daemon().status().pools().get(0).backends().get(0).traffic();
        assertThat(told.ejectedUntil()).as("in the status").isNotNull();
        assertThat(told.ejectionsInARow()).isEqualTo(1);
        assertThat(send(20)).isZero();
        assertThat(backend.heads()).isEqualTo(5);
        assertThat(flips()).singleElement().asString().contains("backend=" + backend.id() + " UP -> EJECTED: 5 "
                + "failures in a row, last: backend.reset_before_head; out for 10s; 1 of 2 backends left; was UP for");
    }

    @Test void oneThatCutsItsAnswersOffIsEjectedToo() {
        start(both());
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut").close());
        for (int i = 0; i < 10; i++) client().send(get("/", "Connection: close")).readAll();
        await().until(() -> !flips().isEmpty());
        assertThat(flips()).singleElement().asString().contains("last: backend.truncated");
    }

    @Test void oneThatComesBackServesAgain() {
        start(both().outlier(ejectingFor(SHORT, OutlierConfig.On.RESET)));
        backend.onRequest(Conversation::reset);
        send(10);
        backend.onRequest(peer -> peer.ok("ok"));
        await().until(() -> flips().size() == 2);
        assertThat(flips().get(1)).contains("EJECTED -> UP: its time is over; 2 of 2 backends left");
        assertThat(send(10)).isZero();
        assertThat(backend.heads()).isEqualTo(10);
    }

    @Test void oneThatAnswers5xxStaysUnlessTheConfigListsIt() {
        start(both());
        backend.onRequest(peer -> peer.reply("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"));
        assertThat(send(20)).isEqualTo(10);
        assertThat(flips()).isEmpty();
        reload(both().outlier(ejectingFor(Duration.ofSeconds(10), OutlierConfig.On.STATUS_5XX)));
        send(10);
        await().until(() -> !flips().isEmpty());
        assertThat(flips()).singleElement().asString().contains("last: status 500;");
    }

    @Test void theLastOneStaysInWhateverItDoes() {
        start(Configs.of(backend.port()).retry(RetryConfig.NEVER));
        LogCapture kept = open(LogCapture.of("lb.health"));
        backend.onRequest(Conversation::reset);
        assertThat(send(12)).isEqualTo(12);
        assertThat(backend.heads()).isEqualTo(12);
        assertThat(flips()).isEmpty();
        await().until(() -> !kept.lines().isEmpty());
        assertThat(kept.lines()).singleElement().asString().contains("stays in: ").endsWith("nobody else is left");
    }

    @Test void nobodyIsEjectedWhenThatIsTurnedOff() {
        start(both().outlier(null));
        backend.onRequest(Conversation::reset);
        assertThat(send(30)).isEqualTo(15);
        assertThat(flips()).isEmpty();
    }

    @Test void probesThatPassDoNotBringItBack() {
        Duration quick = Duration.ofMillis(50);
        start(both().health(new HealthConfig(null, StatusRanges.DEFAULT, quick, quick, 1, 1)));
        backend.onRequest(Conversation::reset);
        send(10);
        await().until(() -> !flips().isEmpty());
        int connections = backend.connections();
        await().until(() -> backend.connections() > connections + 5);
        assertThat(flips()).hasSize(1);
    }

    @Test void oneThatServesWellStaysInWhileItsProbesFail() {
        AtomicInteger probes = new AtomicInteger();
        backend.onRequest(peer -> {
            boolean fails = peer.request().target().equals("/healthz") && probes.incrementAndGet() > 1;
            peer.reply("HTTP/1.1 " + (fails ? 500 : 200) + " x\r\nContent-Length: 0\r\n\r\n");
        });
        LogCapture disagreements = open(LogCapture.of("lb.health"));
        Duration interval = Duration.ofMillis(500);
        start(both().health(new HealthConfig("/healthz", StatusRanges.DEFAULT, interval, interval, 1, 2)));
        await().until(() -> probes.get() > 0);
        while (probes.get() < 6) assertThat(send(4)).isZero();
        assertThat(flips()).isEmpty();
        assertThat(disagreements.lines()).singleElement().asString().contains("stays UP: probe disagrees: 2 of 2 "
                + "probes failed, last: status 500, expected 200-399; ");
        await().until(() -> !flips().isEmpty());
        assertThat(flips()).as("nothing speaks for it any more").singleElement().asString().contains("UP -> DOWN: ");
    }
}
