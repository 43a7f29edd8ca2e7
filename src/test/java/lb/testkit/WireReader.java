package lb.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads HTTP/1 messages from a blocking stream, more strictly than any peer in the wild: CRLF only, no folded lines, no
 * white space before a colon. What it refuses, lb must not have written. One thread.
 */
final class WireReader {
    private static final Pattern REQUEST_LINE = Pattern.compile("[!-~]+ [!-~]+ HTTP/1\\.[01]");
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] [1-9][0-9]{2} .*");
    private static final Pattern CHUNK_LINE = Pattern.compile("[0-9a-fA-F]{1,15}(;.*)?");

    /** Bytes of a message that are kept as they came; bodies beyond are kept once. */
    private static final int WIRE_KEPT = 1 << 20;

    private final InputStream in;
    private ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private ByteArrayOutputStream body = new ByteArrayOutputStream();
    private String startLine;
    private List<Field> fields = List.of();
    private List<Field> trailers = List.of();
    private boolean request;

    /** @param in buffered */
    WireReader(InputStream in) {
        this.in = in;
    }

    /** False when the peer closed instead of sending a request. */
    boolean requestHead() throws IOException {
        return head(true);
    }

    /** The message whose head was read, with its body. @param method of the request that is answered, or null */
    Message rest(String method) throws IOException {
        try {
            readBody(method);
            return message(Message.Ending.WHOLE);
        } catch (EOFException closed) {
            return message(Message.Ending.CLOSED);
        } catch (SocketTimeoutException late) {
            throw new AssertionError("the message did not end in time: " + message(Message.Ending.CLOSED), late);
        } catch (IOException reset) {
            return message(Message.Ending.RESET);
        }
    }

    /** The message as far as it was read. */
    Message message(Message.Ending ending) {
        return new Message(startLine, fields, body.toByteArray(), trailers, ending, wire.toByteArray());
    }

    /** False when the peer closed instead of answering. */
    boolean responseHead() throws IOException {
        return head(false);
    }

    byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) throw new EOFException("closed after " + bytes.length + " of " + length + " bytes");
        return bytes;
    }

    private boolean head(boolean request) throws IOException {
        this.request = request;
        wire = new ByteArrayOutputStream();
        body = new ByteArrayOutputStream();
        trailers = List.of();
        in.mark(1);
        if (in.read() < 0) return false;
        in.reset();
        startLine = line();
        if (!(request ? REQUEST_LINE : STATUS_LINE).matcher(startLine).matches()) {
            throw new MalformedMessage("start line: " + startLine);
        }
        fields = fieldLines();
        return true;
    }

    private void readBody(String method) throws IOException {
        if (!request && endsWithHead(method)) return;
        Message head = message(Message.Ending.WHOLE);
        List<String> lengths = head.values("Content-Length");
        List<String> codings = head.values("Transfer-Encoding");
        if (lengths.size() > 1 || (!lengths.isEmpty() && !codings.isEmpty())) {
            throw new MalformedMessage("ambiguous framing: " + head);
        }
        if (!codings.isEmpty()) {
            if (!codings.equals(List.of("chunked"))) throw new MalformedMessage("codings: " + head);
            chunks();
        } else if (!lengths.isEmpty()) {
            take(Long.parseLong(lengths.get(0)));
        } else if (!request) {
            untilClosed();
        }
    }

    // RFC 9112 §6.3: these end with their head, whatever their length fields say.
    private boolean endsWithHead(String method) {
        int status = Integer.parseInt(startLine.substring(9, 12));
        return "HEAD".equals(method) || status < 200 || status == 204 || status == 304;
    }

    private void chunks() throws IOException {
        while (true) {
            String line = line();
            if (!CHUNK_LINE.matcher(line).matches()) throw new MalformedMessage("chunk line: " + line);
            long size = Long.parseLong(line.replaceFirst(";.*", ""), 16);
            if (size == 0) break;
            take(size);
            if (!line().isEmpty()) throw new MalformedMessage("a chunk longer than its size");
        }
        trailers = fieldLines();
    }

    private void take(long length) throws IOException {
        byte[] part = new byte[8192];
        for (long left = length; left > 0; ) {
            int n = in.read(part, 0, (int) Math.min(left, part.length));
            if (n < 0) throw new EOFException();
            keep(part, n);
            left -= n;
        }
    }

    private void untilClosed() throws IOException {
        byte[] part = new byte[8192];
        for (int n = in.read(part); n >= 0; n = in.read(part)) keep(part, n);
    }

    private void keep(byte[] part, int n) {
        if (wire.size() < WIRE_KEPT) wire.write(part, 0, n);
        body.write(part, 0, n);
    }

    private List<Field> fieldLines() throws IOException {
        List<Field> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) lines.add(Field.parse(line));
        return lines;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = octet(); b != '\r'; b = octet()) {
            if (b == '\n' || b == 0) throw new MalformedMessage("a bare LF or a NUL in: " + line);
            line.write(b);
        }
        if (octet() != '\n') throw new MalformedMessage("a bare CR in: " + line);
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private int octet() throws IOException {
        int b = in.read();
        if (b < 0) throw new EOFException();
        wire.write(b);
        return b;
    }
}
