package lb.connect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lb.config.ConnectionsConfig;
import lb.config.Timeouts;
import lb.http.BodyWriter;
import lb.http.ConnectionOptions;
import lb.http.Failure;
import lb.http.FieldName;
import lb.http.Framing;
import lb.http.FramingLines;
import lb.http.Head;
import lb.http.HeadLimits;
import lb.http.MessageReader;
import lb.http.OutBatch;
import lb.pool.Backend;

/**
 * One HTTP/1.1 connection to a backend: idle, or carrying one exchange. While idle it keeps reading: any byte or close
 * discards it. Its one deadline is for whatever this backend is awaited for at the moment.
 *
 * <p>Threading: event loop only.
 */
final class Http1BackendSide extends ChannelInboundHandlerAdapter implements BackendSide, MessageReader.Sink {
    private static final Duration BROKEN_GRACE = Duration.ofSeconds(1);
    private static final Pattern KEEP_ALIVE_TIMEOUT =
            Pattern.compile("(?:^|[,\\s])timeout\\s*=\\s*\"?(\\d{1,9})", Pattern.CASE_INSENSITIVE);

    private final Lane lane;
    private final BackendLane home;
    private final ConnectionsConfig connections;
    private final MessageReader reader;
    private final BodyWriter body = new BodyWriter();
    private final Awaited awaited = new Awaited();
    private OutBatch out;
    private ChannelHandlerContext ctx;
    private long idleSince;
    private int place;
    private boolean used;
    private boolean closed;
    private boolean slotFreed;
    private boolean broken;
    private boolean inRead;
    private boolean releasing;

    // of the exchange that is carried now
    private BackendEvents events;
    private Timeouts timeouts;
    private boolean reused;
    private boolean requestBegun;
    private boolean requestEnded;
    private long requestEndedNanos;
    private boolean answering;
    private boolean responseHeadSeen;
    private boolean responseEnded;
    private boolean persistent;
    private boolean tunnel;
    private boolean wanted = true;

    private final class Awaited extends Deadlines.Deadline {
        private Failure failure;

        @Override protected void expired() {
            if (closed) ctx.close();
            else lost(failure);
        }
    }

    Http1BackendSide(Lane lane, BackendLane home, ConnectionsConfig connections, HeadLimits limits) {
        this.lane = lane;
        this.home = home;
        this.connections = connections;
        reader = MessageReader.ofResponses(limits, lane.heads(), this);
    }

    // ---- for BackendConnections

    void begin(BackendEvents events, Timeouts timeouts) {
        this.events = events;
        this.timeouts = timeouts;
        reused = used;
        used = true;
        requestBegun = false;
        requestEnded = false;
        answering = false;
        responseHeadSeen = false;
        responseEnded = false;
        persistent = false;
    }

    boolean open() {
        return !closed && ctx.channel().isActive();
    }

    ConnectionsConfig connections() {
        return connections;
    }

    long idleSince() {
        return idleSince;
    }

    void idleSince(long nanos) {
        idleSince = nanos;
    }

    /** Where it stands among the busy ones of its {@link BackendLane}. */
    int place() {
        return place;
    }

    void place(int place) {
        this.place = place;
    }

    /** True when the whole request is out and not a byte of an answer came for that long. */
    boolean waitedLongerThan(long nanos, long now) {
        return requestEnded && !answering && now - requestEndedNanos > nanos;
    }

    void wentDown() {
        if (events != null && !answering) events.backendDown();
    }

    void close() {
        if (closed) return;
        closed = true;
        lane.deadlines().cancel(awaited);
        reader.close();
        out.close();
        ctx.close();
        freeSlot();
    }

    /** Somebody else may dial. As soon as we have closed: whoever waits for the slot may be on this very loop. */
    void freeSlot() {
        if (slotFreed) return;
        slotFreed = true;
        home.backend().connectionClosed();
    }

    private void closeAfterWrites() {
        closed = true;
        lane.deadlines().cancel(awaited);
        reader.close();
        out.write();
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        if (ctx.channel().isOpen()) lane.deadlines().arm(awaited, timeouts.stream().toNanos());
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
        FramingLines.append(head, head.framing());
        head.writeRequest(out.room(head.size()));
        body.begin(head.framing());
    }

    @Override public void body(ByteBuf data) {
        if (closed) {
            data.release();
            return;
        }
        body.body(data, out);
        if (tunnel) await();
    }

    @Override public void end(Head trailers) {
        requestEnded = true;
        requestEndedNanos = lane.deadlines().now();
        if (!closed) {
            body.end(trailers, out);
            if (tunnel) {
                // not before everything is out: a shutdown drops what is still waiting
                out.write();
                ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
                        .addListener(done -> ((DuplexChannel) ctx.channel()).shutdownOutput());
            } else {
                await();
            }
        }
        if (trailers != null) lane.heads().release(trailers);
    }

    @Override public void flush() {
        if (closed) return;
        out.write();
        ctx.flush();
    }

    @Override public boolean writable() {
        return ctx.channel().isWritable();
    }

    @Override public void reading(boolean wanted) {
        if (this.wanted == wanted || closed) return;
        this.wanted = wanted;
        ctx.channel().config().setAutoRead(wanted);
        await();
    }

    @Override public void tunnel() {
        tunnel = true;
        reader.raw();
        body.begin(Framing.UNTIL_CLOSE);
        await();
    }

    @Override public void finish() {
        leave();
        if (closed) return;
        lane.deadlines().cancel(awaited);
        boolean unused = !requestBegun && !broken;
        boolean whole = requestEnded && responseEnded && persistent && !broken && !tunnel;
        if (tunnel && !broken) {
            closeAfterWrites();
        } else if (!unused && !whole) {
            close();
        } else if (inRead) {
            // what stands behind the response in the same read is not known yet
            releasing = true;
        } else {
            release();
        }
    }

    @Override public void discard() {
        if (!requestEnded || closed) {
            abort();
            return;
        }
        events = new Discarding(this, lane.heads());
        reading(true);
    }

    @Override public void abort() {
        leave();
        close();
    }

    /** The exchange has no more to do with this side, nor this side with it. */
    private void leave() {
        if (events == null) return;
        events = null;
        home.end(this);
    }

    private void release() {
        reading(true);
        flush();
        lane.connections().release(home, this);
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
            if (head.has(FieldName.KEEP_ALIVE)) learnKeepAlive(head);
            await();
        }
        events.responseHead(head);
    }

    /** {@code Keep-Alive: timeout=5, max=100} (RFC 2068 §19.7.1.1): a hint, so what is odd is passed over. */
    private void learnKeepAlive(Head head) {
        Matcher timeout = KEEP_ALIVE_TIMEOUT.matcher(head.value(FieldName.KEEP_ALIVE));
        if (timeout.find()) home.announced(Long.parseLong(timeout.group(1)));
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
        ReadSize.rest(ctx.channel());
        if (!tunnel) lane.deadlines().cancel(awaited);
        events.responseEnd(trailers);
    }

    @Override public void malformed(Failure failure) {
        lost(failure);
    }

    // ---- from the channel

    @Override public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
        out = new OutBatch(ctx.alloc(), data -> ctx.write(data, ctx.voidPromise()));
    }

    @Override public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (events == null || closed) {
            in.release();
            if (!closed) gone();
            return;
        }
        if (!answering) {
            answering = true;
            home.answered();
        }
        if (tunnel || responseHeadSeen) await();
        inRead = true;
        ByteBuf rest = reader.read(in);
        inRead = false;
        if (rest != null) {
            rest.release();
            persistent = false;
        }
        if (!releasing) return;
        releasing = false;
        if (rest == null) release();
        else close();
    }

    @Override public void channelReadComplete(ChannelHandlerContext ctx) {
        if (events != null) events.responseReadComplete();
    }

    @Override public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (events == null) return;
        await();
        events.backendWritable();
    }

    @Override public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) gone();
    }

    @Override public void channelInactive(ChannelHandlerContext ctx) {
        freeSlot();
        gone();
        lane.deadlines().cancel(awaited);
    }

    @Override public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            lost(Failure.BUG);
            return;
        }
        // After a failed write there may still be an answer to read (an early 413, say), so the channel is not closed
        // yet; after a failed read the end follows by itself.
        broken = true;
        if (closed || awaited.failure == Failure.RESET_BEFORE_HEAD) return;
        await(answering ? Failure.TRUNCATED : Failure.RESET_BEFORE_HEAD, BROKEN_GRACE);
    }

    /** No more bytes will come. */
    private void gone() {
        if (closed) return;
        if (events == null) {
            home.lost(this, lane.deadlines().now());
            close();
            return;
        }
        persistent = false;
        if (!broken && reader.ended()) return;
        lost(answering ? Failure.TRUNCATED : broken ? Failure.RESET_BEFORE_HEAD : Failure.CLOSED_BEFORE_HEAD);
    }

    /** The connection is of no more use. */
    void lost(Failure failure) {
        if (closed) return;
        BackendEvents told = events;
        leave();
        close();
        if (told != null) told.backendLost(failure);
    }

    /** Arms the deadline for what the backend is awaited for now. */
    private void await() {
        if (events == null || closed) return;
        if (tunnel) {
            await(Failure.TUNNEL_IDLE, timeouts.upgrade());
        } else if (responseHeadSeen) {
            if (wanted && !responseEnded) await(Failure.STALLED, timeouts.stream());
            else lane.deadlines().cancel(awaited);
        } else if (requestEnded) {
            if (!awaited.armed() || awaited.failure != Failure.RESPONSE_TIMEOUT) {
                await(Failure.RESPONSE_TIMEOUT, timeouts.response());
            }
        } else if (!writable()) {
            await(Failure.SEND_TIMEOUT, timeouts.stream());
        } else {
            lane.deadlines().cancel(awaited);
        }
    }

    private void await(Failure failure, Duration timeout) {
        awaited.failure = failure;
        lane.deadlines().arm(awaited, timeout.toNanos());
    }
}
