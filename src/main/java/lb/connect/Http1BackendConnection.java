package lb.connect;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import lb.config.ConnectionsConfig;
import lb.config.Timeouts;
import lb.http.Failure;
import lb.http.HeadLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1.1 connection to a backend: idle, or carrying one exchange, which has its {@link Http1BackendSide}. While
 * idle it keeps reading: any byte or close discards it.
 *
 * <p>Threading: event loop only.
 */
final class Http1BackendConnection extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Http1BackendConnection.class);

    private final Lane lane;
    private final BackendLane home;
    private final ConnectionsConfig connections;
    private final HeadLimits responseLimits;
    private final Http1BackendSide side;
    private ChannelHandlerContext ctx;
    private long idleSince;
    private long keepAliveSeconds = KeepAliveHint.NONE;
    private int place;
    private boolean used;
    private boolean closed;
    private boolean slotFreed;
    private boolean broken;
    private boolean inRead;
    private boolean releasing;

    Http1BackendConnection(Lane lane, BackendLane home, ConnectionsConfig connections, HeadLimits responseLimits) {
        this.lane = lane;
        this.home = home;
        this.connections = connections;
        this.responseLimits = responseLimits;
        side = new Http1BackendSide(this, lane, home, responseLimits);
    }

    // ---- for BackendConnections

    /** It carries an exchange from now on. */
    void begin(BackendEvents events, Timeouts timeouts) {
        side.begin(events, timeouts, used);
        used = true;
    }

    /** What the exchange sees of it. */
    Http1BackendSide side() {
        return side;
    }

    boolean open() {
        return !closed && ctx.channel().isActive();
    }

    ConnectionsConfig connections() {
        return connections;
    }

    HeadLimits responseLimits() {
        return responseLimits;
    }

    long idleSince() {
        return idleSince;
    }

    void idleSince(long nanos) {
        idleSince = nanos;
    }

    /** How long the backend said that it keeps this one unused, or {@link KeepAliveHint#NONE}. */
    long keepAliveSeconds() {
        return keepAliveSeconds;
    }

    void keepAliveSeconds(long seconds) {
        keepAliveSeconds = seconds;
    }

    /** Where it stands among the busy ones of its {@link BackendLane}. */
    int place() {
        return place;
    }

    void place(int place) {
        this.place = place;
    }

    void close() {
        if (closed) return;
        closed = true;
        side.close();
        ctx.close();
        freeSlot();
    }

    /** Somebody else may dial. As soon as we have closed: whoever waits for the slot may be on this very loop. */
    void freeSlot() {
        if (slotFreed) return;
        slotFreed = true;
        home.backend().connectionClosed();
    }

    // ---- for its side

    boolean closed() {
        return closed;
    }

    /** True when bytes of ours, or of the backend, were lost. */
    boolean broken() {
        return broken;
    }

    void reading(boolean wanted) {
        ctx.channel().config().setAutoRead(wanted);
    }

    /** Its side writes the last; nothing more is read. */
    void closing() {
        closed = true;
    }

    /** Now, without waiting for what is on its way. */
    void closeNow() {
        ctx.close();
    }

    /** The exchange ended and has left nothing behind. */
    void release() {
        if (inRead) {
            // what stands behind the response in the same read is not known yet
            releasing = true;
            return;
        }
        side.reading(true);
        side.flush();
        lane.connections().release(home, this);
    }

    // ---- from the channel

    @Override public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
        side.added(ctx);
    }

    @Override public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (!side.carrying() || closed) {
            in.release();
            if (!closed) gone();
            return;
        }
        inRead = true;
        boolean more = side.read(in);
        inRead = false;
        if (!releasing) return;
        releasing = false;
        if (more) close();
        else release();
    }

    @Override public void channelReadComplete(ChannelHandlerContext ctx) {
        side.readComplete();
    }

    @Override public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        side.writabilityChanged();
    }

    @Override public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) gone();
    }

    @Override public void channelInactive(ChannelHandlerContext ctx) {
        freeSlot();
        gone();
        side.inactive();
    }

    @Override public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            log.error("an exchange with backend={} failed through a fault of our own", home.backend(), cause);
            side.lost(Failure.BUG);
            return;
        }
        // After a failed write there may still be an answer to read (an early 413, say), so the channel is not closed
        // yet; after a failed read the end follows by itself.
        broken = true;
        if (!closed) side.broken();
    }

    /** No more bytes will come. */
    private void gone() {
        if (closed) return;
        if (side.carrying()) {
            side.ended();
        } else {
            home.lost(this, lane.deadlines().now());
            close();
        }
    }
}
