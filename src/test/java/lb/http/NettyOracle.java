package lb.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.InvalidChunkExtensionException;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Netty's decoders as an oracle: what Netty refuses, lb refuses, and where both accept, they see the same body. What is
 * allowed to differ stands in {@link #allowed} with its reason. lb refuses much more; that is not looked at here.
 */
final class NettyOracle {
    private static final HttpDecoderConfig CONFIG = new HttpDecoderConfig()
            .setMaxInitialLineLength(32 * 1024).setMaxHeaderSize(32 * 1024).setMaxChunkSize(64 * 1024);

    private NettyOracle() {}

    /** What Netty made of a message. */
    private record Decoded(Throwable refused, boolean whole, byte[] body) {}

    /** What the two make of a message that lb accepts, or null when they agree or lb does not accept it. */
    static String difference(byte[] bytes, boolean request) {
        Received ours = request ? Received.request(bytes) : Received.response(bytes, false);
        if (!ours.whole() || ours.head().status() == 101) return null;
        Decoded theirs = decoded(bytes, request);
        if (theirs.refused != null) {
            return allowed(theirs.refused) ? null : Escapes.whole(bytes) + ": Netty: " + theirs.refused;
        }
        if (theirs.whole && Arrays.equals(theirs.body, ours.body())) return null;
        return Escapes.whole(bytes) + ": body " + Escapes.shown(ours.body()) + ", Netty: "
                + Escapes.shown(theirs.body) + (theirs.whole ? "" : ", not whole");
    }

    /**
     * Chunk extensions are dropped, so lb only sees to it that their line ends where everybody sees its end: it does
     * not ask whether their names are tokens. Netty does, and stumbles itself over octets above 127 there.
     */
    private static boolean allowed(Throwable refusal) {
        return refusal instanceof InvalidChunkExtensionException
                || refusal instanceof IndexOutOfBoundsException && refusal.getMessage().startsWith("bitIndex < 0");
    }

    private static Decoded decoded(byte[] bytes, boolean request) {
        EmbeddedChannel channel = new EmbeddedChannel(
                request ? new HttpRequestDecoder(CONFIG) : new HttpResponseDecoder(CONFIG));
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        if (!request) channel.finish();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Throwable refused = null;
        boolean interim = false;
        boolean whole = false;
        for (Object message; (message = channel.readInbound()) != null; ReferenceCountUtil.release(message)) {
            if (whole) continue;
            if (refused == null) refused = ((HttpObject) message).decoderResult().cause();
            if (message instanceof HttpResponse response) interim = response.status().code() < 200;
            if (message instanceof HttpContent content) body.writeBytes(read(content.content()));
            whole = message instanceof LastHttpContent && !interim;
        }
        channel.finishAndReleaseAll();
        return new Decoded(refused, whole, body.toByteArray());
    }

    private static byte[] read(ByteBuf content) {
        byte[] bytes = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), bytes);
        return bytes;
    }
}
