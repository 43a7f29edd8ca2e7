package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import lb.config.BackendConfig;
import lb.config.RetryConfig;
import lb.testkit.BlackHole;
import lb.testkit.Configs;
import lb.testkit.Message;
import lb.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** Backends that cannot be reached. */
class ConnectFailureTest extends ProxyTest {
    @Test void anotherBackendTakesOver() {
        start(Configs.of(refusing(), backend.port()));
        RawClient client = client();
        for (int i = 0; i < 6; i++) assertThat(client.send(post("x")).readResponse().text()).isEqualTo("ok");
        assertThat(backend.requests()).hasSize(6).extracting(Message::text).containsOnly("x");
    }

    @Test void allRefusingIsA502() {
        start(Configs.of(refusing(), refusing()));
        assertFailed(502, "connect.refused");
    }

    @Test void withoutRetriesOneRefusalIsEnough() {
        start(Configs.of(refusing()).backend(backend.port(), 0).retry(RetryConfig.NEVER));
        assertFailed(502, "connect.refused");
    }

    @Test void theClientKeepsItsConnection() {
        start(Configs.of(backend.port()));
        backend.stopListening();
        RawClient client = client();
        assertThat(client.send(get("/")).readResponse().status()).isEqualTo(502);
        backend.listenAgain();
        assertThat(client.send(get("/")).readResponse().status()).isEqualTo(200);
    }

    @Test void aConnectThatTakesTooLongIsA504() {
        start(Configs.of(open(new BlackHole()).port()).connect(Duration.ofMillis(200)).retry(RetryConfig.NEVER));
        assertFailed(504, "connect.timeout");
    }

    @Test void anotherBackendTakesOverFromOneThatTakesTooLong() {
        start(Configs.of(open(new BlackHole()).port(), backend.port()).connect(Duration.ofMillis(200)));
        RawClient client = client();
        for (int i = 0; i < 2; i++) assertThat(client.send(get("/")).readResponse().text()).isEqualTo("ok");
    }

    @Test void noBackendToPickIsA503() {
        start(Configs.of().backend(backend.port(), 1, BackendConfig.State.DRAIN));
        assertFailed(503, "pool.no_backend");
        assertThat(backend.connections()).isZero();
    }

    private int refusing() {
        var refusing = backend();
        refusing.stopListening();
        return refusing.port();
    }

    private void assertFailed(int status, String cause) {
        Message response = exchange(get("/"));
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.text()).contains(cause);
    }
}
