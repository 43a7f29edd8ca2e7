package lb.listen;

import java.time.Duration;
import lb.connect.Deadlines;
import lb.connect.WriteStall;
import lb.http.Failure;

/**
 * The one deadline of a client's connection: for whatever the client is awaited for at the moment. The head's is not
 * moved by bytes that come, the body's is, which is why a body must also keep a {@link BodyRate}. A client that reads
 * slowly has its time for each byte, too: see {@link WriteStall}.
 *
 * <p>Threading: event loop only.
 */
final class ClientDeadline extends Deadlines.Deadline {
    private static final Duration DRAIN_TIME = Duration.ofSeconds(5);

    private enum Await { NOTHING, REQUEST, HEAD, BODY, WRITE, WRITTEN, DRAINED }

    private final Http1ClientConnection connection;
    private final Listener listener;
    private final Deadlines deadlines;
    private final Duration bodyRateWindow;
    private final WriteStall stall = new WriteStall();
    private Await what = Await.NOTHING;
    /** Or null before the first body that did not come with its head. */
    private BodyRate bodyRate;

    /** @param bodyRateWindow over which the rate of a body is measured */
    ClientDeadline(Http1ClientConnection connection, Listener listener, Deadlines deadlines, Duration bodyRateWindow) {
        this.connection = connection;
        this.listener = listener;
        this.deadlines = deadlines;
        this.bodyRateWindow = bodyRateWindow;
    }

    /** Something changed: the deadline is now for what the client is awaited for next. */
    void next() {
        if (connection.closing()) return;
        watchBodyRate();
        if (!connection.writable()) {
            if (what != Await.WRITE) awaitWrites(Await.WRITE);
        } else if (connection.tunnelling()) {
            what = Await.NOTHING;
        } else if (connection.inHead()) {
            if (what != Await.HEAD) await(Await.HEAD, listener.timeouts().clientHeaders());
        } else if (!connection.carrying()) {
            if (connection.requestWhole()) await(Await.REQUEST, listener.timeouts().clientIdle());
            else if (what != Await.DRAINED) untilDrained();
        } else if (!connection.requestWhole() && connection.reading()) {
            await(Await.BODY, listener.timeouts().stream());
        } else {
            what = Await.NOTHING;
        }
    }

    /** Nothing but the rest of a request that was answered is awaited, or the end of the connection. */
    void untilDrained() {
        await(Await.DRAINED, DRAIN_TIME);
    }

    /** As {@link #untilDrained}, but a response may still be on its way. */
    void untilWritten() {
        awaitWrites(Await.WRITTEN);
    }

    void bodyArrived(int bytes) {
        if (bodyRate != null) bodyRate.arrived(bytes);
    }

    void bodyEnded() {
        if (bodyRate != null) bodyRate.end();
    }

    void stop() {
        what = Await.NOTHING;
        deadlines.cancel(this);
        bodyEnded();
    }

    @Override protected void expired() {
        Await was = what;
        if (was == Await.WRITE || was == Await.WRITTEN) {
            long left = stall.left(connection.channel(), listener.timeouts().stream());
            if (left > 0) {
                deadlines.arm(this, left);
                return;
            }
        }
        what = Await.NOTHING;
        switch (was) {
            case NOTHING -> {}
            case REQUEST -> connection.close();
            case WRITTEN, DRAINED -> connection.closeNow();
            case HEAD -> connection.malformed(Failure.REQUEST_HEAD_TIMEOUT);
            case BODY -> connection.malformed(Failure.REQUEST_BODY_TIMEOUT);
            case WRITE -> connection.lost(Failure.CLIENT_STALLED);
        }
    }

    /** Judged from the first byte on: before it, a client may wait for a 100 (RFC 9110 §10.1.1). */
    private void watchBodyRate() {
        if (connection.requestWhole() || !connection.bodyBegun() || !connection.carrying()) return;
        if (bodyRate == null) {
            Runnable tooSlow = () -> connection.malformed(Failure.REQUEST_BODY_SLOW);
            bodyRate = new BodyRate(deadlines, bodyRateWindow, tooSlow);
        }
        if (connection.reading()) bodyRate.wanted(listener.bodyRate());
        else bodyRate.held();
    }

    private void awaitWrites(Await what) {
        stall.begin(connection.channel());
        await(what, listener.timeouts().stream());
    }

    private void await(Await what, Duration timeout) {
        this.what = what;
        deadlines.arm(this, timeout.toNanos());
    }
}
