package lb.listen;

import java.time.Duration;
import lb.connect.Deadlines;

/**
 * Whether a request's body arrives at the least rate that the config asks for, so that nobody can hold a backend with a
 * byte now and then. Judged at the end of each window of time in which the body was wanted: while we hold the client
 * back, the window stands still. The first window is free. A body that comes with its head never gets here.
 *
 * <pre>
 * 10B/s, windows of 30 s:   1 byte | 300 bytes | 299 bytes → too slow, 90 s after it began
 * </pre>
 *
 * Threading: event loop only.
 */
final class BodyRate extends Deadlines.Deadline {
    /** Long enough for a mobile client to lose its network and find another. */
    static final Duration WINDOW = Duration.ofSeconds(30);

    private enum State { OFF, RUNNING, HELD }

    private final Deadlines deadlines;
    private final long windowNanos;
    private final Runnable tooSlow;
    private State state = State.OFF;
    private long least;
    private long arrived;
    private boolean free;
    private long endsAt;
    private long leftNanos;

    /** @param tooSlow called once for a body; nothing is judged after it until the next one */
    BodyRate(Deadlines deadlines, Duration window, Runnable tooSlow) {
        this.deadlines = deadlines;
        windowNanos = window.toNanos();
        this.tooSlow = tooSlow;
    }

    /** More of the body is wanted: judging begins, or goes on after a hold. @param perSecond bytes; 0 for any */
    void wanted(long perSecond) {
        if (state == State.RUNNING || perSecond == 0) return;
        if (state == State.OFF) {
            least = Math.max(1, (long) (perSecond * (windowNanos / 1e9)));
            free = true;
            arrived = 0;
            leftNanos = windowNanos;
        }
        state = State.RUNNING;
        run(leftNanos);
    }

    /** We hold the client back: that time is not its own. */
    void held() {
        if (state != State.RUNNING) return;
        state = State.HELD;
        leftNanos = Math.max(0, endsAt - deadlines.now());
        deadlines.cancel(this);
    }

    /** So much of the body came. */
    void arrived(int bytes) {
        arrived += bytes;
    }

    /** The body is whole, or nobody wants it any more. */
    void end() {
        if (state == State.OFF) return;
        state = State.OFF;
        deadlines.cancel(this);
    }

    @Override protected void expired() {
        if (!free && arrived < least) {
            state = State.OFF;
            tooSlow.run();
            return;
        }
        free = false;
        arrived = 0;
        run(windowNanos);
    }

    private void run(long nanos) {
        endsAt = deadlines.now() + nanos;
        deadlines.arm(this, nanos);
    }
}
