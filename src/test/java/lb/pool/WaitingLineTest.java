package lb.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class WaitingLineTest {
    private final WaitingLine line = new WaitingLine();
    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final List<String> served = new ArrayList<>();
    private final Set<String> held = new HashSet<>();
    private int slots;

    private final class Named implements WaitingLine.Waiter {
        private final String name;

        private Named(String name) {
            this.name = name;
        }

        @Override public boolean held() {
            return held.contains(name);
        }

        @Override public Executor eventLoop() {
            return loop::add;
        }

        @Override public boolean serve() {
            if (slots == 0 || held.contains(name)) return false;
            slots--;
            served.add(name);
            return true;
        }
    }

    private WaitingLine.Place join(String name) {
        return line.join(new Named(name), 100);
    }

    private void free(int count) {
        slots += count;
        line.signal();
        runLoop();
    }

    private void runLoop() {
        while (!loop.isEmpty()) loop.remove().run();
    }

    @Test void servesInTheOrderOfComing() {
        for (String name : List.of("a", "b", "c", "d")) join(name);
        runLoop();
        assertThat(served).isEmpty();
        assertThat(line.waiting()).isEqualTo(4);
        free(1);
        assertThat(served).containsExactly("a");
        free(2);
        assertThat(served).containsExactly("a", "b", "c");
        assertThat(line.waiting()).isEqualTo(1);
    }

    @Test void asksWhoJoinsAtOnceForASlotMayHaveBecomeFreeMeanwhile() {
        slots = 1;
        join("a");
        runLoop();
        assertThat(served).containsExactly("a");
    }

    @Test void turnsAwayWhoIsOneTooMany() {
        assertThat(line.join(new Named("a"), 2)).isNotNull();
        assertThat(line.join(new Named("b"), 2)).isNotNull();
        assertThat(line.join(new Named("c"), 2)).isNull();
        free(1);
        assertThat(line.join(new Named("d"), 2)).isNotNull();
        free(9);
        assertThat(served).containsExactly("a", "b", "d");
    }

    @Test void passesOverWhoHasLeft() {
        WaitingLine.Place a = join("a");
        join("b");
        WaitingLine.Place c = join("c");
        join("d");
        a.leave();
        c.leave();
        c.leave();
        assertThat(line.waiting()).isEqualTo(2);
        free(2);
        assertThat(served).containsExactly("b", "d");
        assertThat(line.waiting()).isZero();
    }

    @Test void losesNoSignalWhenTheFirstLeavesWhileItIsCalled() {
        WaitingLine.Place a = join("a");
        join("b");
        runLoop();
        slots = 1;
        line.signal();
        a.leave();
        runLoop();
        assertThat(served).containsExactly("b");
    }

    @Test void passesByThoseWhoAreHeldAndKeepsTheirPlaces() {
        held.addAll(Set.of("a", "c"));
        for (String name : List.of("a", "b", "c", "d", "e")) join(name);
        free(2);
        assertThat(served).containsExactly("b", "d");
        held.clear();
        free(3);
        assertThat(served).containsExactly("b", "d", "a", "c", "e");
        assertThat(line.places()).isZero();
    }

    @Test void goesOnBehindOneThatIsHeldOnlyWhenItIsCalled() {
        join("a");
        join("b");
        runLoop();
        slots = 1;
        line.signal();
        held.add("a");
        runLoop();
        assertThat(served).containsExactly("b");
        assertThat(line.waiting()).isEqualTo(1);
    }

    @Test void goesOnWithoutAWaiterThatFails() {
        line.join(new WaitingLine.Waiter() {
            @Override public Executor eventLoop() {
                return loop::add;
            }

            @Override public boolean serve() {
                throw new IllegalStateException("on purpose");
            }
        }, 100);
        join("b");
        free(1);
        assertThat(served).containsExactly("b");
        assertThat(line.waiting()).isZero();
    }

    @Test void goesOnWithoutAWaiterWhoseLoopHasStopped() {
        line.join(new WaitingLine.Waiter() {
            @Override public Executor eventLoop() {
                return task -> {
                    throw new RejectedExecutionException();
                };
            }

            @Override public boolean serve() {
                throw new AssertionError();
            }
        }, 100);
        join("b");
        free(1);
        assertThat(served).containsExactly("b");
        assertThat(line.waiting()).isZero();
    }

    @Test void doesNotKeepThoseWhoLeft() {
        join("first");
        for (int i = 0; i < 10_000; i++) join("" + i).leave();
        assertThat(line.places()).isLessThan(300);
    }

    /** Slots are taken, given back and waited for on four loops; whoever waits must be served, and no slot twice. */
    @Test void losesNobodyAmongThreads() throws InterruptedException {
        int waiters = 40_000;
        AtomicInteger free = new AtomicInteger(3);
        AtomicInteger overdrawn = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(waiters);
        ExecutorService[] loops = new ExecutorService[4];
        for (int i = 0; i < loops.length; i++) loops[i] = Executors.newSingleThreadExecutor();
        for (int i = 0; i < waiters; i++) {
            ExecutorService own = loops[i % loops.length];
            own.execute(() -> new Contender(own, free, overdrawn, done, loops).come());
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).as("%s were never served", done.getCount()).isTrue();
        for (ExecutorService each : loops) each.shutdown();
        for (ExecutorService each : loops) assertThat(each.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        assertThat(overdrawn).hasValue(0);
        assertThat(free).hasValue(3);
        assertThat(line.waiting()).isZero();
    }

    /** Waits for a slot, holds it for a while and gives it back on any loop; one in eight leaves before. */
    private final class Contender implements WaitingLine.Waiter {
        private final ExecutorService own;
        private final AtomicInteger free;
        private final AtomicInteger overdrawn;
        private final CountDownLatch done;
        private final ExecutorService[] loops;

        private Contender(ExecutorService own, AtomicInteger free, AtomicInteger overdrawn, CountDownLatch done,
                ExecutorService[] loops) {
            this.own = own;
            this.free = free;
            this.overdrawn = overdrawn;
            this.done = done;
            this.loops = loops;
        }

        private void come() {
            if (line.waiting() == 0 && serve()) return;
            WaitingLine.Place place = line.join(this, Integer.MAX_VALUE);
            if (ThreadLocalRandom.current().nextInt(8) == 0) {
                place.leave();
                done.countDown();
            }
        }

        @Override public Executor eventLoop() {
            return own;
        }

        @Override public boolean serve() {
            int now = free.get();
            do {
                if (now == 0) return false;
            } while (!free.compareAndSet(now, now - 1) && (now = free.get()) >= 0);
            loops[ThreadLocalRandom.current().nextInt(loops.length)].execute(() -> {
                if (free.incrementAndGet() > 3) overdrawn.incrementAndGet();
                line.signal();
                done.countDown();
            });
            return true;
        }
    }
}
