package lb.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import lb.config.HashSource;
import lb.config.route.RateLimitConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTableTest {
    private long nanos = -5;

    @Test void grantsABurstAndThenAtItsPace() {
        RateLimitTable table = table(10, Duration.ofSeconds(1), 3, 1000);
        assertThat(waits(table, 1, 5)).containsExactly(0L, 0L, 0L, 100L, 100L);
        advance(99);
        assertThat(waits(table, 1, 1)).containsExactly(1L);
        advance(1);
        assertThat(waits(table, 1, 2)).containsExactly(0L, 100L);
        advance(50);
        assertThat(waits(table, 1, 1)).containsExactly(50L);
        advance(10_000);
        assertThat(waits(table, 1, 4)).containsExactly(0L, 0L, 0L, 100L);
    }

    @Test void tellsWhatIsLeftWithoutTakingIt() {
        RateLimitTable table = table(10, Duration.ofSeconds(1), 3, 1000);
        assertThat(left(table, 1)).isEqualTo(3);
        assertThat(table.untilWhole(1)).isZero();
        table.take(1);
        assertThat(left(table, 1)).isEqualTo(2);
        assertThat(millis(table.untilWhole(1))).isEqualTo(100);
        table.take(1);
        table.take(1);
        table.take(1);
        assertThat(left(table, 1)).isZero();
        advance(150);
        assertThat(left(table, 1)).isEqualTo(1);
        advance(1000);
        assertThat(left(table, 1)).isEqualTo(3);
    }

    @Test void keepsKeysApartWhateverTheyAre() {
        RateLimitTable table = table(1, Duration.ofHours(1), 1, 1000);
        for (long key : new long[] {0, 1, -1, Long.MIN_VALUE}) {
            assertThat(table.take(key)).isZero();
            assertThat(table.take(key)).isPositive();
        }
    }

    @Test void bearsTheLargestAndTheSmallestSettings() {
        RateLimitTable slow = table(1, Duration.ofHours(1), RateLimitConfig.MOST, 1000);
        for (int i = 0; i < RateLimitConfig.MOST; i++) assertThat(slow.take(7)).isZero();
        assertThat(slow.take(7)).isEqualTo(Duration.ofHours(1).toNanos());
        RateLimitTable fast = table(RateLimitConfig.MOST, Duration.ofSeconds(1), 1, 1000);
        assertThat(fast.take(7)).isZero();
        assertThat(fast.take(7)).isEqualTo(1000);
    }

    @Test void remembersAsManyKeysAsItShould() {
        RateLimitTable table = table(1, Duration.ofHours(1), 1, 100_000);
        SplittableRandom random = new SplittableRandom(1);
        long[] keys = random.longs(50_000).toArray();
        for (long key : keys) table.take(key);
        long forgotten = 0;
        for (long key : keys) {
            if (table.take(key) == 0) forgotten++;
        }
        // half full, a set of eight overflows now and then: sum of Poisson(4) beyond 8 is about 0.7 % of the keys
        assertThat(forgotten).isLessThan(keys.length / 50);
    }

    @Test void doesNotGrowHoweverManyKeysCome() {
        RateLimitTable table = table(1, Duration.ofHours(1), 1, 1000);
        for (long key = 0; key < 100_000; key++) assertThat(table.take(key)).isZero();
        assertThat(table.size()).isEqualTo(2 * 1000);
    }

    /** Ten thousand routes may have a limit each, and most of them meet few clients. */
    @Test void takesHardlyAnyMemoryForFewKeys() {
        RateLimitTable table = table(1, Duration.ofHours(1), 1, RateLimitConfig.DEFAULT_KEYS);
        assertThat(table.untilWhole(7)).isZero();
        assertThat(table.size()).isZero();
        for (long key = 0; key < 10; key++) table.take(key);
        assertThat(table.size()).isLessThanOrEqualTo(10 * 16);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 125, 12_500, 1_250_000})
    void hasAPlaceForEachSet(int sets) {
        RateLimitSets all = new RateLimitSets(sets, 16);
        for (int set : new int[] {0, sets / 2, sets - 1}) {
            AtomicLongArray made = all.of(set);
            assertThat(all.find(set)).isSameAs(made).isSameAs(all.of(set));
        }
        assertThat(all.size()).isEqualTo(16 * Math.min(3, sets));
    }

    /** The one who used most of its share is the last to be forgotten, so that a flood of others does not free it. */
    @Test void forgetsThoseFirstWhoUsedLeast() {
        RateLimitTable table = table(1, Duration.ofHours(1), 10, 1000);
        for (int i = 0; i < 10; i++) table.take(42);
        assertThat(table.take(42)).isPositive();
        for (long key = 1000; key < 200_000; key++) table.take(key);
        assertThat(table.take(42)).isPositive();
    }

    @Test void grantsExactlyTheBurstToManyThreadsAtOnce() throws Exception {
        RateLimitTable table = table(1, Duration.ofHours(1), 1000, 1000);
        assertThat(table.take(5)).isZero();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> takers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                takers.add(() -> {
                    int granted = 0;
                    for (int take = 0; take < 1000; take++) {
                        if (table.take(5) == 0) granted++;
                    }
                    return granted;
                });
            }
            int granted = 1;
            for (Future<Integer> each : threads.invokeAll(takers, 10, TimeUnit.SECONDS)) granted += each.get();
            assertThat(granted).isEqualTo(1000);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test void endsEveryRequestThoughThreadsFightForThePlacesOfASmallTable() throws Exception {
        RateLimitTable table = table(1, Duration.ofHours(1), 1, 1000);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> takers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                long first = i * 1_000_000L;
                takers.add(() -> {
                    int granted = 0;
                    for (long key = first; key < first + 50_000; key++) {
                        if (table.take(key) == 0) granted++;
                    }
                    return granted;
                });
            }
            int granted = 0;
            for (Future<Integer> each : threads.invokeAll(takers, 10, TimeUnit.SECONDS)) granted += each.get();
            // a newcomer may meet the time of the one before it, in the moment in which a place changes hands
            assertThat(granted).isBetween(200_000 * 99 / 100, 200_000);
        } finally {
            threads.shutdownNow();
        }
    }

    private RateLimitTable table(int requests, Duration period, int burst, int keys) {
        return new RateLimitTable(new RateLimitConfig(HashSource.parse("clientIp"), requests, period, burst, keys),
                () -> nanos);
    }

    private void advance(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static List<Long> waits(RateLimitTable table, long key, int times) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < times; i++) waits.add(millis(table.take(key)));
        return waits;
    }

    private static long left(RateLimitTable table, long key) {
        return table.left(table.untilWhole(key));
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
