package lb.connect;

import java.time.Duration;
import lb.config.Timeouts;
import lb.http.Failure;

/**
 * The one deadline of a connection to a backend: for whatever this backend is awaited for at the moment. That of the
 * answer's head is not moved by interim responses; that of a request's body is, by each byte that the backend takes.
 *
 * <p>Threading: event loop only.
 */
final class BackendDeadline extends Deadlines.Deadline {
    /** After a broken write, for an answer that may be on its way. */
    private static final Duration BROKEN_GRACE = Duration.ofSeconds(1);

    private final Http1BackendSide side;
    private final Deadlines deadlines;
    private final WriteStall stall = new WriteStall();
    private Timeouts timeouts;
    private Failure failure;
    private boolean writing;

    BackendDeadline(Http1BackendSide side, Deadlines deadlines) {
        this.side = side;
        this.deadlines = deadlines;
    }

    /** @param timeouts of the exchange that is carried from now on */
    void begin(Timeouts timeouts) {
        this.timeouts = timeouts;
    }

    /** Something came: the tunnel, or the answer's body, has its full time again. */
    void tunnel() {
        await(Failure.TUNNEL_IDLE, timeouts.upgrade());
    }

    void responseBody() {
        await(Failure.STALLED, timeouts.stream());
    }

    /** The request is out. Counted once for an answer, whatever comes in front of it. */
    void response() {
        if (!armed() || failure != Failure.RESPONSE_TIMEOUT) await(Failure.RESPONSE_TIMEOUT, timeouts.response());
    }

    void sending() {
        await(Failure.SEND_TIMEOUT, timeouts.stream());
        writing();
    }

    /** A write failed; the channel is not closed yet. @param meaning what that is when nothing more comes */
    void broken(Failure meaning) {
        if (failure != Failure.RESET_BEFORE_HEAD) await(meaning, BROKEN_GRACE);
    }

    /** What was written last is on its way; the connection is closed whether it gets through or not. */
    void closing() {
        await(failure, timeouts.stream());
        writing();
    }

    void cancel() {
        deadlines.cancel(this);
    }

    @Override protected void expired() {
        long left = writing ? stall.left(side.channel(), timeouts.stream()) : 0;
        if (left > 0) deadlines.arm(this, left);
        else side.tooLate(failure);
    }

    private void writing() {
        writing = true;
        stall.begin(side.channel());
    }

    private void await(Failure failure, Duration timeout) {
        writing = false;
        this.failure = failure;
        deadlines.arm(this, timeout.toNanos());
    }
}
