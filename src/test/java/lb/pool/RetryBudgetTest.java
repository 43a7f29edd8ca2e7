package lb.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RetryBudgetTest {
    private final AtomicLong requests = new AtomicLong();
    private final RetryBudget budget = new RetryBudget(requests::get);

    @BeforeEach void aFifth() {
        budget.share(0.2);
    }

    @Test void allowsAFewWithoutAnyRequest() {
        assertThat(takeAll()).isEqualTo(10);
    }

    @Test void allowsAShareOnTop() {
        requests.set(1000);
        assertThat(takeAll()).isEqualTo(210);
        requests.addAndGet(50);
        assertThat(takeAll()).as("of what came since").isEqualTo(10);
    }

    @Test void allowsTheFewOnlyWhereTheShareIsNothing() {
        budget.share(0);
        requests.set(1000);
        assertThat(takeAll()).isEqualTo(10);
    }

    @Test void forgetsWhatWasTenSecondsAgo() {
        requests.set(100);
        assertThat(takeAll()).isEqualTo(30);
        for (int second = 0; second < 10; second++) {
            budget.sample();
            assertThat(takeAll()).as("after %s s", second + 1).isZero();
        }
        budget.sample();
        assertThat(takeAll()).as("the window has moved past them").isEqualTo(10);
    }

    /** The most that a pool in trouble gets on top, over any time. */
    @Test void isKeptInEveryWindow() {
        int[] taken = new int[60];
        for (int second = 0; second < taken.length; second++) {
            requests.addAndGet(100);
            taken[second] = takeAll();
            budget.sample();
        }
        for (int from = 0; from + 10 <= taken.length; from++) {
            int sum = 0;
            for (int i = from; i < from + 10; i++) sum += taken[i];
            assertThat(sum).isBetween(180, 10 + 20 * 11);
        }
    }

    @Test void isNeverOverdrawnByThreadsAtOnce() throws InterruptedException {
        requests.set(10_000);
        AtomicInteger taken = new AtomicInteger();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                while (budget.take()) taken.incrementAndGet();
            });
            threads[i].start();
        }
        for (Thread each : threads) each.join();
        assertThat(taken).hasValue(2010);
    }

    private int takeAll() {
        int taken = 0;
        while (budget.take()) taken++;
        return taken;
    }
}
