package lb.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import lb.config.BackendConfig;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Hash;
import lb.pool.Picker;
import lb.pool.PoolFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every balancer keeps, whatever its way of choosing. */
abstract class BalancerContract {
    static final int MIXED = 40;

    /** @param start the first turn of a rotation, the seed of what draws */
    abstract Balancer balancer(int start);

    /** What its share of the picks is relative to the other backends. */
    abstract int parts(Backend backend);

    /** How many picks a backend may be away from its share after that many. @param share 0–1 */
    abstract double tolerance(int picks, double share);

    /** The affinity of a client. */
    long affinity(int client) {
        return client;
    }

    /** Picks after which everybody was picked, where there are as many parts in all. */
    int picksToReachAll(int parts) {
        return parts;
    }

    /** What chance may do: six standard deviations, and six picks where shares are tiny. */
    static double chance(int picks, double share) {
        return 6 * Math.sqrt(picks * share) + 6;
    }

    /** Seeded; gives the same numbers in some order to whichever threads ask (SplitMix64). */
    static LongSupplier random(int seed) {
        AtomicLong state = new AtomicLong(seed);
        return () -> Hash.end(state.getAndAdd(0x9e3779b97f4a7c15L));
    }

    static Backend backend(String id, int weight) {
        return new Backend(new BackendConfig(id, "10.0.0.1", 80, weight, BackendConfig.State.READY), () -> 0);
    }

    /** Weights 1–256, always the same. */
    static List<Backend> mixed(int count) {
        List<Backend> backends = new ArrayList<>();
        for (int i = 0; i < count; i++) backends.add(backend("b" + i, 1 + (i * 97 + i / 7) % 256));
        return backends;
    }

    /** The ids of the next picks, one after the other. */
    static String picks(int count, Picker picker) {
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < count; i++) ids.append(picker.pick(i));
        return ids.toString();
    }

    /** How far the counts ever are from the shares, in tolerances. */
    double worstDistance(List<Backend> backends, Picker picker, int picks, int lookEvery) {
        Map<Backend, Integer> counts = new HashMap<>();
        double all = backends.stream().mapToInt(this::parts).sum();
        double worst = 0;
        for (int i = 1; i <= picks; i++) {
            counts.merge(picker.pick(affinity(i)), 1, Integer::sum);
            if (i % lookEvery != 0) continue;
            for (Backend backend : backends) {
                double share = parts(backend) / all;
                double away = Math.abs(counts.getOrDefault(backend, 0) - share * i);
                worst = Math.max(worst, away / tolerance(i, share));
            }
        }
        return worst;
    }

    @ParameterizedTest @ValueSource(ints = {1, 2, MIXED, 10_000})
    void picksOnlyEligibleBackendsInsteadOfOthers(int count) {
        List<Backend> backends = mixed(count);
        Picker picker = balancer(0).over(backends);
        Set<Backend> picked = new HashSet<>();
        for (int i = 0; i < 200; i++) picked.add(picker.pickInstead(affinity(i)));
        assertThat(backends).containsAll(picked);
        assertThat(picked).hasSizeGreaterThan(count / 1_000);
    }

    @Test void picksTheOnlyBackendAlways() {
        assertThat(picks(5, balancer(0).over(List.of(backend("a", 7))))).isEqualTo("aaaaa");
    }

    @ParameterizedTest @ValueSource(ints = {1, 2, 3, MIXED, 10_000})
    void picksOnlyEligibleBackendsAndReachesEveryOne(int count) {
        List<Backend> backends = new ArrayList<>();
        for (int i = 0; i < count; i++) backends.add(backend("b" + i, 1 + i % 16));
        Picker picker = balancer(0).over(backends);
        Set<Backend> picked = new HashSet<>();
        int picks = picksToReachAll(backends.stream().mapToInt(this::parts).sum());
        for (int i = 0; i < picks; i++) picked.add(picker.pick(affinity(i)));
        assertThat(picked).containsExactlyInAnyOrderElementsOf(backends);
    }

    @Test void isFairAfterAnyNumberOfPicks() {
        List<Backend> backends = mixed(MIXED);
        assertThat(worstDistance(backends, balancer(0).over(backends), 20_000, 1)).isLessThanOrEqualTo(1);
    }

    @Test void isFairAmongTenThousand() {
        List<Backend> backends = mixed(10_000);
        assertThat(worstDistance(backends, balancer(0).over(backends), 300_000, 7_919)).isLessThanOrEqualTo(1);
    }

    /** Weights are ignored by some and are equal here for all. */
    @Test void givesATenthOfItsShareToABackendThatStartsSlowly() {
        List<Backend> backends = new ArrayList<>();
        for (int i = 0; i < 10; i++) backends.add(backend("b" + i, 3));
        PoolFixture.startSlowly(backends.get(4));
        Picker picker = balancer(0).over(backends);
        int count = 0;
        for (int i = 0; i < 9_100; i++) count += picker.pick(affinity(i)) == backends.get(4) ? 1 : 0;
        assertThat(count).isBetween(70, 130);
    }

    @Test void holdsNobodyBackWhenAllStartSlowly() {
        List<Backend> backends = mixed(MIXED);
        backends.forEach(PoolFixture::startSlowly);
        assertThat(worstDistance(backends, balancer(0).over(backends), 20_000, 97)).isLessThanOrEqualTo(1);
    }

    @Test void isFairWhenSeveralThreadsPickAtOnce() throws Exception {
        List<Backend> backends = mixed(MIXED);
        Picker picker = balancer(0).over(backends);
        int each = 100_000;
        List<Callable<Map<Backend, Integer>>> picking = new ArrayList<>();
        for (int from : new int[] {0, each, 2 * each}) {
            picking.add(() -> {
                Map<Backend, Integer> counts = new HashMap<>();
                for (int i = from; i < from + each; i++) counts.merge(picker.pick(affinity(i)), 1, Integer::sum);
                return counts;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Map<Backend, Integer> all = new HashMap<>();
            for (Future<Map<Backend, Integer>> one : threads.invokeAll(picking)) {
                one.get().forEach((backend, count) -> all.merge(backend, count, Integer::sum));
            }
            double parts = backends.stream().mapToInt(this::parts).sum();
            for (Backend backend : backends) {
                double share = parts(backend) / parts;
                double away = Math.abs(all.get(backend) - 3 * each * share);
                assertThat(away).isLessThanOrEqualTo(tolerance(3 * each, share));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
