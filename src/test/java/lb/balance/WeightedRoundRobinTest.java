package lb.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.PoolFixture;
import lb.pool.Picker;
import org.junit.jupiter.api.Test;

final class WeightedRoundRobinTest extends RotationContract {
    @Override Balancer balancer(int firstTurn) {
        return new WeightedRoundRobin(firstTurn);
    }

    @Override int parts(Backend backend) {
        return backend.weight();
    }

    @Override double tolerance(int picks, double share) {
        return 4;
    }

    @Test void givesOneInItsSlowStartATenthOfItsWeight() {
        Backend b = backend("b", 2);
        PoolFixture.startSlowly(b);
        String picks = picks(21, balancer(0).over(List.of(backend("a", 4), b)));
        assertThat(picks.chars().filter(each -> each == 'b')).hasSize(1);
    }

    @Test void mixesLikeNginx() {
        var picker = balancer(0).over(List.of(backend("a", 5), backend("b", 1), backend("c", 1)));
        assertThat(picks(14, picker)).isEqualTo("aabacaaaabacaa");
    }

    @Test void mixesThreeAndOneAndTwo() {
        var picker = balancer(0).over(List.of(backend("a", 3), backend("b", 1), backend("c", 2)));
        assertThat(picks(6, picker)).isEqualTo("acabca");
    }

    @Test void rotatesExactlyWhenTheWeightsAreEqual() {
        var picker = balancer(0).over(List.of(backend("a", 200), backend("b", 200), backend("c", 200)));
        assertThat(picks(7, picker)).isEqualTo("abcabca");
    }

    @Test void dividesTheWeightsByTheirGreatestCommonDivisor() {
        var picker = (Ring) balancer(0).over(List.of(backend("a", 200), backend("b", 100)));
        assertThat(picker.places()).hasSize(3);
        assertThat(picks(6, picker)).isEqualTo("abaaba");
    }

    @Test void givesTheExactShareOverOnePeriodOfTenThousand() {
        List<Backend> backends = mixed(10_000);
        Picker picker = balancer(0).over(backends);
        assertThat(picker).isInstanceOf(Stride.class);
        int period = backends.stream().mapToInt(Backend::weight).sum();
        Map<Backend, Integer> counts = new HashMap<>();
        for (int i = 0; i < period; i++) counts.merge(picker.pick(i), 1, Integer::sum);
        for (Backend backend : backends) assertThat(counts.get(backend)).isEqualTo(backend.weight());
    }

    @Test void givesTheHeaviestItsTurnsEvenlySpreadAmongTenThousand() {
        List<Backend> backends = mixed(10_000);
        Backend heaviest = backends.stream().max((a, b) -> Integer.compare(a.weight(), b.weight())).orElseThrow();
        Picker picker = balancer(0).over(backends);
        double usual = backends.stream().mapToDouble(this::parts).sum() / heaviest.weight();
        int last = -1;
        for (int i = 0; i < 500_000; i++) {
            if (picker.pick(i) != heaviest) continue;
            if (last >= 0) assertThat(i - last).isBetween((int) (usual / 3), (int) (usual * 1.6));
            last = i;
        }
        assertThat(last).isPositive();
    }

    @Test void buildsTenThousandInMuchLessThanATenthOfASecond() {
        List<Backend> backends = mixed(10_000);
        assertThat(fastestOfFive(backends)).isLessThan(Duration.ofMillis(30));
    }

    @Test void buildsTheLargestScheduleInMuchLessThanATenthOfASecond() {
        List<Backend> backends = mixed(127);
        assertThat(balancer(0).over(backends)).isInstanceOf(Ring.class);
        assertThat(fastestOfFive(backends)).isLessThan(Duration.ofMillis(50));
    }

    private Duration fastestOfFive(List<Backend> backends) {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            balancer(0).over(backends);
            took.add(System.nanoTime() - start);
        }
        return Duration.ofNanos(took.stream().min(Long::compare).orElseThrow());
    }
}
