package lb;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names an event loop that is blocked, and what it is doing: nothing on a loop may wait, so whoever does is a fault of
 * ours. Each loop is asked twice a second; one line when it has not answered for {@value #BLOCKED_MILLIS} ms, one when
 * it goes on.
 *
 * <p>Threading: control thread; the answers come from the loops.
 */
final class Watchdog {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
    private static final long PERIOD_MILLIS = 500;
    private static final long BLOCKED_MILLIS = 1_000;
    private static final int FRAMES = 8;

    private final List<Watched> loops;
    private final ScheduledExecutorService control;

    private static final class Watched {
        private final EventLoop loop;
        private final AtomicReference<Thread> answeredBy = new AtomicReference<>();
        private Thread thread;
        private long askedNanos;
        private boolean blocked;

        Watched(EventLoop loop) {
            this.loop = loop;
        }
    }

    Watchdog(List<EventLoop> loops, ScheduledExecutorService control) {
        this.loops = loops.stream().map(Watched::new).toList();
        this.control = control;
    }

    /** Control thread. Ends with the control thread. */
    void start() {
        for (Watched each : loops) ask(each);
        control.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        for (Watched each : loops) {
            Thread answer = each.answeredBy.getAndSet(null);
            long waitedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - each.askedNanos);
            if (answer != null) {
                each.thread = answer;
                if (each.blocked) log.warn("{} runs again, after about {} ms", answer.getName(), waitedMillis);
                each.blocked = false;
                ask(each);
            } else if (!each.blocked && waitedMillis > BLOCKED_MILLIS && each.thread != null) {
                each.blocked = true;
                log.error("{} has been blocked for {} ms: {}", each.thread.getName(), waitedMillis, doing(each.thread));
            }
        }
    }

    private static void ask(Watched each) {
        each.askedNanos = System.nanoTime();
        if (!each.loop.isShuttingDown()) each.loop.execute(() -> each.answeredBy.set(Thread.currentThread()));
    }

    private static String doing(Thread thread) {
        StringBuilder frames = new StringBuilder();
        StackTraceElement[] stack = thread.getStackTrace();
        for (int i = 0; i < Math.min(stack.length, FRAMES); i++) frames.append(i == 0 ? "" : " < ").append(stack[i]);
        return frames.toString();
    }
}
