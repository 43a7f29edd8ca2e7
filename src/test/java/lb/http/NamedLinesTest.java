package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NamedLinesTest {
    private final Head head = Received.requestHead("GET / HTTP/1.1", "Host: a", "X-A: 1", "x-a: 2", "X-AB: 3",
            "Via: x");

    @Test void removesReceivedLinesInAnyCase() {
        NamedLines.removeAll(head, "x-a");
        assertThat(written()).isEqualTo("Host: a\r\nX-AB: 3\r\nVia: x\r\n\r\n");
    }

    @Test void removesAppendedLinesToo() {
        append("Via: 1.1 lb\r\nX-A: 4\r\nX-B: 5\r\nvia:\r\n");
        NamedLines.removeAll(head, "via");
        assertThat(written()).isEqualTo("Host: a\r\nX-A: 1\r\nx-a: 2\r\nX-AB: 3\r\nX-A: 4\r\nX-B: 5\r\n\r\n");
        NamedLines.removeAll(head, "x-a");
        NamedLines.removeAll(head, "x-b");
        assertThat(written()).isEqualTo("Host: a\r\nX-AB: 3\r\n\r\n");
        append("X-C: 6\r\n");
        assertThat(written()).isEqualTo("Host: a\r\nX-AB: 3\r\nX-C: 6\r\n\r\n");
    }

    @Test void leavesLinesWhoseNamesOnlyBeginSo() {
        append("X-Bc: 1\r\nB: x-b: 2\r\nX: b\r\n");
        String before = written();
        NamedLines.removeAll(head, "x-b");
        NamedLines.removeAll(head, "x");
        assertThat(written()).isEqualTo(before.replace("X: b\r\n", ""));
    }

    private void append(String lines) {
        head.append(lines.getBytes(StandardCharsets.US_ASCII));
    }

    private String written() {
        ByteBuf out = Unpooled.buffer();
        HeadWriter.fields(head, out);
        return out.toString(StandardCharsets.US_ASCII);
    }
}
