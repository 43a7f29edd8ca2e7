package lb;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lb.listen.ClientLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a process that is asked to stop: running exchanges end, for up to a deadline.
 *
 * <p>Threading: control thread, except where it says otherwise.
 */
final class Drain {
    private static final Logger log = LoggerFactory.getLogger(Drain.class);
    private static final long POLL_MILLIS = 20;
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final EventLoop control;
    private final Lanes lanes;
    private final ClientLimit clients;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private long deadline;

    Drain(EventLoop control, Lanes lanes, ClientLimit clients) {
        this.control = control;
        this.lanes = lanes;
        this.clients = clients;
    }

    /** Any thread. Completes when nothing runs any more, or the time is over. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** Nobody is accepted any more. */
    void begin(Duration atMost) {
        long now = System.nanoTime();
        deadline = now + atMost.toNanos();
        awaitIdle(now);
    }

    private void awaitIdle(long lastBusy) {
        long now = System.nanoTime();
        boolean busy = lanes.active() > 0;
        // a client that was answered gets a moment to read its answer and to close
        boolean lingering = clients.connected() > 0 && now - lastBusy < LINGER.toNanos();
        if (now - deadline >= 0 || !busy && !lingering) {
            if (busy) log.warn("stopping with {} exchanges still running: the drain time is over", lanes.active());
            done.complete(null);
            return;
        }
        control.schedule(() -> awaitIdle(busy ? now : lastBusy), POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
}
