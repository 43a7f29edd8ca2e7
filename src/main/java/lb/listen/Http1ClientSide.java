package lb.listen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lb.connect.Deadlines;
import lb.connect.ReadSize;
import lb.http.BodyWriter;
import lb.http.ConnectionOptions;
import lb.http.Failure;
import lb.http.FieldName;
import lb.http.Framing;
import lb.http.FramingLines;
import lb.http.Head;
import lb.http.MessageReader;
import lb.http.OutBatch;
import lb.proxy.ClientSide;
import lb.proxy.Exchange;
import lb.proxy.Exchanges;
import lb.proxy.ForwardingFields;
import lb.proxy.RouteTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1 connection of a client: its requests one after another, pipelined ones in order. Its one deadline is for
 * whatever this client is awaited for at the moment.
 *
 * <p>Threading: event loop only.
 */
final class Http1ClientSide extends ChannelInboundHandlerAdapter implements ClientSide, MessageReader.Sink {
    private static final Logger log = LoggerFactory.getLogger(Http1ClientSide.class);
    private static final byte[] CLOSE = "Connection: close\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEEP_ALIVE =
            "Connection: keep-alive\r\n".getBytes(StandardCharsets.US_ASCII);
    /** What is read and thrown away of a request that was answered before its end. */
    private static final long DRAIN_BYTES = 256 * 1024;
    private static final Duration DRAIN_TIME = Duration.ofSeconds(5);

    private final Listener listener;
    private final Exchanges exchanges;
    private final MessageReader reader;
    private final BodyWriter body = new BodyWriter();
    private final Awaited awaited = new Awaited();
    private ChannelHandlerContext ctx;
    private OutBatch out;
    private ForwardingFields forwarding;
    private RouteTable forwardingFor;
    private ByteBuf pending;
    private boolean wanted = true;
    private boolean closing;
    private boolean broken;
    private boolean tunnel;
    private long discarded;
    private final Duration bodyRateWindow;
    /** Or null before the first body that did not come with its head. */
    private BodyRate bodyRate;

    // of the request that is served now
    private Exchange exchange;
    private boolean served;
    private boolean requestWhole = true;
    private boolean bodyBegun;
    private boolean expectsContinue;
    private boolean http11 = true;
    private boolean persistent = true;
    private boolean untilClose;

    private enum Await { NOTHING, REQUEST, HEAD, BODY, WRITE, DRAINED }

    private final class Awaited extends Deadlines.Deadline {
        private Await what = Await.NOTHING;

        @Override protected void expired() {
            Await was = what;
            what = Await.NOTHING;
            switch (was) {
                case NOTHING -> {}
                case REQUEST -> close();
                case DRAINED -> {
                    stop();
                    ctx.close();
                }
                case HEAD -> malformed(Failure.REQUEST_HEAD_TIMEOUT);
                case BODY -> malformed(Failure.REQUEST_BODY_TIMEOUT);
                case WRITE -> lost(Failure.CLIENT_STALLED);
            }
        }
    }

    /** @param bodyRateWindow over which the rate of a body is measured */
    Http1ClientSide(Listener listener, Exchanges exchanges, Duration bodyRateWindow) {
        this.listener = listener;
        this.bodyRateWindow = bodyRateWindow;
        this.exchanges = exchanges;
        reader = MessageReader.ofRequests(listener.headLimits(), exchanges.lane().heads(), this);
    }

    /**
     * The listener stops: an idle client is let go at once, a busy one after its response. One that has just come and
     * asked nothing yet may do so once: its request can be on its way.
     */
    void drain() {
        if (!served) return;
        persistent = false;
        if (exchange == null && requestWhole && reader.idle() && pending == null) close();
    }

    // ---- for the exchange

    @Override public InetSocketAddress address() {
        return ((SocketChannel) ctx.channel()).remoteAddress();
    }

    @Override public ForwardingFields forwarding() {
        RouteTable routes = listener.routes();
        if (forwarding == null || forwardingFor != routes) {
            InetSocketAddress address = address();
            forwarding = new ForwardingFields(address, routes.trusts(address.getAddress()));
            forwardingFor = routes;
        }
        return forwarding;
    }

    @Override public boolean takesInterim() {
        return http11;
    }

    @Override public void interim(Head head) {
        if (closing) return;
        head.writeResponse(out.room(head.size()));
        flush();
    }

    @Override public void response(Head head) {
        if (closing) return;
        Framing framing = head.framing();
        if (framing == Framing.CHUNKED || framing == Framing.UNTIL_CLOSE) {
            framing = http11 ? Framing.CHUNKED : Framing.UNTIL_CLOSE;
        }
        untilClose = framing == Framing.UNTIL_CLOSE;
        // RFC 9110 §10.1.1: after a final answer to an expectation nobody knows whether the body will follow
        if (untilClose || listener.draining() || expectsContinue && !bodyBegun && !requestWhole) persistent = false;
        FramingLines.append(head, framing);
        if (!persistent) head.append(CLOSE);
        else if (!http11) head.append(KEEP_ALIVE);
        body.begin(framing);
        head.writeResponse(out.room(head.size()));
    }

    @Override public void tunnel(Head head) {
        if (closing) return;
        tunnel = true;
        persistent = false;
        head.writeResponse(out.room(head.size()));
        body.begin(Framing.UNTIL_CLOSE);
        flush();
        reader.raw();
        awaitNext();
        resumePending();
    }

    @Override public void body(ByteBuf data) {
        if (closing) data.release();
        else body.body(data, out);
    }

    @Override public void end(Head trailers) {
        if (!closing) {
            body.end(trailers, out);
            out.write();
            if (tunnel) {
                // not before everything is out: a shutdown drops what is still waiting
                ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
                        .addListener(done -> ((DuplexChannel) ctx.channel()).shutdownOutput());
            } else {
                ctx.flush();
            }
        }
        if (trailers != null) exchanges.lane().heads().release(trailers);
    }

    @Override public void flush() {
        if (closing) return;
        out.write();
        ctx.flush();
    }

    @Override public boolean writable() {
        return ctx.channel().isWritable();
    }

    @Override public void reading(boolean wanted) {
        if (wanted && pending != null || this.wanted == wanted) return;
        this.wanted = wanted;
        ctx.channel().config().setAutoRead(wanted);
        awaitNext();
    }

    @Override public void finished() {
        exchange = null;
        if (closing) return;
        if (tunnel || !persistent && requestWhole && pending == null) {
            closeAfterWrites();
        } else if (!persistent) {
            linger();
        } else if (requestWhole) {
            nextRequest();
        } else {
            // answered before its end: the rest is read up to a limit, so that the client may go on
            discarded = 0;
            reading(true);
            await(Await.DRAINED, DRAIN_TIME);
        }
    }

    @Override public void abort() {
        exchange = null;
        if (closing) return;
        // without a length, only a reset tells the client that the response is not whole
        if (untilClose && ctx.channel().isActive()) ((SocketChannel) ctx.channel()).config().setSoLinger(0);
        close();
    }

    // ---- from the reader

    @Override public void messageHead(Head head) {
        served = true;
        requestWhole = false;
        bodyBegun = false;
        untilClose = false;
        http11 = head.minor() == 1;
        persistent = persistent && ConnectionOptions.persistent(head);
        expectsContinue = head.has(FieldName.EXPECT) && http11 && ConnectionOptions.listContains(head, FieldName.EXPECT,
                "100-continue");
        exchange = exchanges.begin(this, head, listener.routes());
        exchange.start();
    }

    @Override public void messageBody(ByteBuf data) {
        bodyBegun = true;
        if (bodyRate != null) bodyRate.arrived(data.readableBytes());
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
        ReadSize.rest(ctx.channel());
        if (bodyRate != null) bodyRate.end();
        if (exchange != null) {
            exchange.requestEnd(trailers);
            return;
        }
        if (trailers != null) exchanges.lane().heads().release(trailers);
        if (!closing && !tunnel) nextRequest();
    }

    @Override public void malformed(Failure failure) {
        reader.close();
        persistent = false;
        if (closing) return;
        if (exchange != null) exchange.clientFailed(failure);
        else if (!requestWhole) linger();
        else refuse(failure);
    }

    private void refuse(Failure failure) {
        requestWhole = false;
        exchanges.refuse(this, listener.routes(), failure);
    }

    // ---- from the channel

    @Override public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
        out = new OutBatch(ctx.alloc(), data -> ctx.write(data, ctx.voidPromise()));
    }

    @Override public void channelActive(ChannelHandlerContext ctx) {
        awaitNext();
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
        if (pending != null) {
            pending = joined(pending, in);
            return;
        }
        consume(in);
        awaitNext();
    }

    @Override public void channelReadComplete(ChannelHandlerContext ctx) {
        if (exchange != null) exchange.requestReadComplete();
    }

    @Override public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (closing) return;
        awaitNext();
        if (exchange != null) exchange.clientWritable();
        else if (writable()) resumePending();
    }

    @Override public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE) return;
        if (closing || broken || exchange == null || !requestWhole) {
            gone();
        } else if (tunnel) {
            exchange.requestEnd(null);
        } else {
            // RFC 9112 §9.6: a client may close its sending half and still wait for the response
            persistent = false;
        }
    }

    @Override public void channelInactive(ChannelHandlerContext ctx) {
        gone();
        exchanges.lane().deadlines().cancel(awaited);
    }

    @Override public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            broken = true;
            gone();
        } else {
            log.error("an exchange of listener={} failed by a fault of our own", listener.name(), cause);
            lost(Failure.BUG);
        }
    }

    // ---- one request after another

    private void consume(ByteBuf in) {
        ByteBuf rest = reader.read(in);
        if (rest == null) return;
        if (closing) {
            rest.release();
            return;
        }
        // the next request is there before this one is answered: it waits, and nothing more is read meanwhile
        pending = rest;
        reading(false);
    }

    private void nextRequest() {
        if (listener.draining()) {
            closeAfterWrites();
            return;
        }
        reader.next(false);
        if (pending == null) reading(true);
        else resumePending();
        awaitNext();
    }

    private void resumePending() {
        if (pending == null || !tunnel && !writable()) return;
        ByteBuf in = pending;
        pending = null;
        reading(true);
        consume(in);
        if (exchange != null) exchange.requestReadComplete();
    }

    private static ByteBuf joined(ByteBuf first, ByteBuf second) {
        ByteBuf both = first.alloc().buffer(first.readableBytes() + second.readableBytes());
        both.writeBytes(first).writeBytes(second);
        first.release();
        second.release();
        return both;
    }

    // ---- ends

    private void gone() {
        lost(Failure.CLIENT_LEFT);
        if (closing) ctx.close();
    }

    private void lost(Failure failure) {
        Exchange told = exchange;
        exchange = null;
        if (told != null) told.clientLost(failure);
        close();
    }

    private void close() {
        if (closing) return;
        stop();
        ctx.close();
    }

    private void closeAfterWrites() {
        out.write();
        stop();
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        if (ctx.channel().isOpen()) await(Await.DRAINED, listener.timeouts().stream());
    }

    /**
     * Closes our half and reads on for a while: closing at once with bytes unread would make the kernel send a reset,
     * which can destroy the answer on its way (RFC 9112 §9.6).
     */
    private void linger() {
        if (closing) return;
        out.write();
        stop();
        discarded = 0;
        ctx.channel().config().setAutoRead(true);
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
            if (ctx.channel().isActive()) ((DuplexChannel) ctx.channel()).shutdownOutput();
        });
        await(Await.DRAINED, DRAIN_TIME);
    }

    private void stop() {
        closing = true;
        exchanges.lane().deadlines().cancel(awaited);
        awaited.what = Await.NOTHING;
        if (bodyRate != null) bodyRate.end();
        reader.close();
        out.close();
        if (pending != null) pending.release();
        pending = null;
    }

    // ---- deadlines

    /** Arms the deadline for what the client is awaited for now. */
    private void awaitNext() {
        if (closing) return;
        watchBodyRate();
        if (!writable()) {
            if (awaited.what != Await.WRITE) await(Await.WRITE, listener.timeouts().stream());
        } else if (tunnel) {
            awaited.what = Await.NOTHING;
        } else if (reader.inHead()) {
            if (awaited.what != Await.HEAD) await(Await.HEAD, listener.timeouts().clientHeaders());
        } else if (exchange == null && requestWhole) {
            await(Await.REQUEST, listener.timeouts().clientIdle());
        } else if (exchange != null && !requestWhole && wanted) {
            await(Await.BODY, listener.timeouts().stream());
        } else if (exchange != null) {
            awaited.what = Await.NOTHING;
        }
    }

    /** Judged from the first byte on: before it, a client may wait for a 100 (RFC 9110 §10.1.1). */
    private void watchBodyRate() {
        if (requestWhole || !bodyBegun || exchange == null) return;
        if (bodyRate == null) {
            Runnable tooSlow = () -> malformed(Failure.REQUEST_BODY_SLOW);
            bodyRate = new BodyRate(exchanges.lane().deadlines(), bodyRateWindow, tooSlow);
        }
        if (wanted) bodyRate.wanted(listener.bodyRate());
        else bodyRate.held();
    }

    private void await(Await what, Duration timeout) {
        awaited.what = what;
        exchanges.lane().deadlines().arm(awaited, timeout.toNanos());
    }
}
