package lb;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lb.http.Failure;
import lb.http.Head;
import lb.http.HeadLimits;
import lb.http.Heads;
import lb.http.MessageReader;

/**
 * The request that {@code --explain} asks about, as it would come over the wire: {@code GET http://shop.example.com/x},
 * {@code /x}.
 *
 * @param port that the URL names, or 0
 */
record Question(String text, int port) {
    private static final Pattern ASKED = Pattern.compile(
            "(?:(?<method>\\S+)\\s+)?(?:http://(?<host>[^/?#\\s]*?(?::(?<port>\\d{1,5}))?))?(?<target>[/?*]\\S*)?");

    /** What the parser makes of it. @param head or null, and then there is a failure */
    record Read(Head head, Failure failure) {}

    /** @throws WrongCommandLine for what is neither a URL nor a path, or a header without a colon */
    static Question of(String asked, List<String> headers) throws WrongCommandLine {
        Matcher found = ASKED.matcher(asked.strip());
        if (asked.isBlank() || !found.matches() || found.group("host") == null && found.group("target") == null) {
            throw new WrongCommandLine("--explain " + asked
                    + ": expected such as 'GET http://shop.example.com/x' or 'GET /x'");
        }
        String method = found.group("method") == null ? "GET" : found.group("method");
        String target = found.group("target") == null ? "/" : found.group("target");
        StringBuilder text = new StringBuilder(method).append(' ')
                .append(target.startsWith("?") ? "/" : "").append(target).append(" HTTP/1.1\r\n");
        boolean hosted = headers.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("host:"));
        if (!hosted) text.append("Host: ").append(found.group("host") == null ? "localhost" : found.group("host"))
                .append("\r\n");
        for (String header : headers) {
            if (header.indexOf(':') <= 0 || header.indexOf('\n') >= 0 || header.indexOf('\r') >= 0) {
                throw new WrongCommandLine("--header " + header + ": expected such as 'Cookie: a=1'");
            }
            text.append(header).append("\r\n");
        }
        String port = found.group("port");
        return new Question(text.append("\r\n").toString(), port == null ? 0 : Integer.parseInt(port));
    }

    /** The first line. */
    String line() {
        return text.substring(0, text.indexOf('\r'));
    }

    Read read(HeadLimits limits, Heads heads) {
        Reading reading = new Reading(heads);
        ByteBuf rest = MessageReader.ofRequests(limits, heads, reading)
                .read(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
        if (rest != null) rest.release();
        return new Read(reading.head, reading.failure);
    }

    private static final class Reading implements MessageReader.Sink {
        private final Heads heads;
        private Head head;
        private Failure failure;

        Reading(Heads heads) {
            this.heads = heads;
        }

        @Override public void messageHead(Head head) {
            this.head = head;
        }

        @Override public void messageBody(ByteBuf data) {
            data.release();
        }

        @Override public void messageEnd(Head trailers) {
            if (trailers != null) heads.release(trailers);
        }

        @Override public void malformed(Failure failure) {
            this.failure = failure;
        }
    }
}
