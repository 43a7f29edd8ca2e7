package lb.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TICK = 50 * MILLI;

    private final Loop loop = new Loop(7 * TICK + 13 * MILLI);
    private final Deadlines deadlines = new Deadlines(() -> loop.now, loop::after);

    /** An event loop whose time passes when a test says so. */
    private static final class Loop {
        private record Task(long at, long order, Runnable run) {}

        private final PriorityQueue<Task> tasks =
                new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
        private long now;
        private long order;

        Loop(long now) {
            this.now = now;
        }

        void after(long nanos, Runnable task) {
            assertThat(nanos).as("a delay is never negative").isNotNegative();
            tasks.add(new Task(now + nanos, order++, task));
        }

        void pass(long nanos) {
            long end = now + nanos;
            while (!tasks.isEmpty() && tasks.peek().at <= end) {
                Task next = tasks.poll();
                now = Math.max(now, next.at);
                next.run.run();
            }
            now = Math.max(now, end);
        }

        /** Time passes, but the loop does not get to its tasks. */
        void block(long nanos) {
            now += nanos;
            pass(0);
        }
    }

    private class Noted extends Deadlines.Deadline {
        final List<Long> expiries = new ArrayList<>();

        @Override protected void expired() {
            expiries.add(loop.now);
        }

        void assertExpiredOnceAt(long due) {
            assertThat(expiries).hasSize(1);
            assertThat(expiries.get(0) - due).as("nanoseconds late").isBetween(0L, TICK);
        }
    }

    @Test void isNeverEarlyAndLateByATickAtMost() {
        for (long phase = 0; phase < 50; phase += 7) {
            for (long nanos : new long[] {0, 1, MILLI, 36 * MILLI, 37 * MILLI, 38 * MILLI, 49 * MILLI, TICK - 1, TICK,
                    TICK + 1, 99 * MILLI, 123 * MILLI, 1000 * MILLI, 51_000 * MILLI}) {
                loop.pass(phase * MILLI);
                Noted noted = new Noted();
                long due = loop.now + nanos;
                deadlines.arm(noted, nanos);
                loop.pass(nanos + 2 * TICK);
                noted.assertExpiredOnceAt(due);
            }
        }
    }

    @Test void aDeadlineArmedWhileTheWheelTurnsIsNotLaterThanATick() {
        Noted first = new Noted();
        deadlines.arm(first, 10_000 * MILLI);
        for (int i = 0; i < 200; i++) {
            loop.pass(17 * MILLI);
            Noted noted = new Noted();
            long due = loop.now + i * MILLI;
            deadlines.arm(noted, i * MILLI);
            loop.pass(i * MILLI + TICK);
            noted.assertExpiredOnceAt(due);
        }
    }

    @Test void aProlongedDeadlineExpiresOnceAtItsLastTime() {
        Noted noted = new Noted();
        deadlines.arm(noted, 100 * MILLI);
        for (int i = 0; i < 50; i++) {
            loop.pass(60 * MILLI);
            deadlines.arm(noted, 100 * MILLI);
        }
        assertThat(noted.expiries).isEmpty();
        long due = loop.now + 100 * MILLI;
        loop.pass(1000 * MILLI);
        noted.assertExpiredOnceAt(due);
    }

    @Test void aShortenedDeadlineExpiresAtTheEarlierTime() {
        Noted noted = new Noted();
        deadlines.arm(noted, 60_000 * MILLI);
        deadlines.arm(noted, 40_000 * MILLI);
        deadlines.arm(noted, 200 * MILLI);
        long due = loop.now + 200 * MILLI;
        loop.pass(70_000 * MILLI);
        noted.assertExpiredOnceAt(due);
    }

    @Test void othersGetTheirTurnsWhileACrowdExpires() {
        List<Noted> crowd = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            crowd.add(new Noted());
            deadlines.arm(crowd.get(i), 100 * MILLI);
        }
        List<Long> seen = new ArrayList<>();
        loop.after(10 * TICK - loop.now, () -> comesBy(crowd, seen));
        loop.pass(4 * TICK);
        crowd.forEach(each -> assertThat(each.expiries).hasSize(1));
        assertThat(seen).startsWith(0L).endsWith(1000L);
        for (int i = 1; i < seen.size(); i++) {
            assertThat(seen.get(i) - seen.get(i - 1)).as("expired between two turns").isBetween(1L, 32L);
        }
    }

    /** Notes in each turn of the loop how many of the crowd are gone. */
    private void comesBy(List<Noted> crowd, List<Long> seen) {
        long gone = crowd.stream().filter(each -> !each.expiries.isEmpty()).count();
        seen.add(gone);
        if (gone < crowd.size()) loop.after(0, () -> comesBy(crowd, seen));
    }

    @Test void aCancelledDeadlineNeverExpires() {
        Noted cancelled = new Noted();
        Noted other = new Noted();
        deadlines.arm(cancelled, 200 * MILLI);
        deadlines.arm(other, 200 * MILLI);
        deadlines.cancel(cancelled);
        deadlines.cancel(cancelled);
        assertThat(cancelled.armed()).isFalse();
        assertThat(other.armed()).isTrue();
        loop.pass(1000 * MILLI);
        assertThat(cancelled.expiries).isEmpty();
        assertThat(other.expiries).hasSize(1);
        assertThat(other.armed()).isFalse();
    }

    @Test void waitsForWhatLiesBeyondATurn() {
        long[] times = {51_150 * MILLI, 51_200 * MILLI, 51_250 * MILLI, 102_400 * MILLI, TimeUnit.HOURS.toNanos(1)};
        List<Noted> all = new ArrayList<>();
        long start = loop.now;
        for (long nanos : times) {
            Noted noted = new Noted();
            all.add(noted);
            deadlines.arm(noted, nanos);
        }
        loop.pass(TimeUnit.HOURS.toNanos(2));
        for (int i = 0; i < times.length; i++) all.get(i).assertExpiredOnceAt(start + times[i]);
    }

    @Test void aDeadlineOfCenturiesIsNotDueNow() {
        Noted noted = new Noted();
        deadlines.arm(noted, Long.MAX_VALUE);
        loop.pass(TimeUnit.MINUTES.toNanos(3));
        assertThat(noted.expiries).isEmpty();
        assertThat(noted.armed()).isTrue();
    }

    @Test void mayBeArmedAgainWhileItExpires() {
        List<Long> expiries = new ArrayList<>();
        long start = loop.now;
        Deadlines.Deadline repeating = new Deadlines.Deadline() {
            @Override protected void expired() {
                expiries.add(loop.now - start);
                if (expiries.size() < 5) deadlines.arm(this, 500 * MILLI);
            }
        };
        deadlines.arm(repeating, 500 * MILLI);
        loop.pass(10_000 * MILLI);
        assertThat(expiries).hasSize(5);
        for (int i = 1; i < 5; i++) {
            assertThat(expiries.get(i) - expiries.get(i - 1)).isBetween(500 * MILLI, 550 * MILLI);
        }
    }

    @Test void mayCancelAndArmOthersOfItsSlotWhileItExpires() {
        Noted prolonged = new Noted();
        Noted cancelled = new Noted();
        Noted begun = new Noted();
        Deadlines.Deadline meddling = new Deadlines.Deadline() {
            @Override protected void expired() {
                deadlines.cancel(cancelled);
                deadlines.arm(prolonged, 300 * MILLI);
                deadlines.arm(begun, 0);
            }
        };
        deadlines.arm(prolonged, 100 * MILLI);
        deadlines.arm(cancelled, 100 * MILLI);
        deadlines.arm(meddling, 100 * MILLI);
        long start = loop.now;
        loop.pass(1000 * MILLI);
        assertThat(cancelled.expiries).isEmpty();
        assertThat(begun.expiries).hasSize(1);
        assertThat(prolonged.expiries).hasSize(1);
        assertThat(prolonged.expiries.get(0) - start).isBetween(400 * MILLI, 500 * MILLI);
    }

    @Test void aLoopThatWasBlockedExpiresAllThatIsDueAndNothingElse() {
        for (long blocked : new long[] {500 * MILLI, 51_200 * MILLI, 200_000 * MILLI}) {
            Noted due = new Noted();
            Noted notDue = new Noted();
            long start = loop.now;
            deadlines.arm(due, blocked / 2);
            deadlines.arm(notDue, blocked + 1000 * MILLI);
            loop.block(blocked);
            assertThat(due.expiries).as("blocked for %s ns", blocked).containsExactly(start + blocked);
            assertThat(notDue.expiries).isEmpty();
            loop.pass(2000 * MILLI);
            notDue.assertExpiredOnceAt(start + blocked + 1000 * MILLI);
        }
    }

    @Test void oneThatFailsDoesNotStopTheWheel() {
        Noted other = new Noted();
        Noted later = new Noted();
        Deadlines.Deadline failing = new Deadlines.Deadline() {
            @Override protected void expired() {
                throw new IllegalStateException("meant to fail");
            }
        };
        deadlines.arm(other, 100 * MILLI);
        deadlines.arm(failing, 100 * MILLI);
        deadlines.arm(later, 500 * MILLI);
        loop.pass(1000 * MILLI);
        assertThat(other.expiries).hasSize(1);
        assertThat(later.expiries).hasSize(1);
    }

    @Test void theWheelStandsStillWhenNothingIsArmed() {
        Noted noted = new Noted();
        deadlines.arm(noted, 100 * MILLI);
        deadlines.cancel(noted);
        loop.pass(TICK);
        assertThat(loop.tasks).isEmpty();
        deadlines.arm(noted, 100 * MILLI);
        assertThat(loop.tasks).hasSize(1);
        loop.pass(1000 * MILLI);
        assertThat(noted.expiries).hasSize(1);
        assertThat(loop.tasks).isEmpty();
    }

    @Test void agreesWithAPlainModelOverManyRandomSteps() {
        Random random = new Random(50);
        for (int run = 0; run < 20; run++) {
            Loop loop = new Loop(random.nextLong() >> 2);
            Deadlines wheel = new Deadlines(() -> loop.now, loop::after);
            List<Modelled> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) all.add(new Modelled(loop));
            for (int step = 0; step < 2000; step++) {
                Modelled one = all.get(random.nextInt(all.size()));
                switch (random.nextInt(6)) {
                    case 0, 1, 2 -> one.arm(wheel, (long) (Math.pow(random.nextDouble(), 4) * 200_000 * MILLI));
                    case 3 -> one.cancel(wheel);
                    case 4 -> loop.pass(random.nextInt(2000) * MILLI / 10);
                    default -> {
                        if (random.nextInt(100) > 0) break;
                        long nanos = random.nextInt(100_000) * MILLI;
                        all.forEach(each -> each.excused = nanos);
                        loop.block(nanos);
                        all.forEach(each -> each.excused = 0);
                    }
                }
                for (Modelled each : all) each.check();
            }
            loop.pass(TimeUnit.HOURS.toNanos(1));
            for (Modelled each : all) assertThat(each.armed()).isFalse();
        }
    }

    /** Knows when it is due, and complains when it expires at another time. */
    private static final class Modelled extends Deadlines.Deadline {
        private final Loop loop;
        private boolean armed;
        private long due;
        private long excused;

        Modelled(Loop loop) {
            this.loop = loop;
        }

        void arm(Deadlines wheel, long nanos) {
            armed = true;
            due = loop.now + nanos;
            wheel.arm(this, nanos);
        }

        void cancel(Deadlines wheel) {
            armed = false;
            wheel.cancel(this);
        }

        void check() {
            if (armed() != armed) throw new AssertionError("armed: " + armed() + " (expected: " + armed + ")");
            if (armed && loop.now - due > TICK) throw new AssertionError("late by " + (loop.now - due));
        }

        @Override protected void expired() {
            long late = loop.now - due;
            // an Error, as an exception would be logged and forgotten
            if (!armed || late < 0 || late > TICK + excused) throw new AssertionError("late by " + late);
            armed = false;
        }
    }
}
