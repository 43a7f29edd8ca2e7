package lb.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Hash;
import lb.pool.Picker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsistentHashTest extends BalancerContract {
    private static final int CLIENTS = 50_000;

    @Override Balancer balancer(int start) {
        return new ConsistentHash();
    }

    @Override int parts(Backend backend) {
        return backend.weight();
    }

    @Override double tolerance(int picks, double share) {
        return chance(picks, share);
    }

    @Override long affinity(int client) {
        return Hash.next(client);
    }

    @Override int picksToReachAll(int parts) {
        return 15 * parts;
    }

    private static List<Backend> equal(int count) {
        List<Backend> backends = new ArrayList<>();
        for (int i = 0; i < count; i++) backends.add(backend("10.0." + i / 250 + "." + i % 250 + ":8080", 1));
        return backends;
    }

    private Picker over(List<Backend> backends) {
        return balancer(0).over(backends);
    }

    private static List<Backend> without(Backend gone, List<Backend> backends) {
        List<Backend> others = new ArrayList<>(backends);
        others.remove(gone);
        return others;
    }

    /** The share of clients that have another backend now. */
    private double moved(Picker before, Picker after) {
        int moved = 0;
        for (int i = 0; i < CLIENTS; i++) moved += before.pick(affinity(i)) == after.pick(affinity(i)) ? 0 : 1;
        return (double) moved / CLIENTS;
    }

    /** Pinned: a table that changes with a release would move every client of those who upgrade one by one. */
    @Test void givesTheSameBackendInEveryRelease() {
        StringBuilder ids = new StringBuilder();
        Picker picker = over(List.of(backend("a", 3), backend("b", 1), backend("c", 2), backend("d", 1)));
        for (int i = 0; i < 30; i++) ids.append(picker.pick(affinity(i)));
        assertThat(ids).hasToString("abbbabadccabbacccadaaacaaccdbd");
    }

    @Test void isTheSameOnEveryReplicaWhateverTheOrder() {
        List<Backend> shuffled = new ArrayList<>(mixed(100));
        Collections.shuffle(shuffled, new Random(7));
        Picker one = over(mixed(100));
        Picker other = over(shuffled);
        for (int i = 0; i < 10_000; i++) {
            assertThat(one.pick(affinity(i)).id()).isEqualTo(other.pick(affinity(i)).id());
        }
    }

    @ParameterizedTest @ValueSource(ints = {2, 3, 10, 100, 600, 1000})
    void movesHardlyAnybodyButTheClientsOfABackendThatLeaves(int count) {
        List<Backend> backends = equal(count);
        Picker all = over(backends);
        for (int i : new int[] {0, count / 2, count - 1}) {
            double moved = moved(all, over(without(backends.get(i), backends)));
            assertThat(moved).isLessThanOrEqualTo(1.0 / count + 0.01);
        }
    }

    @Test void movesHardlyAnybodyButTheClientsOfAHeavyBackendThatLeaves() {
        List<Backend> backends = mixed(20);
        double all = backends.stream().mapToInt(Backend::weight).sum();
        Picker before = over(backends);
        for (Backend gone : backends) {
            double moved = moved(before, over(without(gone, backends)));
            assertThat(moved).isLessThanOrEqualTo(gone.weight() / all + 0.01);
        }
    }

    @Test void movesAboutTheShareThatAWeightGains() {
        List<Backend> before = List.of(backend("a", 10), backend("b", 10), backend("c", 10), backend("d", 10));
        List<Backend> after = List.of(backend("a", 10), backend("b", 10), backend("c", 10), backend("d", 20));
        Picker one = over(before);
        Picker other = over(after);
        int moved = 0;
        for (int i = 0; i < CLIENTS; i++) {
            moved += one.pick(affinity(i)).id().equals(other.pick(affinity(i)).id()) ? 0 : 1;
        }
        assertThat((double) moved / CLIENTS).isBetween(0.14, 0.18);        // from 1/4 to 2/5
    }

    @ParameterizedTest @ValueSource(ints = {3, 40, 655})
    void givesPlacesByWeightToAPlaceOrTwo(int count) {
        List<Backend> backends = mixed(count);
        double all = backends.stream().mapToInt(Backend::weight).sum();
        Map<Backend, Integer> places = new HashMap<>();
        Backend[] table = MaglevTable.of(backends);
        for (Backend backend : table) places.merge(backend, 1, Integer::sum);
        for (Backend backend : backends) {
            double share = table.length * backend.weight() / all;
            assertThat(places.get(backend)).as("%s of weight %d", backend, backend.weight())
                    .isBetween((int) (share - 2), (int) (share + 3));
        }
    }

    @Test void hasOneOfTwoSizesAndBothArePrime() {
        assertThat(MaglevTable.of(equal(655))).hasSize(MaglevTable.SMALL);
        assertThat(MaglevTable.of(equal(656))).hasSize(MaglevTable.LARGE);
        for (int size : new int[] {MaglevTable.SMALL, MaglevTable.LARGE}) {
            for (int i = 2; i * i <= size; i++) assertThat(size % i).as("%d is prime", size).isNotZero();
        }
    }

    @Test void buildsTenThousandInMuchLessThanASecond() {
        List<Backend> backends = mixed(10_000);
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            MaglevTable.of(backends);
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofMillis(500));
    }

    @Test void buildsTheTableOfATierOnceThoughAPoolAsksForAllTiersInTurn() {
        List<List<Backend>> built = new ArrayList<>();
        Balancer balancer = new ConsistentHash(backends -> {
            built.add(backends);
            return backends.toArray(Backend[]::new);
        });
        List<Backend> near = equal(3);
        List<Backend> far = List.of(backend("far", 1));
        List<Picker> inUse = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            inUse.add(balancer.over(near));
            inUse.add(balancer.over(far));
        }
        assertThat(built).containsExactly(near, far);
        inUse.add(balancer.over(near.subList(0, 2)));
        assertThat(built).containsExactly(near, far, near.subList(0, 2));
    }

    @Test void keepsAFewRequestsOfOneClientTogether() {
        Picker picker = over(equal(10));
        Backend first = picker.pick(affinity(1));
        for (int i = 0; i < 7; i++) first.begin();
        assertThat(picker.pick(affinity(1))).isSameAs(first);
    }

    @ParameterizedTest @ValueSource(ints = {2, 10, 100, 1000})
    void givesNobodyMuchMoreThanItsShareWhenEverybodyWantsOneKey(int count) {
        List<Backend> backends = equal(count);
        Picker picker = over(backends);
        int requests = 40 * count;
        for (int i = 0; i < requests; i++) picker.pick(affinity(i % 3 == 0 ? i : 1)).begin();
        int most = backends.stream().mapToInt(Backend::inFlight).max().orElseThrow();
        // 1.25 × 40, one that comes to it, and what may have come since they were counted
        assertThat(most).isLessThanOrEqualTo(52);
    }

    @Test void boundsByWeight() {
        List<Backend> backends = List.of(backend("a", 30), backend("b", 10), backend("c", 20));
        Picker picker = over(backends);
        for (int i = 0; i < 600; i++) picker.pick(affinity(1)).begin();
        for (Backend backend : backends) {
            assertThat(backend.inFlight()).isLessThanOrEqualTo((int) (1.25 * 10 * backend.weight()) + 2);
        }
    }

    @Test void sendsAClientThatIsPassedOnToItsOwnSecondBackend() {
        List<Backend> backends = equal(10);
        Picker picker = over(backends);
        Backend busy = picker.pick(affinity(1));
        for (int i = 0; i < 100; i++) busy.begin();
        Map<Backend, Integer> seconds = new HashMap<>();
        Picker idle = over(equal(10));
        for (int i = 0; i < 5_000; i++) {
            Backend second = picker.pick(affinity(i));
            assertThat(second).isNotSameAs(busy).isSameAs(picker.pick(affinity(i)));
            if (idle.pick(affinity(i)).id().equals(busy.id())) seconds.merge(second, 1, Integer::sum);
        }
        assertThat(seconds.values()).as("about 500 over 9").hasSize(9)
                .allSatisfy(clients -> assertThat(clients).isBetween(25, 100));
    }
}
