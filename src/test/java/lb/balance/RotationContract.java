package lb.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Picker;
import org.junit.jupiter.api.Test;

/** What balancers that take turns keep besides: the turn goes on, past overflow and from one picker to the next. */
abstract class RotationContract extends BalancerContract {
    @Test void goesOnPickingWhenTheCounterPassesItsSign() {
        assertPicksOn(balancer(Integer.MAX_VALUE - 500));
    }

    @Test void goesOnPickingWhenTheCounterStartsAgainAtZero() {
        assertPicksOn(balancer(-500));
    }

    private void assertPicksOn(Balancer balancer) {
        List<Backend> backends = mixed(MIXED);
        Picker picker = balancer.over(backends);
        // the jump of the counter may cost one place in the sequence, once: twice the tolerance
        assertThat(worstDistance(backends, picker, 1_000, 1)).isLessThanOrEqualTo(2);
    }

    /** With a and b, of which a fails, retries that took turns would send every next request to a first. */
    @Test void pickingInsteadOfAnotherIsNoTurn() {
        Picker picker = balancer(0).over(List.of(backend("a", 1), backend("b", 1)));
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            ids.append(picks(1, picker));
            picker.pickInstead(0);
        }
        assertThat(ids).hasToString("abab");
    }

    @Test void doesNotBeginAgainWithTheFirstBackendWhenRebuilt() {
        Backend a = backend("a", 1);
        Backend b = backend("b", 1);
        Balancer balancer = balancer(0);
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < 4; i++) ids.append(picks(1, balancer.over(List.of(a, b))));
        assertThat(ids).hasToString("abab");
    }
}
