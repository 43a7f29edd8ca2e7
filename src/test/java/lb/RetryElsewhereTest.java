package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import lb.config.RetryConfig;
import lb.pool.RetryVerdict;
import lb.testkit.Configs;
import lb.testkit.Conversation;
import lb.testkit.LogCapture;
import lb.testkit.LogFile;
import lb.testkit.Message;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import lb.testkit.ScriptedBackend.Script;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that will not do, or none in time: another backend gets the request, within bounds. */
class RetryElsewhereTest extends ProxyTest {
    private static final Script BUSY = peer -> peer.reply("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy");
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final ScriptedBackend other = backend();

    @BeforeEach void theFirstIsBusy() {
        backend.onRequest(BUSY);
        start(twice(WITHIN, 0.2));
    }

    private Configs twice(Duration within, double budget) {
        return Configs.of(backend.port(), other.port()).outlier(null).response(Duration.ofMillis(200))
                .retry(new RetryConfig(2, true, true, true, Set.of(503), within, budget));
    }

    private long verdicts(RetryVerdict verdict) {
        return daemon().topology().pools().get("default").retries().count(verdict);
    }

    @Test void aListedStatusIsHiddenFromTheClient() {
        for (int i = 0; i < 6; i++) assertThat(exchange(get("/")).text()).isEqualTo("ok");
        assertThat(other.heads()).isEqualTo(6);
        assertThat(backend.heads()).isBetween(2, 6);
        assertThat(verdicts(RetryVerdict.STATUS)).isEqualTo(backend.heads());
    }

    @Test void aRejectedAnswerThatIsShortSparesItsConnection() {
        for (int i = 0; i < 6; i++) exchange(get("/"));
        assertThat(backend.heads()).isGreaterThan(1);
        assertThat(backend.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000000", "Transfer-Encoding: chunked", "Connection: close"})
    void aRejectedAnswerWithoutAnEndIsNotWaitedFor(String framing) {
        String chunk = framing.startsWith("T") ? "30000\r\n" : "";
        backend.onRequest(peer -> peer.reply("HTTP/1.1 503 Busy\r\n" + framing + "\r\n\r\n" + chunk
                + "x".repeat(0x2ffff)).neverAnswer());
        for (int i = 0; i < 3; i++) assertThat(exchange(get("/")).text()).isEqualTo("ok");
        assertThat(backend.heads()).isPositive();
        backend.awaitOpenConnections(0);
    }

    @Test void theLastAnswerIsPassedOnAsItIs() {
        other.onRequest(BUSY);
        Message response = exchange(get("/"));
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.text()).isEqualTo("busy");
        assertThat(backend.heads() + other.heads()).isEqualTo(2);
        assertThat(verdicts(RetryVerdict.ATTEMPTS)).isEqualTo(1);
    }

    @Test void aStatusThatIsNotListedIsPassedOn() {
        for (ScriptedBackend each : List.of(backend, other)) {
            each.onRequest(peer -> peer.reply("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"));
        }
        assertThat(exchange(get("/")).status()).isEqualTo(500);
        assertThat(backend.heads() + other.heads()).isEqualTo(1);
    }

    @Test void aBodyIsSentAgainWhole() {
        String put = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody";
        for (int i = 0; i < 3; i++) assertThat(exchange(put).status()).isEqualTo(200);
        assertThat(backend.heads()).isPositive();
        assertThat(other.requests()).hasSize(3).allSatisfy(seen -> assertThat(seen.text()).isEqualTo("body"));
    }

    @Test void anAnswerBeforeTheEndOfTheRequestIsRejectedToo() {
        backend.onHead(BUSY);
        for (int i = 1; i <= 3; i++) {
            RawClient client = client().send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\nhalf");
            other.awaitHeads(i);
            assertThat(client.send("half").readResponse().status()).isEqualTo(200);
        }
        assertThat(backend.heads()).isPositive();
        assertThat(other.requests()).allSatisfy(seen -> assertThat(seen.text()).isEqualTo("halfhalf"));
    }

    @Test void aPostIsNeverRepeated() {
        other.onRequest(BUSY);
        for (int i = 0; i < 4; i++) assertThat(exchange(post("once")).text()).isEqualTo("busy");
        assertThat(backend.heads() + other.heads()).isEqualTo(4);
        assertThat(verdicts(RetryVerdict.NOT_REPEATABLE)).isEqualTo(4);
    }

    @Test void anAnswerThatIsLateIsFetchedElsewhere() {
        backend.onRequest(Conversation::neverAnswer);
        for (int i = 0; i < 3; i++) assertThat(exchange(get("/")).text()).isEqualTo("ok");
        assertThat(verdicts(RetryVerdict.TIMEOUT)).isPositive().isEqualTo(backend.heads());
        backend.awaitOpenConnections(0);
    }

    @Test void noAttemptBeginsTooLate() {
        backend.onRequest(Conversation::neverAnswer);
        other.onRequest(Conversation::neverAnswer);
        start(twice(Duration.ofMillis(50), 0.2));
        assertThat(exchange(get("/")).status()).isEqualTo(504);
        assertThat(backend.heads() + other.heads()).isEqualTo(1);
        assertThat(verdicts(RetryVerdict.LATE)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStormIsBoundedByTheBudget(boolean refusing) {
        for (ScriptedBackend each : List.of(backend, other)) {
            if (refusing) each.onRequest(peer -> peer.close());
        }
        other.onRequest(refusing ? peer -> peer.close() : BUSY);
        RawClient client = client();
        for (int i = 0; i < 200; i++) assertThat(client.send(get("/")).readResponse().status()).isIn(502, 503);
        assertThat(backend.heads() + other.heads()).isBetween(240, 200 + 40 + 10);
        assertThat(verdicts(RetryVerdict.BUDGET)).isGreaterThan(100);
    }

    @Test void theLogSaysWhyAFailureWasNotTriedAgain() {
        backend.onRequest(peer -> peer.close());
        other.onRequest(peer -> peer.close());
        try (LogCapture failures = LogCapture.of("lb.observe.FailureLog");
                LogCapture decisions = LogCapture.of("lb.proxy.FailedAttempts", "debug")) {
            exchange(get("/"));
            exchange(post("once"));
            Awaitility.await().until(() -> failures.lines().size() == 2);
            assertThat(failures.lines().get(0)).contains("; not tried again: 2 of 2 attempts; attempts 2, ");
            assertThat(failures.lines().get(1))
                    .contains("; not tried again: its bytes were sent and POST may not be repeated; attempts 1, ");
            assertThat(decisions.lines()).hasSize(3);
            assertThat(decisions.lines().get(0)).matches("DEBUG pool=default backend=127\\.0\\.0\\.1:\\d+ request "
                    + "\\S+: backend\\.closed_before_head; tried again on 127\\.0\\.0\\.1:\\d+, attempt 2");
        }
    }

    @ParameterizedTest @ValueSource(strings = {"GET", "POST"})
    void aFewDeadBackendsAreNoTriesOfARequest(String method) {
        List<ScriptedBackend> dead = List.of(backend(), backend(), backend());
        dead.forEach(ScriptedBackend::close);
        start(Configs.of(dead.get(0).port(), dead.get(1).port(), dead.get(2).port(), other.port()).outlier(null));
        String request = method.equals("GET") ? get("/") : post("once");
        for (int i = 1; i <= 20; i++) {
            assertThat(exchange(request).status()).isEqualTo(200);
            assertThat(other.heads()).isEqualTo(i);
        }
    }

    @Test void theLogSaysThatNoBackendCouldBeConnectedTo() {
        List<ScriptedBackend> dead = List.of(backend(), backend(), backend(), backend(), backend());
        dead.forEach(ScriptedBackend::close);
        start(Configs.of(dead.stream().mapToInt(ScriptedBackend::port).toArray()).outlier(null));
        try (LogCapture failures = LogCapture.of("lb.observe.FailureLog")) {
            assertThat(exchange(get("/")).status()).isEqualTo(502);
            Awaitility.await().until(() -> !failures.lines().isEmpty());
            assertThat(failures.lines().get(0))
                    .contains("; not tried again: 4 backends could not be connected to; attempts 4, ");
        }
    }

    @Test void everySecondRequestMeetsTheOneOfTwoThatFails() {
        start(twice(WITHIN, 0));
        for (int i = 0; i < 40; i++) exchange(get("/"));
        assertThat(verdicts(RetryVerdict.STATUS)).isEqualTo(10);
        assertThat(verdicts(RetryVerdict.BUDGET)).isEqualTo(10);
        assertThat(backend.heads()).as("neither retries nor refused ones move the rotation").isEqualTo(20);
    }

    @Test void whatFailsToConnectCostsNothingOfTheBudget() {
        backend.stopListening();
        start(twice(WITHIN, 0));
        for (int i = 0; i < 15; i++) {
            assertThat(exchange(get("/")).status()).isEqualTo(200);
            assertThat(exchange(post("once")).status()).isEqualTo(200);
        }
        assertThat(other.heads()).isEqualTo(30);
        assertThat(verdicts(RetryVerdict.CONNECT)).isGreaterThan(10);
    }

    @Test void theAccessLogSaysWhyARequestWasTriedAgainOrNot(@TempDir Path dir) {
        other.onRequest(BUSY);
        LogFile log = new LogFile(dir.resolve("access.log"));
        start(twice(WITHIN, 0.2).accessLog(log.path()));
        exchange(post("once"));
        log.await("\"lb.attempts\":1,\"lb.retried\":null,\"lb.retry_refused\":\"not_repeatable\"");
        exchange(get("/"));
        log.await("\"lb.attempts\":2,\"lb.retried\":\"status\",\"lb.retry_refused\":\"attempts\"");
    }

    @Test void theBudgetMayForbidEveryRetryButAFew() {
        other.onRequest(BUSY);
        start(twice(WITHIN, 0));
        for (int i = 0; i < 30; i++) exchange(get("/"));
        assertThat(backend.heads() + other.heads()).isEqualTo(40);
    }
}
