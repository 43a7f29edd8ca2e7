package lb.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Nobody can build a config that is wrong, in whatever way it comes about. */
class RecordsTest {
    private static final BackendConfig A = BackendConfig.at(BackendAddress.parse("http://a"));

    @Test void refuseWhatIsOutOfRange() {
        Duration second = Duration.ofSeconds(1);
        refused("weight: 257", () -> new BackendConfig("a", "a", 80, 257, BackendConfig.State.READY));
        refused("port: 0", () -> new BackendConfig("a", "a", 0, 1, BackendConfig.State.READY));
        refused("host: \"a b\"", () -> new BackendConfig("a", "a b", 80, 1, BackendConfig.State.READY));
        refused("id: \"\"", () -> new BackendConfig("", "a", 80, 1, BackendConfig.State.READY));
        refused("attempts: 0", () -> new RetryConfig(0, true, true));
        refused("statuses: 404", () -> new RetryConfig(1, true, true, true, Set.of(404), second, 0.2));
        refused("budget: 1.5", () -> new RetryConfig(1, true, true, true, Set.of(), second, 1.5));
        refused("queue: -1", () -> new ConnectionsConfig(0, second, 1, -1, second));
        refused("maxIdle: -1", () -> new ConnectionsConfig(0, second, -1));
        refused("body: -1", () -> Limits.DEFAULT.withBody(-1));
        refused("bodyRate: -1", () -> new Limits(1024, 1, 1024, 0, -1, 0, 0));
        refused("connectionsPerClient: -1", () -> new Limits(1024, 1, 1024, 0, 0, 0, -1));
        refused("timeout: PT2S", () -> new HealthConfig(null, StatusRanges.DEFAULT, second, second.plus(second), 1, 1));
        refused("path: \"x\"", () -> new HealthConfig("x", StatusRanges.DEFAULT, second, second, 1, 1));
        refused("sample: NaN", () -> new AccessLogConfig(AccessLogConfig.Format.JSON, "stdout", Double.NaN, Set.of()));
        refused("listen: 0.0.0.0:1", () -> new AdminConfig(ListenAddress.every(1)));
        refused("consecutiveFailures: 0", () -> outlier(0, second, 0.5, Set.of(OutlierConfig.On.RESET)));
        refused("eject: PT2S", () -> outlier(1, second.plus(second), 0.5, Set.of(OutlierConfig.On.RESET)));
        refused("maxEjected: NaN", () -> outlier(1, second, Double.NaN, Set.of(OutlierConfig.On.RESET)));
        refused("on: nothing", () -> outlier(1, second, 1, Set.of()));
        refused("below: 0.0", () -> new SuccessRateConfig(0, 1, second));
        refused("backends: none", () -> PoolConfig.of("p", List.of()));
        refused("backends: two are called a:80", () -> PoolConfig.of("p", List.of(A, A)));
    }

    @Test void refuseAListenerThatLeadsNowhere() {
        Config good = Config.of(ListenAddress.every(80), List.of(A));
        refused("listeners.http: no pool shop", () -> new Config(
                Map.of("http", new ListenerConfig("http", ListenAddress.every(80), "shop")), good.pools(),
                good.timeouts(), good.limits(), List.of(), null, null, good.log(), good.transport()));
    }

    @Test void compareByValue() {
        assertThat(Config.of(ListenAddress.every(80), List.of(A))).isEqualTo(Config.of(ListenAddress.every(80),
                List.of(BackendConfig.at(BackendAddress.parse("http://a:80")))));
    }

    /** That ejects for one second at most. */
    private static OutlierConfig outlier(int inARow, Duration eject, double maxEjected, Set<OutlierConfig.On> on) {
        return new OutlierConfig(inARow, eject, Duration.ofSeconds(1), maxEjected, on, null, true);
    }

    private static void refused(String begin, ThrowingCallable building) {
        assertThatIllegalArgumentException().isThrownBy(building).withMessageStartingWith(begin);
    }
}
