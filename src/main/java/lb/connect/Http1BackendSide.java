package lb.connect;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import lb.config.Timeouts;
import lb.http.ConnectionOptions;
import lb.http.Failure;
import lb.http.Framing;
import lb.http.Head;
import lb.http.HeadLimits;
import lb.http.MessageReader;
import lb.pool.Backend;

/**
 * What the exchanges of one {@link Http1BackendConnection} see of their backend: it sends requests, reads responses,
 * and knows how far both have come.
 *
 * <p>Longer than most: whether the connection may be used again, what is awaited and what a loss means all follow from
 * that one state. Threading: event loop only.
 */
final class Http1BackendSide implements BackendSide, MessageReader.Sink {
    private final Http1BackendConnection connection;
    private final Lane lane;
    private final BackendLane home;
    private final MessageReader reader;
    private final RequestOutput out = new RequestOutput();
    private final BackendDeadline deadline;
    private Channel channel;
    private boolean wanted = true;
    private boolean tunnel;

    // of the exchange that is carried now
    private BackendEvents events;
    private boolean reused;
    private boolean requestBegun;
    private boolean requestEnded;
    private long requestEndedNanos;
    private boolean answering;
    private boolean responseHeadSeen;
    private boolean responseEnded;
    private boolean persistent;

    Http1BackendSide(Http1BackendConnection connection, Lane lane, BackendLane home, HeadLimits limits) {
        this.connection = connection;
        this.lane = lane;
        this.home = home;
        reader = MessageReader.ofResponses(limits, lane.heads(), this);
        deadline = new BackendDeadline(this, lane.deadlines());
    }

    // ---- for the connection and its deadline

    Channel channel() {
        return channel;
    }

    void added(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        out.of(ctx);
    }

    /** @param reused the connection has carried an exchange before */
    void begin(BackendEvents events, Timeouts timeouts, boolean reused) {
        this.events = events;
        this.reused = reused;
        deadline.begin(timeouts);
        requestBegun = false;
        requestEnded = false;
        answering = false;
        responseHeadSeen = false;
        responseEnded = false;
        persistent = false;
    }

    boolean carrying() {
        return events != null;
    }

    /** True when the whole request is out and not a byte of an answer came for that long. */
    boolean waitedLongerThan(long nanos, long now) {
        return requestEnded && !answering && now - requestEndedNanos > nanos;
    }

    void wentDown() {
        if (events != null && !answering) events.backendDown();
    }

    /** @param in this side's now @return true when there was more than belongs to the response */
    boolean read(ByteBuf in) {
        if (!answering) {
            answering = true;
            home.answered();
        }
        if (tunnel || responseHeadSeen) await();
        ByteBuf rest = reader.read(in);
        if (rest == null) return false;
        rest.release();
        persistent = false;
        return true;
    }

    void readComplete() {
        if (events != null) events.responseReadComplete();
    }

    void writabilityChanged() {
        if (events == null) return;
        await();
        events.backendWritable();
    }

    /** The backend sends no more. */
    void ended() {
        persistent = false;
        boolean broken = connection.broken();
        if (!broken && reader.ended()) return;
        if (reused && !answering) home.learn(connection, lane.deadlines().now());
        lost(answering ? Failure.TRUNCATED : broken ? Failure.RESET_BEFORE_HEAD : Failure.CLOSED_BEFORE_HEAD);
    }

    /** A write or a read failed. */
    void broken() {
        deadline.broken(answering ? Failure.TRUNCATED : Failure.RESET_BEFORE_HEAD);
    }

    void inactive() {
        deadline.cancel();
    }

    /** The connection is of no more use. */
    void lost(Failure failure) {
        if (connection.closed()) return;
        BackendEvents told = events;
        leave();
        connection.close();
        if (told != null) told.backendLost(failure);
    }

    void close() {
        deadline.cancel();
        reader.close();
        out.close();
    }

    /** The deadline is over. @param meaning for the exchange */
    void tooLate(Failure meaning) {
        if (connection.closed()) connection.closeNow();
        else lost(meaning);
    }

    // ---- for the exchange

    @Override public Backend backend() {
        return home.backend();
    }

    @Override public boolean reused() {
        return reused;
    }

    @Override public boolean answering() {
        return answering;
    }

    @Override public void request(Head head) {
        requestBegun = true;
        reader.next(head.methodIs("HEAD"));
        out.head(head);
    }

    @Override public void body(ByteBuf data) {
        if (connection.closed()) {
            data.release();
            return;
        }
        out.body(data);
        if (tunnel) await();
    }

    @Override public void end(Head trailers) {
        requestEnded = true;
        requestEndedNanos = lane.deadlines().now();
        if (!connection.closed()) {
            out.end(trailers);
            if (tunnel) out.shutdown();
            else await();
        }
        if (trailers != null) lane.heads().release(trailers);
    }

    @Override public void flush() {
        if (!connection.closed()) out.flush();
    }

    @Override public boolean writable() {
        return out.writable();
    }

    @Override public void reading(boolean wanted) {
        if (this.wanted == wanted || connection.closed()) return;
        this.wanted = wanted;
        connection.reading(wanted);
        await();
    }

    @Override public void sparingly() {
        ReadSize.sparingly(channel);
    }

    @Override public void tunnel() {
        tunnel = true;
        reader.raw();
        out.raw();
        await();
    }

    @Override public void finish() {
        leave();
        if (connection.closed()) return;
        deadline.cancel();
        boolean broken = connection.broken();
        boolean unused = !requestBegun && !broken;
        boolean whole = requestEnded && responseEnded && persistent && !broken && !tunnel;
        if (tunnel && !broken) closeWhenOut();
        else if (unused || whole) connection.release();
        else connection.close();
    }

    @Override public void discard() {
        if (!requestEnded || connection.closed()) {
            abort();
            return;
        }
        events = new Discarding(this, lane.heads());
        reading(true);
    }

    @Override public void abort() {
        leave();
        connection.close();
    }

    /** The exchange has no more to do with this side, nor this side with it. */
    private void leave() {
        if (events == null) return;
        events = null;
        home.end(connection);
    }

    private void closeWhenOut() {
        connection.closing();
        deadline.cancel();
        reader.close();
        out.closeWhenOut();
        if (channel.isOpen()) deadline.closing();
    }

    // ---- from the reader

    @Override public void messageHead(Head head) {
        if (!requestBegun) {
            lane.heads().release(head);
            lost(Failure.BAD_RESPONSE);
            return;
        }
        if (!head.interim()) {
            responseHeadSeen = true;
            persistent = head.framing() != Framing.UNTIL_CLOSE && ConnectionOptions.persistent(head);
            long kept = KeepAliveHint.seconds(head);
            if (kept != KeepAliveHint.NONE) connection.keepAliveSeconds(kept);
            await();
        }
        events.responseHead(head);
    }

    @Override public void messageBody(ByteBuf data) {
        if (events == null) data.release();
        else events.responseBody(data);
    }

    @Override public void messageEnd(Head trailers) {
        if (events == null) {
            if (trailers != null) lane.heads().release(trailers);
            return;
        }
        responseEnded = true;
        ReadSize.asUsual(channel);
        if (!tunnel) deadline.cancel();
        events.responseEnd(trailers);
    }

    @Override public void malformed(Failure failure) {
        lost(failure);
    }

    /** Arms the deadline for what the backend is awaited for now. */
    private void await() {
        if (events == null || connection.closed()) return;
        // what is left of a broken connection has its short deadline, which nothing of the client's may move
        if (connection.broken() && !answering) return;
        if (tunnel) {
            deadline.tunnel();
        } else if (!requestEnded && writable() || !wanted || responseEnded) {
            // it waits for the client: for more of the request, or for room, whatever it has answered already
            deadline.cancel();
        } else if (!requestEnded) {
            deadline.sending();
        } else if (!responseHeadSeen) {
            deadline.response();
        } else {
            deadline.responseBody();
        }
    }
}
