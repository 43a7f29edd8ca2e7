package lb.health;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import lb.config.StatusRanges;

/**
 * Sends a GET once connected and looks at the status of the answer; its body is never read. Tells the result at least
 * once, the first one counts.
 *
 * <p>Threading: control thread, which is the connection's event loop.
 */
final class HttpQuestion extends SimpleChannelInboundHandler<HttpObject> {
    /** Bytes. */
    private static final int MAX_LINE = 4 << 10;
    private static final int MAX_HEAD = 16 << 10;

    private final String request;
    private final StatusRanges expect;
    private final Consumer<ProbeResult> result;

    HttpQuestion(String authority, String path, StatusRanges expect, Consumer<ProbeResult> result) {
        request = "GET " + path + " HTTP/1.1\r\nHost: " + authority
                + "\r\nUser-Agent: lb-health\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        this.expect = expect;
        this.result = result;
    }

    @Override public void handlerAdded(ChannelHandlerContext context) {
        context.pipeline().addBefore(context.name(), null, new HttpResponseDecoder(
                new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_HEAD)));
    }

    @Override public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII), context.voidPromise());
    }

    @Override protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            boolean large = message.decoderResult().cause() instanceof TooLongFrameException;
            result.accept(ProbeResult.failed(large ? "head of the answer is too large" : "answer is not valid HTTP"));
        } else if (message instanceof HttpResponse response && !interim(response)) {
            int status = response.status().code();
            result.accept(expect.contains(status)
                    ? ProbeResult.passed("status " + status)
                    : ProbeResult.failed("status " + status + ", expected " + shown(expect)));
        }
    }

    /** RFC 9110 §15.2: any number of 1xx may come before the answer; but nobody asked to switch protocols. */
    private static boolean interim(HttpResponse response) {
        return response.status().codeClass() == HttpStatusClass.INFORMATIONAL && response.status().code() != 101;
    }

    @Override public void channelInactive(ChannelHandlerContext context) {
        result.accept(ProbeResult.failed("connection closed before an answer"));
    }

    @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        String reason = message.contains("reset") ? "connection reset" : "connection lost: " + message;
        result.accept(ProbeResult.failed(reason));
    }

    private static String shown(StatusRanges ranges) {
        StringBuilder text = new StringBuilder();
        for (StatusRanges.Range range : ranges.ranges()) {
            if (!text.isEmpty()) text.append(',');
            text.append(range.from());
            if (range.to() != range.from()) text.append('-').append(range.to());
        }
        return text.toString();
    }
}
