package lb.connect;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A wheel of deadlines whose time passes when a test says so, for tests of what is armed there. */
public final class PassingTime {
    private record Task(long at, Runnable run) {}

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::at));
    private final Deadlines deadlines =
            new Deadlines(this::now, (nanos, run) -> tasks.add(new Task(now() + nanos, run)));
    private long now;

    public Deadlines deadlines() {
        return deadlines;
    }

    public void pass(Duration duration) {
        long end = now + duration.toNanos();
        while (!tasks.isEmpty() && tasks.peek().at <= end) {
            Task next = tasks.poll();
            now = next.at;
            next.run.run();
        }
        now = end;
    }

    /** True when nothing is armed any more, and time for the wheel to notice has passed. */
    public boolean still() {
        pass(Duration.ofMillis(100));
        return tasks.isEmpty();
    }

    private long now() {
        return now;
    }
}
