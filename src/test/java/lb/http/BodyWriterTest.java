package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyWriterTest {
    private final StringBuilder written = new StringBuilder();
    private final OutBatch out = new OutBatch(UnpooledByteBufAllocator.DEFAULT, data -> {
        int shown = Math.min(data.readableBytes(), 400);
        written.append(data.toString(data.readerIndex(), shown, StandardCharsets.US_ASCII));
        data.release();
    });
    private final BodyWriter writer = new BodyWriter();

    @Test void framesPiecesAsChunks() {
        writer.begin(Framing.CHUNKED);
        writer.body(text("hello"), out);
        writer.body(text("x".repeat(16)), out);
        writer.end(null, out);
        assertWritten("5\r\nhello\r\n10\r\n" + "x".repeat(16) + "\r\n0\r\n\r\n");
    }

    @Test void passesPiecesAsTheyAreInAnyOtherFraming() {
        for (Framing framing : new Framing[] {Framing.LENGTH, Framing.UNTIL_CLOSE}) {
            written.setLength(0);
            writer.begin(framing);
            writer.body(text("hello"), out);
            writer.end(trailers("X: y"), out);
            assertWritten("hello");
        }
    }

    @Test void writesOnlyTheEndOfAnEmptyChunkedBody() {
        writer.begin(Framing.CHUNKED);
        writer.end(null, out);
        writer.end(null, out);
        assertWritten("0\r\n\r\n");
    }

    @Test void writesNothingForNoBody() {
        writer.begin(Framing.NONE);
        writer.end(null, out);
        assertWritten("");
    }

    @Test void writesTrailersButNothingThatFramesOrRoutes() {
        writer.begin(Framing.CHUNKED);
        writer.end(trailers("X: 1", "Content-Length: 5", "Y: 2", "transfer-encoding: chunked", "Host: b", "Z: 3",
                "Authorization: q", "Set-Cookie: s", "X_Forwarded_For: 1", "X-Forwarded-Any: 1"), out);
        assertWritten("0\r\nX: 1\r\nY: 2\r\nZ: 3\r\n\r\n");
    }

    @Test void dropsTrailersThatAuthenticateModifyControlOrDescribeContent() {
        writer.begin(Framing.CHUNKED);
        writer.end(trailers("Cache-Control: a", "cache_control: a", "WWW-Authenticate: a", "Proxy-Anything: a",
                "If-Match: a", "IF-NONE-MATCH: a", "If-Unheard-Of: a", "Set-Cookie: a", "Content-Type: a",
                "Content_Encoding: a", "Content-Location: a", "Expires: a", "Age: a", "Location: a", "Range: a",
                "Pragma: a", "Vary: a", "Date: a", "Retry-After: a", "Expect: a", "Max-Forwards: 1", "TE: a",
                "Access-Control-Allow-Origin: a", "Sec-Fetch-Site: a"), out);
        assertWritten("0\r\n\r\n");
    }

    @Test void keepsTrailersThatAreMadeToComeLateOrUnknown() {
        String kept = "Grpc-Status: 0\r\ngrpc-message: ok\r\nServer-Timing: a\r\nDigest: a\r\n"
                + "Content-Digest: a\r\ncontent_digest: a\r\nETag: a\r\nAuthentication-Info: a\r\nX-Any: a\r\n"
                + "Agent: a\r\nIffy: a\r\nSecret: a\r\n";
        writer.begin(Framing.CHUNKED);
        writer.end(trailers(kept.strip().split("\r\n")), out);
        assertWritten("0\r\n" + kept + "\r\n");
    }

    @Test void writesAnEmptyEndWhenNoTrailerIsFit() {
        writer.begin(Framing.CHUNKED);
        writer.end(trailers("Content-Length: 5"), out);
        assertWritten("0\r\n\r\n");
    }

    @Test void writesEverySizeInHexadecimal() {
        ByteBuf megabyte = Unpooled.wrappedBuffer(new byte[1 << 20]);
        for (int bits = 0; bits < 31; bits++) {
            for (long size : new long[] {(1L << bits) - 1, 1L << bits, (1L << bits) + 1}) {
                if (size > 0 && size <= 1 << 20) assertSize((int) size, megabyte.retainedSlice(0, (int) size));
            }
        }
        // views of the same bytes: nothing of that size is ever held
        for (int megabytes : new int[] {16, 256, 2047}) {
            CompositeByteBuf large = Unpooled.compositeBuffer(4096);
            for (int i = 0; i < megabytes; i++) large.addComponent(true, megabyte.retainedSlice());
            assertSize(megabytes << 20, large);
        }
        CompositeByteBuf largest = Unpooled.compositeBuffer(4096);
        for (int i = 0; i < 2047; i++) largest.addComponent(true, megabyte.retainedSlice());
        largest.addComponent(true, megabyte.retainedSlice(0, (1 << 20) - 1));
        assertSize(Integer.MAX_VALUE, largest);
        assertThat(megabyte.release()).isTrue();
    }

    private void assertSize(int size, ByteBuf data) {
        written.setLength(0);
        writer.begin(Framing.CHUNKED);
        writer.body(data, out);
        out.write();
        assertThat(written.toString()).startsWith(Integer.toHexString(size) + "\r\n");
    }

    private void assertWritten(String expected) {
        out.write();
        assertThat(written).hasToString(expected);
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static Head trailers(String... lines) {
        String message = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                + String.join("\r\n", lines) + "\r\n\r\n";
        return Received.request(message.getBytes(StandardCharsets.US_ASCII)).trailers();
    }
}
