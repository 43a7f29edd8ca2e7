package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a chunked body, with its trailers. Seeds: the bodies of the vectors. */
@Tag("fuzz")
class ChunkFuzz {
    private static final byte[] HEAD = "POST / HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    /** Longer vectors test limits, and would set the size of every other input. */
    private static final int LONGEST = 400;
    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(false, true);

    static Stream<byte[]> bodies() {
        return MessageVector.requests().stream().map(each -> new String(each.bytes(), StandardCharsets.ISO_8859_1))
                .filter(message -> message.contains("chunked\r\n\r\n"))
                .filter(message -> message.length() < LONGEST)
                .map(message -> message.substring(message.indexOf("\r\n\r\n") + 4))
                .map(body -> body.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("bodies")
    @FuzzTest(maxDuration = "60s")
    void decodesTheSameBytesInEveryFragmentation(byte[] body) {
        byte[] message = joined(HEAD, body);
        // the input decides where it is cut, so that a finding can be played again
        Mutations cuts = new Mutations(Arrays.hashCode(body));
        // a transcript sees to it that no buffer is kept behind a read
        String whole = Transcript.ofRequest(message, Transcript.LIMITS, Transcript.WHOLE);
        assertThat(Transcript.ofRequest(message, Transcript.LIMITS, cuts.cut())).isEqualTo(whole);
        Received decoded = Received.request(message, Transcript.LIMITS, Transcript.WHOLE);
        Received inFragments = Received.request(message, Transcript.LIMITS, cuts.cut());
        assertThat(inFragments.body()).isEqualTo(decoded.body());
        assertThat(inFragments.failure()).isEqualTo(decoded.failure());
        assertThat(inFragments.whole()).isEqualTo(decoded.whole());
        assertThat(decoded.body().length).isLessThanOrEqualTo(body.length);
        if (!decoded.whole()) return;
        byte[] encoded = encoded(decoded, cuts.cut());
        Received again = Received.request(joined(HEAD, encoded), Transcript.LIMITS, cuts.cut());
        assertThat(again.whole()).as(Escapes.whole(encoded)).isTrue();
        assertThat(again.body()).isEqualTo(decoded.body());
        assertThat(trailers(again)).isEqualTo(trailers(decoded));
    }

    private static byte[] encoded(Received decoded, Transcript.Cut cut) {
        ByteBuf all = Unpooled.buffer();
        OutBatch out = new OutBatch(ALLOCATOR, data -> {
            all.writeBytes(data);
            data.release();
        });
        BodyWriter writer = new BodyWriter();
        writer.begin(Framing.CHUNKED);
        byte[] body = decoded.body();
        for (int at = 0; at < body.length;) {
            int end = cut.end(at, body.length);
            writer.body(Unpooled.wrappedBuffer(body, at, end - at), out);
            at = end;
        }
        writer.end(decoded.trailers(), out);
        out.write();
        byte[] encoded = new byte[all.readableBytes()];
        all.readBytes(encoded).release();
        return encoded;
    }

    /** Those that were passed on, a line each. */
    private static String trailers(Received message) {
        StringBuilder lines = new StringBuilder();
        Head trailers = message.trailers();
        for (int i = 0; trailers != null && i < trailers.count(); i++) {
            if (trailers.removed(i)) continue;
            lines.append(trailers.nameText(i)).append(": ").append(trailers.value(i)).append('\n');
        }
        return lines.toString();
    }

    private static byte[] joined(byte[] head, byte[] body) {
        ByteArrayOutputStream message = new ByteArrayOutputStream(head.length + body.length);
        message.writeBytes(head);
        message.writeBytes(body);
        return message.toByteArray();
    }
}
