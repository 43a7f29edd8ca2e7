package lb.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes heads in our own version, HTTP/1.1. What no edit removed is copied in runs of bytes, so that order, case and
 * repeated lines reach the other side as sent.
 *
 * <p>Every method takes a buffer with room for {@link Head#size} bytes, which stays the caller's. Threading: stateless.
 */
public final class HeadWriter {
    private static final byte[] VERSION = "HTTP/1.1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERSION_END = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
    /** Where the status of a status line ends. */
    private static final int STATUS_END = VERSION.length + 4;
    private static final int CRLF = '\r' << 8 | '\n';

    private HeadWriter() {}

    /** The request line, with the target that goes on, then {@link #fields}. */
    public static void request(Head head, ByteBuf out) {
        out.writeBytes(head.bytes, 0, head.methodEnd + 1);
        if (head.otherTarget != null) {
            out.writeBytes(head.otherTarget);
        } else {
            if (head.pathLead != 0) out.writeByte(head.pathLead);
            out.writeBytes(head.bytes, head.pathStart, head.pathEnd - head.pathStart);
        }
        out.writeBytes(VERSION_END);
        fields(head, out);
    }

    /** The status line, with status and reason as received, then {@link #fields}. */
    public static void response(Head head, ByteBuf out) {
        int end = head.fieldsStart - 2;
        if (head.minor == 1 && end > STATUS_END) {
            out.writeBytes(head.bytes, 0, head.fieldsStart);
        } else {
            out.writeBytes(VERSION);
            out.writeBytes(head.bytes, VERSION.length, end - VERSION.length);
            // RFC 9112 §4: the space stands there also when no reason follows
            if (end == STATUS_END) out.writeByte(' ');
            out.writeShort(CRLF);
        }
        fields(head, out);
    }

    /** The surviving lines, the appended ones, and the empty line that ends the head; of trailers, all there is. */
    public static void fields(Head head, ByteBuf out) {
        byte[] bytes = head.bytes;
        int length = head.length;
        int from = head.fieldsStart;
        if (head.removedCount > 0) {
            int count = head.count();
            for (int i = 0; i < count; i++) {
                if (!head.removed(i)) continue;
                int start = head.nameStart(i);
                if (start > from) out.writeBytes(bytes, from, start - from);
                from = i + 1 < count ? head.nameStart(i + 1) : length - 2;
            }
        }
        // up to the empty line; the appended lines stand behind it
        if (length - 2 > from) out.writeBytes(bytes, from, length - 2 - from);
        if (head.written > length) out.writeBytes(bytes, length, head.written - length);
        out.writeShort(CRLF);
    }
}
