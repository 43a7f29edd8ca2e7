package lb.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import lb.pool.Hash;
import org.junit.jupiter.api.Test;

class LearnedTableTest {
    private static final int TTL = 100;
    private static final int SETS = LearnedTable.SLOTS / LearnedTable.WAYS;

    private final LearnedTable table = new LearnedTable();

    private long peek(long value, int now) {
        return table.peek(value, now, TTL);
    }

    @Test void knowsWhatItLearnedLast() {
        assertThat(peek(7, 0)).isEqualTo(LearnedTable.NONE);
        table.learn(7, 1, 0);
        table.learn(8, 2, 0);
        assertThat(peek(7, 0)).isEqualTo(1);
        table.learn(7, 3, 0);
        assertThat(peek(7, 0)).isEqualTo(3);
        assertThat(peek(8, 0)).isEqualTo(2);
        assertThat(table.size()).isEqualTo(2);
    }

    @Test void forgetsAfterItsTtlWithoutARequest() {
        table.learn(7, 1, 0);
        table.learn(8, 1, 0);
        assertThat(table.used(7, TTL, TTL)).isEqualTo(1);
        assertThat(peek(8, TTL)).isEqualTo(1);
        assertThat(peek(8, TTL + 1)).isEqualTo(LearnedTable.NONE);
        assertThat(peek(7, 2 * TTL)).isEqualTo(1);
        assertThat(peek(7, 2 * TTL + 1)).isEqualTo(LearnedTable.NONE);
        table.learn(7, 1, 2 * TTL + 1);
        assertThat(peek(7, 2 * TTL + 1)).isEqualTo(1);
    }

    @Test void outlivesAClockThatOverflows() {
        table.learn(7, 1, Integer.MAX_VALUE);
        assertThat(table.used(7, Integer.MIN_VALUE + TTL - 1, TTL)).isEqualTo(1);
        assertThat(peek(7, Integer.MIN_VALUE + 2 * TTL)).isEqualTo(LearnedTable.NONE);
    }

    @Test void givesThePlaceOfTheOneLongestWithoutARequestAway() {
        long[] sameSet = new long[LearnedTable.WAYS + 1];
        for (int i = 0; i < sameSet.length; i++) sameSet[i] = 5 + (long) i * SETS;
        for (int i = 0; i < LearnedTable.WAYS; i++) table.learn(sameSet[i], 1, i);
        table.used(sameSet[0], 20, TTL);
        table.learn(sameSet[LearnedTable.WAYS], 2, 21);
        assertThat(peek(sameSet[1], 21)).isEqualTo(LearnedTable.NONE);
        for (int i = 2; i < LearnedTable.WAYS; i++) assertThat(peek(sameSet[i], 21)).isEqualTo(1);
        assertThat(peek(sameSet[0], 21)).isEqualTo(1);
        assertThat(peek(sameSet[LearnedTable.WAYS], 21)).isEqualTo(2);
    }

    @Test void aSessionThatCameBackOutlastsMoreNewOnesThanItsSetHolds() {
        table.learn(5, 1, 0);
        table.used(5, 1, TTL);
        for (int i = 1; i <= 40; i++) table.learn(5 + (long) i * SETS, 2, i);
        assertThat(peek(5, 40)).isEqualTo(1);
        assertThat(peek(5 + 40L * SETS, 40)).as("the newest").isEqualTo(2);
        for (int i = 41; i <= 80; i++) table.learn(5 + (long) i * SETS, 2, i);
        assertThat(peek(5, 80)).as("but not for ever").isEqualTo(LearnedTable.NONE);
    }

    @Test void aFloodWithinASecondTakesNothingFromWhoIsThere() {
        for (int i = 0; i < LearnedTable.WAYS - 1; i++) table.learn(5 + (long) i * SETS, 1, 0);
        for (int i = 0; i < LearnedTable.WAYS - 1; i++) table.used(5 + (long) i * SETS, 5, TTL);
        for (int i = 0; i < 1000; i++) table.learn(5 + (long) (100 + i) * SETS, 2, 10);
        for (int i = 0; i < LearnedTable.WAYS - 1; i++) assertThat(peek(5 + (long) i * SETS, 10)).isEqualTo(1);
    }

    /** At the root, "learn" is for all pools, of which there may be thousands. */
    @Test void takesNoMemoryBeforeItLearns() {
        assertThat(peek(7, 0)).isEqualTo(LearnedTable.NONE);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long found = new LearnedTable().used(7, 0, TTL);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(LearnedTable.SLOTS);
        assertThat(found).isEqualTo(LearnedTable.NONE);
    }

    @Test void isBoundedAndKeepsTheNewest() {
        int many = 3 * LearnedTable.SLOTS;
        for (int i = 0; i < many; i++) table.learn(Hash.end(i), 1, i / 1000);
        assertThat(table.size()).isBetween(LearnedTable.SLOTS * 99 / 100, LearnedTable.SLOTS);
        int newest = 0;
        for (int i = many - LearnedTable.SLOTS / 2; i < many; i++) {
            if (table.peek(Hash.end(i), many / 1000, many) == 1) newest++;
        }
        assertThat(newest).isGreaterThan(LearnedTable.SLOTS / 2 * 97 / 100);
    }

    /** A value's backend is a function of the value, so a torn entry would show. */
    @Test void tearsNothingWhenManyLearnAtOnce() throws Exception {
        int threads = 4;
        int rounds = 300_000;
        int values = LearnedTable.WAYS * 3;
        ExecutorService loops = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int seed = t;
                results.add(loops.submit(() -> hits(seed, rounds, values)));
            }
            for (Future<Integer> each : results) assertThat(each.get(30, TimeUnit.SECONDS)).isPositive();
        } finally {
            loops.shutdownNow();
        }
        assertThat(table.size()).isLessThanOrEqualTo(LearnedTable.WAYS);
    }

    private int hits(int seed, int rounds, int values) {
        int hits = 0;
        for (int i = 0; i < rounds; i++) {
            long random = Hash.end((long) seed << 32 | i);
            long value = 1 + Long.remainderUnsigned(random, values) * SETS;
            if (random < 0) {
                table.learn(value, ~value, i / 1000);
                continue;
            }
            long found = table.used(value, i / 1000, rounds);
            if (found == LearnedTable.NONE) continue;
            if (found != ~value) throw new AssertionError(value + " got " + found);
            hits++;
        }
        return hits;
    }
}
