package lb.http;

import java.nio.charset.StandardCharsets;

/** The lines that say how a body is framed; always ours, never copied. Threading: stateless. */
public final class FramingLines {
    private static final byte[] CHUNKED = "Transfer-Encoding: chunked\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "Content-Length: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CRLF = {'\r', '\n'};

    private FramingLines() {}

    /**
     * Appends what the given framing needs. A length that describes a body which is not sent (HEAD, 304) is kept.
     *
     * @param framing of the side that the head goes to
     */
    public static void append(Head head, Framing framing) {
        switch (framing) {
            case CHUNKED -> head.append(CHUNKED);
            case LENGTH -> length(head);
            case NONE -> {
                if (head.contentLength() >= 0 && head.status() != 204 && head.status() >= 200) length(head);
            }
            case UNTIL_CLOSE -> {}
        }
    }

    private static void length(Head head) {
        head.append(LENGTH);
        head.append(head.contentLength());
        head.append(CRLF);
    }
}
