package lb.listen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import lb.http.BodyWriter;
import lb.http.ConnectionOptions;
import lb.http.FieldName;
import lb.http.Framing;
import lb.http.FramingLines;
import lb.http.Head;
import lb.http.HeadWriter;
import lb.http.Heads;
import lb.http.OutBatch;
import lb.proxy.ClientSide;
import lb.proxy.ForwardingFields;
import lb.proxy.RouteTable;

/**
 * What the exchanges of one {@link Http1ClientConnection} see of their client: it writes responses, and knows whether
 * the connection outlives them.
 *
 * <p>Threading: event loop only.
 */
final class Http1ClientSide implements ClientSide {
    private static final byte[] CLOSE = "Connection: close\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEEP_ALIVE =
            "Connection: keep-alive\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Http1ClientConnection connection;
    private final Listener listener;
    private final Heads heads;
    private final BodyWriter body = new BodyWriter();
    private ChannelHandlerContext ctx;
    private OutBatch out;
    private ForwardingFields forwarding;
    private RouteTable forwardingFor;
    private boolean tunnel;

    // of the request that is served now
    private boolean expectsContinue;
    private boolean http11 = true;
    private boolean persistent = true;
    private boolean untilClose;
    private boolean clientLeaves;

    Http1ClientSide(Http1ClientConnection connection, Listener listener, Heads heads) {
        this.connection = connection;
        this.listener = listener;
        this.heads = heads;
    }

    // ---- for the connection

    void added(ChannelHandlerContext ctx) {
        this.ctx = ctx;
        out = new OutBatch(ctx.alloc(), data -> ctx.write(data, ctx.voidPromise()));
    }

    /** A request came, whose response is next. */
    void begin(Head request) {
        untilClose = false;
        http11 = request.minor() == 1;
        clientLeaves = !ConnectionOptions.persistent(request);
        persistent = persistent && !clientLeaves;
        expectsContinue = request.has(FieldName.EXPECT) && http11
                && ConnectionOptions.listContains(request, FieldName.EXPECT, "100-continue");
    }

    /** False when the connection ends with the response. */
    boolean persistent() {
        return persistent;
    }

    void lastResponse() {
        persistent = false;
    }

    /** True after a 101. */
    boolean tunnelling() {
        return tunnel;
    }

    /** True when the client said that it sends nothing after its request. */
    boolean clientLeaves() {
        return clientLeaves;
    }

    /** What is held back, the caller's now: when that is written, nothing is on its way any more. */
    ByteBuf last() {
        ByteBuf held = out.take();
        return held == null ? Unpooled.EMPTY_BUFFER : held;
    }

    /** Forgets what was not handed over. */
    void close() {
        out.close();
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
        if (connection.closing()) return;
        HeadWriter.response(head, out.room(head.size()));
        flush();
    }

    @Override public void response(Head head) {
        if (connection.closing()) return;
        Framing framing = head.framing();
        if (framing == Framing.CHUNKED || framing == Framing.UNTIL_CLOSE) {
            framing = http11 ? Framing.CHUNKED : Framing.UNTIL_CLOSE;
        }
        untilClose = framing == Framing.UNTIL_CLOSE;
        // RFC 9110 §10.1.1: after a final answer to an expectation nobody knows whether the body will follow
        if (untilClose || listener.draining() || expectsContinue && connection.bodyAwaited()) persistent = false;
        FramingLines.append(head, framing);
        if (!persistent) head.append(CLOSE);
        else if (!http11) head.append(KEEP_ALIVE);
        body.begin(framing);
        HeadWriter.response(head, out.room(head.size()));
    }

    @Override public void tunnel(Head head) {
        if (connection.closing()) return;
        tunnel = true;
        persistent = false;
        HeadWriter.response(head, out.room(head.size()));
        body.begin(Framing.UNTIL_CLOSE);
        flush();
        connection.switchedProtocols();
    }

    @Override public void body(ByteBuf data) {
        if (connection.closing()) data.release();
        else body.body(data, out);
    }

    @Override public void end(Head trailers) {
        if (!connection.closing()) {
            body.end(trailers, out);
            if (tunnel) shutdownOutput();
            // otherwise the last bytes leave with what closes the connection
            else if (persistent) flush();
        }
        if (trailers != null) heads.release(trailers);
    }

    /** Not before everything is out: a shutdown drops what is still waiting. */
    private void shutdownOutput() {
        ctx.writeAndFlush(last()).addListener(done -> ((DuplexChannel) ctx.channel()).shutdownOutput());
    }

    @Override public void flush() {
        if (connection.closing()) return;
        out.write();
        ctx.flush();
    }

    @Override public boolean writable() {
        return ctx.channel().isWritable();
    }

    @Override public void reading(boolean wanted) {
        connection.reading(wanted);
    }

    @Override public void finished() {
        connection.responseWhole();
    }

    @Override public void abort() {
        if (!untilClose) {
            // what came of it may have come in one read with the end
            flush();
        } else if (!connection.closing() && ctx.channel().isActive()) {
            // without a length, only a reset tells the client that the response is not whole
            ((SocketChannel) ctx.channel()).config().setSoLinger(0);
        }
        connection.responseAborted();
    }
}
