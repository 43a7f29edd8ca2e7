package lb.connect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import lb.http.BodyWriter;
import lb.http.Framing;
import lb.http.FramingLines;
import lb.http.Head;
import lb.http.HeadWriter;
import lb.http.OutBatch;

/** Writes requests, and what a tunnel carries, to one connection of a backend. Event loop only. */
final class RequestOutput {
    private final BodyWriter body = new BodyWriter();
    private ChannelHandlerContext ctx;
    private OutBatch out;

    void of(ChannelHandlerContext ctx) {
        this.ctx = ctx;
        out = new OutBatch(ctx.alloc(), data -> ctx.write(data, ctx.voidPromise()));
    }

    /** @param head edited but for the framing; the caller's still */
    void head(Head head) {
        FramingLines.append(head, head.framing());
        HeadWriter.request(head, out.room(head.size()));
        body.begin(head.framing());
    }

    /** From now on bytes pass as they are. */
    void raw() {
        body.begin(Framing.UNTIL_CLOSE);
    }

    /** @param data this object's now */
    void body(ByteBuf data) {
        body.body(data, out);
    }

    /** @param trailers the caller's still, or null */
    void end(Head trailers) {
        body.end(trailers, out);
    }

    void flush() {
        out.write();
        ctx.flush();
    }

    boolean writable() {
        return ctx.channel().isWritable();
    }

    /** Ends this direction, but not before everything is out: a shutdown drops what is still waiting. */
    void shutdown() {
        out.write();
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> ((DuplexChannel) ctx.channel()).shutdownOutput());
    }

    /** Closes the connection when everything is out. */
    void closeWhenOut() {
        out.write();
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Forgets what was not handed to the channel. */
    void close() {
        out.close();
    }
}
