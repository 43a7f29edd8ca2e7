package lb.demo;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.CharsetUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A client that keeps one connection, asks one thing at a time and never asks again: every failure that reaches it is
 * reported. The demo's event loop.
 */
final class DemoClient {
    private static final int MAX_ANSWER = 64 * 1024;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final InetSocketAddress address;
    private final DemoReport report;
    private final Bootstrap bootstrap;
    private Channel channel;
    private boolean waiting;
    private long askedNanos;

    DemoClient(EventLoop loop, int port, DemoReport report) {
        this.report = report;
        address = new InetSocketAddress("127.0.0.1", port);
        bootstrap = new Bootstrap().group(loop).channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_ANSWER),
                                new Answers());
                    }
                });
    }

    boolean waiting() {
        return waiting;
    }

    /** Asks once, unless it still waits for an answer. */
    void turn() {
        if (waiting) {
            if (System.nanoTime() - askedNanos > PATIENCE_NANOS) fail("no answer within 10 s");
            return;
        }
        waiting = true;
        askedNanos = System.nanoTime();
        if (channel != null && channel.isActive()) {
            ask();
            return;
        }
        ChannelFuture connected = bootstrap.connect(address);
        channel = connected.channel();
        connected.addListener(done -> {
            if (done.isSuccess()) ask();
            else fail(String.valueOf(done.cause().getMessage()));
        });
    }

    /** Closes its connection; what it still waits for is nobody's failure any more. */
    void leave() {
        waiting = false;
        if (channel != null) channel.close();
    }

    private void ask() {
        DefaultFullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/demo", Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, "127.0.0.1:" + address.getPort())
                .set(HttpHeaderNames.USER_AGENT, "lb-demo");
        channel.writeAndFlush(request);
    }

    private void fail(String how) {
        if (!waiting) return;
        waiting = false;
        report.failed(how);
        channel.close();
    }

    private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {
        @Override protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
            if (!waiting || ctx.channel() != channel) return;
            if (response.status().code() != 200) {
                // lb's own answers say in their first line what happened, status and all
                String body = response.content().toString(CharsetUtil.US_ASCII);
                fail(body.lines().findFirst().orElse(response.status().toString()));
                return;
            }
            waiting = false;
            report.answered(response.headers().get(DemoAnswers.NAME_FIELD), System.nanoTime() - askedNanos);
        }

        @Override public void channelInactive(ChannelHandlerContext ctx) {
            if (ctx.channel() == channel) fail("the connection was closed without an answer");
        }

        @Override public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (ctx.channel() == channel) fail(String.valueOf(cause.getMessage()));
            ctx.close();
        }
    }
}
