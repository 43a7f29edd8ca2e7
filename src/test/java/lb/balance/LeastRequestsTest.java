package lb.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Picker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LeastRequestsTest extends BalancerContract {
    @Override Balancer balancer(int start) {
        return new LeastRequests(random(start));
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

    private static Backend busy(String id, int weight, int inFlight) {
        Backend backend = backend(id, weight);
        for (int i = 0; i < inFlight; i++) backend.begin();
        return backend;
    }

    private String picked(Backend... backends) {
        return picks(50, balancer(1).over(List.of(backends)));
    }

    @Test void picksTheLeastBusyOfUpToFour() {
        assertThat(picked(busy("a", 1, 3), busy("b", 1, 1), busy("c", 1, 2), busy("d", 1, 3)))
                .isEqualTo("b".repeat(50));
    }

    @Test void measuresByWeight() {
        assertThat(picked(busy("a", 4, 6), busy("b", 1, 2))).isEqualTo("a".repeat(50));
        assertThat(picked(busy("a", 4, 8), busy("b", 1, 1))).isEqualTo("b".repeat(50));
    }

    @Test void spreadsOverEqualsThatAreBusy() {
        assertThat(picked(busy("a", 1, 2), busy("b", 1, 2), busy("c", 1, 2), busy("d", 1, 9))).contains("a", "b", "c")
                .doesNotContain("d");
    }

    /** It may win only where it is drawn against nobody else, which never happens. */
    @Test void neverPicksTheBusiestOfMany() {
        List<Backend> backends = new ArrayList<>();
        for (int i = 0; i < 9; i++) backends.add(busy("b" + i, 1, 5));
        Backend busiest = busy("x", 1, 6);
        backends.add(busiest);
        Picker picker = balancer(1).over(backends);
        for (int i = 0; i < 20_000; i++) assertThat(picker.pick(0)).isNotSameAs(busiest);
    }

    @ParameterizedTest @ValueSource(ints = {3, 100})
    void keepsInFlightByWeightEvenWhenNothingEnds(int count) {
        List<Backend> backends = new ArrayList<>();
        for (int i = 0; i < count; i++) backends.add(backend("b" + i, 1 + i % 3));
        Picker picker = balancer(1).over(backends);
        for (int i = 0; i < 100 * count; i++) picker.pick(0).begin();
        // 50 for each part of a weight; a third, fifth… of a request cannot be given
        for (Backend backend : backends) {
            assertThat((double) backend.inFlight() / backend.weight()).isBetween(46.0, 54.0);
        }
    }

    @Test void drawsTheSecondFromAllOthersAlike() {
        Set<Integer> drawn = new HashSet<>();
        for (int i = 0; i < 5; i++) drawn.add(LeastRequests.another(2, 6, (long) i * 0x3333_3334L + 1 << 32));
        assertThat(drawn).containsExactlyInAnyOrder(0, 1, 3, 4, 5);
    }
}
