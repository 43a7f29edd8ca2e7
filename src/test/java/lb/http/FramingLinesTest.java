package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FramingLinesTest {
    @Test void saysHowABodyIsFramed() {
        assertThat(response("200", "Content-Length: 007", Framing.LENGTH)).isEqualTo("Content-Length: 7\r\n");
        assertThat(response("200", "Content-Length: 0", Framing.LENGTH)).isEqualTo("Content-Length: 0\r\n");
        assertThat(response("200", "Content-Length: 999999999999999999", Framing.LENGTH))
                .isEqualTo("Content-Length: 999999999999999999\r\n");
        assertThat(response("200", "Transfer-Encoding: CHUNKED", Framing.CHUNKED))
                .isEqualTo("Transfer-Encoding: chunked\r\n");
        assertThat(response("200", "A: b", Framing.UNTIL_CLOSE)).isEqualTo("A: b\r\n");
    }

    @Test void keepsTheLengthOfABodyThatIsNotSent() {
        assertThat(response("304", "Content-Length: 5", Framing.NONE)).isEqualTo("Content-Length: 5\r\n");
        assertThat(response("200", "Content-Length: 5", Framing.NONE)).isEqualTo("Content-Length: 5\r\n");
        assertThat(response("304", "A: b", Framing.NONE)).isEqualTo("A: b\r\n");
    }

    @Test void neverGivesALengthToWhatCanHaveNone() {
        // RFC 9110 §8.6: no Content-Length in any response with a status of 1xx or 204
        assertThat(response("204", "Content-Length: 5", Framing.NONE)).isEmpty();
        assertThat(response("101", "Content-Length: 5", Framing.NONE)).isEmpty();
    }

    @Test void saysNothingOfARequestWithoutBody() {
        Head head = Received.requestHead("GET / HTTP/1.1", "Host: a");
        FramingLines.append(head, head.framing());
        ByteBuf out = Unpooled.buffer();
        HeadWriter.request(head, out);
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        out.release();
    }

    private static String response(String status, String line, Framing framing) {
        Head head = Received.responseHead("HTTP/1.1 " + status + " x", line);
        HopByHop.removeFromResponse(head);
        FramingLines.append(head, framing);
        ByteBuf out = Unpooled.buffer();
        HeadWriter.fields(head, out);
        String text = out.toString(StandardCharsets.US_ASCII);
        out.release();
        return text.substring(0, text.length() - 2);
    }
}
