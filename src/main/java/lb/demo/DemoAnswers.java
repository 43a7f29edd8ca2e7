package lb.demo;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.CharsetUtil;
import java.util.concurrent.TimeUnit;

/** What a demo backend answers on one connection, which brings one request at a time. The demo's event loop. */
final class DemoAnswers extends SimpleChannelInboundHandler<HttpObject> {
    static final String NAME_FIELD = "X-Demo-Backend";
    static final String HEALTH_PATH = "/healthz";

    private final DemoBackend backend;
    private String line;

    DemoAnswers(DemoBackend backend) {
        this.backend = backend;
    }

    @Override protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (message instanceof HttpRequest request) line = request.method() + " " + request.uri();
        if (!(message instanceof LastHttpContent)) return;
        if (line.equals("GET " + HEALTH_PATH)) {
            answer(ctx, "ok\n");
        } else if (backend.leavesUnanswered()) {
            ctx.close();
        } else {
            String answer = backend.name() + " answers " + line + "\n";
            ctx.executor().schedule(() -> answer(ctx, answer), backend.manner().millis(), TimeUnit.MILLISECONDS);
        }
    }

    private void answer(ChannelHandlerContext ctx, String text) {
        if (!ctx.channel().isActive()) return;
        ByteBuf body = ctx.alloc().buffer();
        body.writeCharSequence(text, CharsetUtil.UTF_8);
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(NAME_FIELD, backend.name());
        ctx.writeAndFlush(response);
    }

    /** A connection that was cut, or bytes that are no HTTP: nothing to save here. */
    @Override public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
