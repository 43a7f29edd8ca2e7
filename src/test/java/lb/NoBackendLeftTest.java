package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import lb.config.HealthConfig;
import lb.config.WhenNoneEligible;
import lb.testkit.Configs;
import lb.testkit.LogCapture;
import lb.testkit.Message;
import lb.testkit.ScriptedBackend;
import org.junit.jupiter.api.Test;

/** All backends of a pool are down, and come back. */
class NoBackendLeftTest extends ProxyTest {
    private final ScriptedBackend other = backend();
    private final LogCapture log = open(LogCapture.of("lb.pool"));

    /** Probes as by default: every five seconds, two passes in a row. */
    private Configs probed() {
        return Configs.of(backend.port(), other.port()).health(HealthConfig.DEFAULT).slowStart(Duration.ofSeconds(10));
    }

    private List<String> lines(String part) {
        return log.lines().stream().filter(line -> line.contains(part)).toList();
    }

    private void goneFromTheStart() {
        backend.stopListening();
        other.stopListening();
    }

    @Test void requestsAreRefusedAtOnceAndToldWhenToComeBack() {
        goneFromTheStart();
        start(probed());
        await().until(() -> lines("UP -> DOWN").size() == 2);
        long begun = System.nanoTime();
        Message refused = exchange(get("/"));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(500));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.value("Retry-After")).isEqualTo("1");
        assertThat(refused.text()).contains("pool.no_backend");
    }

    @Test void thePoolIsBackWithinAboutASecondAfterABackendIs() {
        goneFromTheStart();
        start(probed());
        await().until(() -> lines("UP -> DOWN").size() == 2);
        backend.listenAgain();
        long begun = System.nanoTime();
        await().pollInterval(Duration.ofMillis(10)).until(() -> exchange(get("/")).status() == 200);
        // two gaps of 550 ms at most, and time for a busy machine
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1_500));
        for (int i = 0; i < 20; i++) {
            assertThat(exchange(get("/")).status()).as("in its slow start, but alone").isEqualTo(200);
        }
    }

    @Test void allAreUsedWhenTheConfigSaysSo() {
        goneFromTheStart();
        start(probed().whenNoneEligible(WhenNoneEligible.USE_ALL));
        await().until(() -> lines("using all 2").size() == 1);
        assertThat(exchange(get("/")).status()).as("tried, and refused there").isEqualTo(502);
        backend.listenAgain();
        assertThat(exchange(get("/")).status()).as("before any probe has passed").isEqualTo(200);
        await().until(() -> lines("using the eligible ones only again: 1 of 2").size() == 1);
    }
}
