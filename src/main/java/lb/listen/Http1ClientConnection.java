package lb.listen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.time.Duration;
import lb.http.Failure;
import lb.http.Head;
import lb.http.MessageReader;
import lb.proxy.Exchange;
import lb.proxy.Exchanges;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1 connection of a client: its requests one after another, pipelined ones in order, and its end. What goes
 * back to the client goes through its {@link Http1ClientSide}.
 *
 * <p>Longer than most: which request is served and whether the connection ends are one state, asked and changed by the
 * reader, the exchange, the deadline and the channel alike.
 *
 * <p>Threading: event loop only.
 */
final class Http1ClientConnection extends ChannelInboundHandlerAdapter implements MessageReader.Sink {
    private static final Logger log = LoggerFactory.getLogger(Http1ClientConnection.class);
    /** What is read and thrown away of a request that was answered before its end. */
    private static final long DRAIN_BYTES = 256 * 1024;

    private final Listener listener;
    private final Exchanges exchanges;
    private final MessageReader reader;
    private final PipelinedInput input;
    private final Http1ClientSide side;
    private final ClientDeadline deadline;
    private ChannelHandlerContext ctx;
    private boolean closing;
    private boolean broken;
    private long discarded;

    // of the request that is served now
    private Exchange exchange;
    private boolean served;
    private boolean requestWhole = true;
    private boolean bodyBegun;

    /** @param bodyRateWindow over which the rate of a body is measured */
    Http1ClientConnection(Listener listener, Exchanges exchanges, Duration bodyRateWindow) {
        this.listener = listener;
        this.exchanges = exchanges;
        reader = MessageReader.ofRequests(listener.headLimits(), exchanges.lane().heads(), this);
        input = new PipelinedInput(this, reader);
        side = new Http1ClientSide(this, listener, exchanges.lane().heads());
        deadline = new ClientDeadline(this, listener, exchanges.lane().deadlines(), bodyRateWindow);
    }

    /**
     * The listener stops: an idle client is let go at once, a busy one after its response. One that has just come and
     * asked nothing yet may do so once: its request can be on its way.
     */
    void drain() {
        if (!served) return;
        side.lastResponse();
        if (exchange == null && requestWhole && reader.idle() && !input.pending()) closeAfterWrites();
    }

    // ---- for its side and its deadline

    /** True from the decision to close on: nothing is read or written any more but what is under way. */
    boolean closing() {
        return closing;
    }

    /** True while an exchange is served. */
    boolean carrying() {
        return exchange != null;
    }

    boolean requestWhole() {
        return requestWhole;
    }

    boolean bodyBegun() {
        return bodyBegun;
    }

    /** True when not a byte of the request's body has come yet. */
    boolean bodyAwaited() {
        return !bodyBegun && !requestWhole;
    }

    boolean inHead() {
        return reader.inHead();
    }

    boolean writable() {
        return side.writable();
    }

    Channel channel() {
        return ctx.channel();
    }

    boolean tunnelling() {
        return side.tunnelling();
    }

    /** True while the client's bytes are wanted. */
    boolean reading() {
        return input.wanted();
    }

    void reading(boolean wanted) {
        if (input.wanted(wanted)) deadline.next();
    }

    /** The 101 is out: from now on bytes are bytes. */
    void switchedProtocols() {
        reader.raw();
        deadline.next();
        resumePending();
    }

    /** The exchange ended with a whole response. */
    void responseWhole() {
        exchange = null;
        if (closing) return;
        if (side.tunnelling() || side.clientLeaves() && requestWhole && !input.pending()) {
            closeAfterWrites();
        } else if (!side.persistent()) {
            linger();
        } else if (requestWhole) {
            nextRequest();
        } else {
            // answered before its end: the rest is read up to a limit, so that the client may go on
            discarded = 0;
            reading(true);
            deadline.untilDrained();
        }
    }

    /** The exchange ended, and the client must see that its response is not whole. */
    void responseAborted() {
        exchange = null;
        close();
    }

    // ---- from the reader

    @Override public void messageHead(Head head) {
        served = true;
        requestWhole = false;
        bodyBegun = false;
        side.begin(head);
        exchange = exchanges.begin(side, head, listener.routes());
        exchange.start();
    }

    @Override public void messageBody(ByteBuf data) {
        bodyBegun = true;
        deadline.bodyArrived(data.readableBytes());
        if (exchange != null) {
            exchange.requestBody(data);
            return;
        }
        discarded += data.readableBytes();
        data.release();
        if (discarded > DRAIN_BYTES) linger();
    }

    @Override public void messageEnd(Head trailers) {
        requestWhole = true;
        deadline.bodyEnded();
        if (exchange != null) {
            exchange.requestEnd(trailers);
            return;
        }
        if (trailers != null) exchanges.lane().heads().release(trailers);
        if (!closing && !side.tunnelling()) nextRequest();
    }

    @Override public void malformed(Failure failure) {
        reader.close();
        side.lastResponse();
        if (closing) return;
        if (exchange != null) exchange.clientFailed(failure);
        else if (!requestWhole) linger();
        else refuse(failure);
    }

    private void refuse(Failure failure) {
        requestWhole = false;
        exchanges.refuse(side, listener.routes(), failure);
    }

    // ---- from the channel

    @Override public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
        input.of(ctx.channel());
        side.added(ctx);
    }

    @Override public void channelActive(ChannelHandlerContext ctx) {
        deadline.next();
        ctx.fireChannelActive();
    }

    @Override public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (closing) {
            discarded += in.readableBytes();
            in.release();
            if (discarded > DRAIN_BYTES) ctx.close();
            return;
        }
        input.read(in);
        deadline.next();
    }

    @Override public void channelReadComplete(ChannelHandlerContext ctx) {
        if (exchange != null) exchange.requestReadComplete();
    }

    @Override public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (closing) return;
        deadline.next();
        if (exchange != null) exchange.clientWritable();
        else if (requestWhole && side.writable()) nextRequest();
    }

    @Override public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE) return;
        input.end();
        if (broken) gone();
        else if (closing) ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        else if (input.usedUp()) inputUsedUp();
    }

    /** The client sends no more, and all that it sent was read. It may still wait for responses (RFC 9112 §9.6). */
    private void inputUsedUp() {
        if (reader.inHead() || exchange != null && !requestWhole) malformed(Failure.REQUEST_TRUNCATED);
        else if (exchange == null) closeAfterWrites();
        else if (side.tunnelling()) exchange.requestEnd(null);
        else side.lastResponse();
    }

    @Override public void channelInactive(ChannelHandlerContext ctx) {
        gone();
        deadline.stop();
    }

    @Override public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            broken = true;
            gone();
        } else {
            log.error("an exchange of listener={} failed through a fault of our own", listener.name(), cause);
            lost(Failure.BUG);
        }
    }

    // ---- one request after another

    private void nextRequest() {
        if (listener.draining()) {
            linger();
            return;
        }
        if (!side.writable()) {
            // who does not take the answers it asked for gets no others: what waits for it would grow without end
            reading(false);
            deadline.next();
            return;
        }
        reader.next(false);
        if (input.pending()) resumePending();
        else reading(true);
        deadline.next();
    }

    private void resumePending() {
        if (!input.pending() || !side.tunnelling() && !side.writable()) return;
        input.resume();
        if (exchange != null) exchange.requestReadComplete();
        if (!closing && input.usedUp()) inputUsedUp();
    }

    // ---- ends

    private void gone() {
        lost(Failure.CLIENT_LEFT);
        if (closing) ctx.close();
    }

    void lost(Failure failure) {
        Exchange told = exchange;
        exchange = null;
        if (told != null) told.clientLost(failure);
        close();
    }

    void close() {
        if (!closing) closeNow();
    }

    /** Whatever is still on its way. */
    void closeNow() {
        stop();
        ctx.close();
    }

    private void closeAfterWrites() {
        // one packet less, and one less to wake the client with: 15 % of the CPU where each request has a connection
        if (side.clientLeaves() && listener.cork() != null) ctx.channel().config().setOption(listener.cork(), true);
        ByteBuf last = side.last();
        stop();
        ctx.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
        if (ctx.channel().isOpen()) deadline.untilWritten();
    }

    /**
     * Closes our half and reads on for a while: closing at once with bytes unread, or before more come, would make the
     * kernel send a reset, which can destroy the answer on its way (RFC 9112 §9.6).
     */
    private void linger() {
        if (closing) return;
        if (input.ended()) {
            closeAfterWrites();
            return;
        }
        ByteBuf last = side.last();
        stop();
        discarded = 0;
        ctx.channel().config().setAutoRead(true);
        deadline.untilWritten();
        ctx.writeAndFlush(last).addListener(done -> {
            if (!ctx.channel().isActive()) return;
            ((DuplexChannel) ctx.channel()).shutdownOutput();
            deadline.untilDrained();
        });
    }

    private void stop() {
        closing = true;
        deadline.stop();
        reader.close();
        side.close();
        input.close();
    }
}
