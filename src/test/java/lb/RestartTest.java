package lb;

import static org.assertj.core.api.Assertions.assertThat;

import lb.pool.Backend;
import lb.pool.Status;
import lb.testkit.ScriptedBackend;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Backends that are restarted one after the other, faster than their probes alone would notice. */
class RestartTest extends ProxyTest {
    private final ScriptedBackend other = backend();

    @Test void aRestartedBackendIsBackWithItsProbesAndSitsOutNoEjection() {
        startFile("""
                'health': { 'interval': '300ms', 'rise': 1, 'fall': 10 }, 'retry': { 'budget': '100%%' },
                'outlier': { 'eject': '1h', 'maxEject': '1h' },
                'backends': ['http://%s', 'http://%s']""".formatted(backend.id(), other.id()));
        for (ScriptedBackend restarted : new ScriptedBackend[] {backend, other, backend}) {
            Backend its = daemon().topology().pools().get("default").backends().stream()
                    .filter(each -> each.id().equals(restarted.id())).findFirst().orElseThrow();
            restarted.stopListening();
            restarted.closeConnections();
            Awaitility.await().until(() -> {
                assertThat(exchange(get("/")).status()).isEqualTo(200);
                return its.status() == Status.DOWN;
            });
            restarted.listenAgain();
            Awaitility.await().until(() -> its.status() == Status.UP);
        }
    }
}
