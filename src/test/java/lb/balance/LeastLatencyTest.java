package lb.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import lb.config.BackendConfig;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Picker;
import org.junit.jupiter.api.Test;

final class LeastLatencyTest extends BalancerContract {
    private long now;

    @Override Balancer balancer(int start) {
        return new LeastLatency(random(start));
    }

    @Override int parts(Backend backend) {
        return backend.weight();
    }

    @Override double tolerance(int picks, double share) {
        return chance(picks, share);
    }

    @Override int picksToReachAll(int parts) {
        return 15 * parts;
    }

    private Backend unknown(String id) {
        return new Backend(new BackendConfig(id, "10.0.0.1", 80, 1, BackendConfig.State.READY), () -> now);
    }

    private Backend known(String id, int millis) {
        Backend backend = unknown(id);
        backend.answered(200, Duration.ofMillis(millis).toNanos());
        return backend;
    }

    private static int count(Backend wanted, Picker picker, int picks) {
        int count = 0;
        for (int i = 0; i < picks; i++) count += picker.pick(0) == wanted ? 1 : 0;
        return count;
    }

    private Picker over(Backend... backends) {
        return balancer(1).over(Arrays.asList(backends));
    }

    @Test void picksWhoAnswersSooner() {
        Backend quick = known("a", 10);
        assertThat(count(quick, over(quick, known("b", 30)), 100)).isEqualTo(100);
    }

    @Test void picksTheSlowerOneOnceTheQuickOneHasAQueue() {
        Backend quick = known("a", 10);
        Backend slow = known("b", 30);
        Picker picker = over(quick, slow);
        for (int i = 0; i < 2; i++) quick.begin();
        assertThat(count(quick, picker, 10)).as("30 ms either way, less before").isBetween(0, 10);
        quick.begin();
        assertThat(count(slow, picker, 10)).isEqualTo(10);
    }

    @Test void givesANewBackendOneRequestAtATimeUntilItHasAnswered() {
        Backend fresh = unknown("new");
        Picker picker = over(known("a", 10), fresh);
        assertThat(picker.pick(0)).isSameAs(fresh);
        fresh.begin();
        assertThat(count(fresh, picker, 100)).isZero();
        fresh.end();
        fresh.answered(200, Duration.ofMillis(500).toNanos());
        assertThat(count(fresh, picker, 100)).as("it turned out to be slow").isZero();
    }

    @Test void spreadsOverANewPoolWhereNobodyHasAnsweredYet() {
        List<Backend> backends = List.of(unknown("a"), unknown("b"), unknown("c"));
        Picker picker = balancer(1).over(backends);
        for (int i = 0; i < 300; i++) picker.pick(0).begin();
        for (Backend backend : backends) assertThat(backend.inFlight()).isBetween(95, 105);
    }

    @Test void asksABackendAgainThatWasSlowOnce() {
        Backend a = known("a", 10);
        Backend slow = known("b", 10);
        slow.answered(200, Duration.ofSeconds(1).toNanos());
        Picker picker = over(a, slow);
        Duration waited = Duration.ZERO;
        while (picker.pick(0) != slow) {
            now += Duration.ofMillis(100).toNanos();
            waited = waited.plusMillis(100);
            a.answered(200, Duration.ofMillis(10).toNanos());
        }
        // from 1 s to 10 ms takes ln 100 time constants of 10 s
        assertThat(waited).isBetween(Duration.ofSeconds(44), Duration.ofSeconds(48));
    }

    @Test void isNotDrawnToABackendThatFailsFast() {
        Backend failing = known("b", 50);
        Backend good = known("a", 40);
        Picker picker = over(good, failing);
        for (int i = 0; i < 1000; i++) {
            now += Duration.ofMillis(50).toNanos();
            good.answered(200, Duration.ofMillis(40).toNanos());
            failing.answered(503, Duration.ofMillis(1).toNanos());
            assertThat(picker.pick(0)).isSameAs(good);
        }
    }
}
