package lb.http;

import io.netty.buffer.ByteBuf;

/**
 * Fills a {@link Head} from bytes that arrive in any fragments, and refuses whatever RFC 9112 does not allow.
 *
 * <pre>
 * accepted   one CRLF-ended start line, field lines "name:OWS value OWS CRLF", an empty line; up to four empty lines
 *            before a request line (RFC 9112 §2.2)
 * refused    bare CR or LF, NUL and other controls, obs-fold, space before the colon, empty or non-token names,
 *            more or other spaces in the start line, anything behind HTTP/1.0 and HTTP/1.1
 * </pre>
 *
 * Bytes are copied into the head as they come, a step at a time, so that a body behind the head is hardly touched.
 * Threading: one event loop.
 */
final class HeadParser {
    /** What is parsed: the three differ in their start line only. */
    enum Kind { REQUEST, RESPONSE, TRAILERS }

    private static final int STEP = 1024;
    private static final int EMPTY_LINES = 4;
    /** Room in a start line beside its target: method, version, spaces. */
    private static final int START_LINE_REST = 64;

    private final Kind kind;
    private final HeadLimits limits;
    private Head head;
    private int scanned;
    private int lineStart;
    private int emptyLines;
    private boolean inFields;
    private Failure failure;

    HeadParser(Kind kind, HeadLimits limits) {
        this.kind = kind;
        this.limits = limits;
    }

    /** Starts over with an empty head. */
    void begin(Head head) {
        this.head = head;
        scanned = 0;
        lineStart = 0;
        emptyLines = 0;
        inFields = kind == Kind.TRAILERS;
        failure = null;
    }

    /** What is wrong with the head, or null. */
    Failure failure() {
        return failure;
    }

    /**
     * Reads up to the end of the head and not a byte further.
     *
     * @param in stays the caller's
     * @return true when the head is complete; false when more bytes are needed or {@link #failure} says why not
     */
    boolean feed(ByteBuf in) {
        while (in.isReadable()) {
            int room = limits.bytes() - head.length;
            if (room <= 0) return fail(tooLarge());
            int n = Math.min(Math.min(in.readableBytes(), STEP), room);
            head.ensure(n);
            in.readBytes(head.bytes, head.length, n);
            head.length += n;
            int end = scan();
            if (end >= 0) {
                in.readerIndex(in.readerIndex() - (head.length - end));
                head.length = end;
                head.written = end;
                return true;
            }
            if (failure != null) return false;
        }
        return false;
    }

    /** Parses the lines that are whole. @return where the head ends, or -1 */
    private int scan() {
        byte[] bytes = head.bytes;
        int length = head.length;
        if (!inFields && !plausible(bytes[0])) return stop(malformedLine());
        for (int i = scanned; i < length; i++) {
            if (bytes[i] != Octets.LF) continue;
            // asked first, since a line that comes in pieces is refused for its length before its end is seen
            if (!inFields && i >= limits.target() + START_LINE_REST) return stop(tooLarge());
            if (i == lineStart || bytes[i - 1] != Octets.CR) return stop(inFields ? malformedField() : malformedLine());
            int start = lineStart;
            int end = i - 1;
            lineStart = i + 1;
            if (inFields) {
                if (start == end) return i + 1;
                if (head.count() >= limits.lines()) return stop(tooMany());
                if (!field(bytes, start, end)) return stop(malformedField());
            } else if (start == end) {
                if (kind != Kind.REQUEST || ++emptyLines > EMPTY_LINES) return stop(malformedLine());
                System.arraycopy(bytes, i + 1, bytes, 0, length - i - 1);
                head.length = length -= i + 1;
                lineStart = 0;
                i = -1;
                if (length > 0 && !plausible(bytes[0])) return stop(malformedLine());
            } else {
                Failure bad = kind == Kind.REQUEST ? requestLine(bytes, end) : statusLine(bytes, end);
                if (bad != null) return stop(bad);
                inFields = true;
                head.fieldsStart = lineStart;
            }
        }
        scanned = length;
        if (!inFields && length > limits.target() + START_LINE_REST) return stop(tooLarge());
        return -1;
    }

    /** Turns away what cannot be HTTP (a TLS hello, say) at its first byte rather than at a deadline. */
    private boolean plausible(byte first) {
        return kind == Kind.REQUEST ? Octets.token(first) || first == Octets.CR : first == 'H';
    }

    /** method SP request-target SP HTTP-version (RFC 9112 §3). */
    private Failure requestLine(byte[] bytes, int end) {
        int at = 0;
        while (at < end && Octets.token(bytes[at])) at++;
        if (at == 0 || at == end || bytes[at] != Octets.SP) return Failure.REQUEST_LINE;
        head.methodEnd = at;
        int start = ++at;
        while (at < end && Octets.target(bytes[at])) at++;
        if (at - start > limits.target()) return Failure.REQUEST_TARGET_LIMIT;
        if (at == start || at == end || bytes[at] != Octets.SP) return Failure.REQUEST_LINE;
        head.targetStart = start;
        head.targetEnd = at;
        return version(bytes, at + 1, end) ? null : looksLikeVersion(bytes, at + 1, end)
                ? Failure.REQUEST_VERSION : Failure.REQUEST_LINE;
    }

    /** HTTP-version SP status-code SP [ reason-phrase ] (RFC 9112 §4); the last space may be missing. */
    private Failure statusLine(byte[] bytes, int end) {
        if (end < 12 || !version(bytes, 0, 8) || bytes[8] != Octets.SP) return Failure.BAD_RESPONSE;
        int status = 0;
        for (int i = 9; i < 12; i++) {
            if (!Octets.digit(bytes[i])) return Failure.BAD_RESPONSE;
            status = status * 10 + bytes[i] - '0';
        }
        if (status < 100 || status > 599 || end > 12 && bytes[12] != Octets.SP) return Failure.BAD_RESPONSE;
        for (int i = 12; i < end; i++) {
            if (!Octets.value(bytes[i])) return Failure.BAD_RESPONSE;
        }
        head.status = status;
        return null;
    }

    private boolean version(byte[] bytes, int start, int end) {
        if (!looksLikeVersion(bytes, start, end) || bytes[start + 5] != '1') return false;
        head.minor = bytes[start + 7] - '0';
        return head.minor <= 1;
    }

    private static boolean looksLikeVersion(byte[] bytes, int start, int end) {
        return end - start == 8 && bytes[start] == 'H' && bytes[start + 1] == 'T' && bytes[start + 2] == 'T'
                && bytes[start + 3] == 'P' && bytes[start + 4] == '/' && Octets.digit(bytes[start + 5])
                && bytes[start + 6] == '.' && Octets.digit(bytes[start + 7]);
    }

    /** field-name ":" OWS field-value OWS (RFC 9112 §5). */
    private boolean field(byte[] bytes, int start, int end) {
        int at = start;
        int hash = 0;
        boolean underscore = false;
        for (byte folded; at < end && (folded = Octets.fold(bytes[at])) != 0; at++) {
            hash = FieldName.step(hash, folded);
            underscore |= bytes[at] == '_';
        }
        if (at == start || at == end || bytes[at] != ':') return false;
        int nameEnd = at++;
        while (at < end && (bytes[at] == Octets.SP || bytes[at] == Octets.HTAB)) at++;
        int valueEnd = end;
        while (valueEnd > at && (bytes[valueEnd - 1] == Octets.SP || bytes[valueEnd - 1] == Octets.HTAB)) valueEnd--;
        for (int i = at; i < valueEnd; i++) {
            if (!Octets.value(bytes[i])) return false;
        }
        FieldName name = FieldName.lookup(hash, bytes, start, nameEnd);
        if (underscore && name != FieldName.OTHER) name = FieldName.UNDERSCORED;
        head.addLine(start, nameEnd, at, valueEnd, name);
        return true;
    }

    private Failure malformedLine() {
        return kind == Kind.REQUEST ? Failure.REQUEST_LINE : Failure.BAD_RESPONSE;
    }

    private Failure malformedField() {
        return switch (kind) {
            case REQUEST -> Failure.REQUEST_FIELD;
            case RESPONSE -> Failure.BAD_RESPONSE;
            case TRAILERS -> Failure.REQUEST_TRAILER;
        };
    }

    private Failure tooLarge() {
        if (kind == Kind.RESPONSE) return Failure.RESPONSE_HEAD_LIMIT;
        return inFields ? Failure.REQUEST_HEAD_LIMIT : Failure.REQUEST_TARGET_LIMIT;
    }

    private Failure tooMany() {
        return kind == Kind.RESPONSE ? Failure.RESPONSE_HEAD_LIMIT : Failure.REQUEST_FIELD_LIMIT;
    }

    private int stop(Failure why) {
        failure = why;
        return -1;
    }

    private boolean fail(Failure why) {
        failure = why;
        return false;
    }
}
