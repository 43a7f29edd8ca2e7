package lb.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of an operator's tool: requests one after another. From the connection or the previous request on, the
 * next whole request and the taking of the previous answer together have 10 s. Admin thread.
 */
final class AdminConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger log = LoggerFactory.getLogger(AdminConnection.class);
    private static final long READ_SECONDS = 10;

    private final Routes routes;
    private Future<?> deadline;
    private boolean wanted;

    AdminConnection(Routes routes) {
        this.routes = routes;
    }

    @Override public void channelActive(ChannelHandlerContext ctx) {
        awaitRequest(ctx);
        next(ctx);
    }

    @Override protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        wanted = false;
        deadline.cancel(false);
        boolean keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
        FullHttpResponse response = response(answer(request), request.method().equals(HttpMethod.HEAD));
        HttpUtil.setKeepAlive(response.headers(), request.protocolVersion(), keepAlive);
        awaitRequest(ctx);
        ctx.writeAndFlush(response).addListener((ChannelFutureListener) sent -> {
            if (!keepAlive || !sent.isSuccess()) ctx.close();
            else next(ctx);
        });
    }

    /** A read may end with half a request, and is then forgotten by whoever holds requests back. */
    @Override public void channelReadComplete(ChannelHandlerContext ctx) {
        if (wanted) ctx.read();
    }

    @Override public void channelInactive(ChannelHandlerContext ctx) {
        deadline.cancel(false);
    }

    @Override public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) log.warn("an admin connection failed", cause);
        ctx.close();
    }

    private void next(ChannelHandlerContext ctx) {
        wanted = true;
        ctx.read();
    }

    private void awaitRequest(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> ctx.close(), READ_SECONDS, TimeUnit.SECONDS);
    }

    private Answer answer(FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            return Answer.problem(400, "Bad Request", "this is no HTTP/1 request that can be read", "/");
        }
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        AbsoluteForm absolute = AbsoluteForm.of(request.uri());
        boolean fromInside = hosts.size() == 1 && LoopbackHost.allows(hosts.get(0))
                && (absolute == null || LoopbackHost.allows(absolute.authority()));
        if (!fromInside) {
            String detail = "the Host has to be localhost or a loopback address";
            return Answer.problem(403, "Forbidden", detail, request.uri());
        }
        if (absolute != null) request.setUri(absolute.rest());
        try {
            return routes.answer(request);
        } catch (RuntimeException e) {
            log.error("answering {} {} failed through a fault of our own", request.method(), request.uri(), e);
            String detail = "this failed through a fault of our own; the log has more";
            return Answer.problem(500, "Internal Server Error", detail, request.uri());
        }
    }

    private static FullHttpResponse response(Answer answer, boolean head) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
        if (answer.allow() != null) headers.set(HttpHeaderNames.ALLOW, answer.allow());
        return response;
    }
}
