package lb.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The head of a message: the bytes as received and an index of its lines. Never header objects.
 *
 * <p>It is filled by {@link HeadParser}, looked at by name without making Strings, edited by marking lines removed and
 * appending lines, and written by {@link HeadWriter}. The same type carries trailers, which have no start line.
 *
 * <p>Longer than most: whatever looks at or edits a head does so on the same few arrays, and another object between
 * them would be paid for with every field of every message.
 *
 * <p>Threading: one event loop. Owned by whoever acquired it from {@link Heads}.
 */
public final class Head {
    private static final int SPANS = 4;
    private static final int START_BYTES = 1024;
    private static final int START_LINES = 24;
    private static final int START_LINE_ROOM = 16;
    /** An array that grew beyond this is not kept for the next message. */
    private static final int KEEP_BYTES = 4096;

    byte[] bytes = new byte[START_BYTES];
    /** Bytes of the received head, its empty line included. */
    int length;
    /** Where appended lines end; {@code length} when there are none. */
    int written;

    // the start line
    int methodEnd;
    int targetStart;
    int targetEnd;
    int fieldsStart;
    int minor;
    int status;

    // what the framing says
    Framing framing = Framing.NONE;
    long contentLength;

    private int[] spans = new int[START_LINES * SPANS];
    private byte[] names = new byte[START_LINES];
    private boolean[] removed = new boolean[START_LINES];
    private int count;
    int removedCount;
    private long seen;

    // the target taken apart: what goes on in the request line, and the host it is for
    int pathStart;
    int pathEnd;
    /** Written in front of the path where the target has none of its own: '/' or '*', or 0. */
    byte pathLead;
    int hostStart;
    int hostEnd;
    boolean absolute;

    /** What goes on in the request line in place of the target; null as long as it goes on as received. */
    byte[] otherTarget;

    // ---- the start line

    public boolean methodIs(String method) {
        return is(0, methodEnd, method);
    }

    public String method() {
        return text(0, methodEnd);
    }

    /** Where the method ends; it begins at 0. */
    public int methodEnd() {
        return methodEnd;
    }

    /** Where the target as received begins. */
    public int targetStart() {
        return targetStart;
    }

    public int targetEnd() {
        return targetEnd;
    }

    /** As received. */
    public String target() {
        return text(targetStart, targetEnd);
    }

    boolean targetIs(String target) {
        return is(targetStart, targetEnd, target);
    }

    /** Where the host that the request is for begins: the Host's value, or the authority of an absolute-form target. */
    public int hostStart() {
        return hostStart;
    }

    /** Equal to {@link #hostStart} when there is none, as HTTP/1.0 allows. */
    public int hostEnd() {
        return hostEnd;
    }

    /** True for an absolute-form target, whose authority wins over the Host (RFC 9112 §3.2.2). */
    public boolean absolute() {
        return absolute;
    }

    /** Where path and query begin, the octets that go on: {@code /} or nothing stands there for an empty path. */
    public int pathStart() {
        return pathStart;
    }

    /** Where the query ends, or the path when there is none. */
    public int pathEnd() {
        return pathEnd;
    }

    /** What goes on in front of {@link #pathStart} where the target has no path of its own: '/' or '*', or 0. */
    public byte pathLead() {
        return pathLead;
    }

    /** 0 or 1: the minor version of HTTP/1. */
    public int minor() {
        return minor;
    }

    /** 100–599, of a response. */
    public int status() {
        return status;
    }

    /** True for a response that another head follows (RFC 9110 §15.2); 101 is not one of them. */
    public boolean interim() {
        return status < 200 && status != 101;
    }

    // ---- the framing

    /** How the body is delimited on the side it came from. */
    public Framing framing() {
        return framing;
    }

    /** The Content-Length, or -1 when there is none. */
    public long contentLength() {
        return contentLength;
    }

    // ---- lines

    /** Received lines, removed ones included; what was appended has no index. */
    public int count() {
        return count;
    }

    public FieldName name(int line) {
        return FieldName.of(names[line]);
    }

    /** True if at least one line of that name was received, removed or not. Cheap. */
    public boolean has(FieldName name) {
        return (seen & (1L << name.ordinal())) != 0;
    }

    boolean hasAny(long names) {
        return (seen & names) != 0;
    }

    /** The first received line of that name at or behind {@code from}, removed or not, or -1. */
    public int find(FieldName name, int from) {
        if (!has(name)) return -1;
        for (int i = from; i < count; i++) {
            if (names[i] == name.ordinal()) return i;
        }
        return -1;
    }

    /** The value of the first line of that name, or null. Makes a String. */
    public String value(FieldName name) {
        int line = find(name, 0);
        return line < 0 ? null : value(line);
    }

    public String value(int line) {
        return text(valueStart(line), valueEnd(line));
    }

    String nameText(int line) {
        return text(nameStart(line), nameEnd(line));
    }

    public boolean removed(int line) {
        return removed[line];
    }

    public int nameStart(int line) {
        return spans[line * SPANS];
    }

    public int nameEnd(int line) {
        return spans[line * SPANS + 1];
    }

    public int valueStart(int line) {
        return spans[line * SPANS + 2];
    }

    public int valueEnd(int line) {
        return spans[line * SPANS + 3];
    }

    /** @param value in lower case */
    boolean valueIs(int line, String value) {
        return Octets.equalsIgnoreCase(bytes, valueStart(line), valueEnd(line), value);
    }

    /** One octet of the head, by the positions that the spans give. */
    public byte octet(int position) {
        return bytes[position];
    }

    /** @param text in lower case where case is ignored */
    public boolean is(int start, int end, String text, boolean ignoreCase) {
        return ignoreCase ? Octets.equalsIgnoreCase(bytes, start, end, text) : is(start, end, text);
    }

    public String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    // ---- editing

    public void remove(int line) {
        if (removed[line]) return;
        removed[line] = true;
        removedCount++;
    }

    public void removeAll(FieldName name) {
        for (int i = find(name, 0); i >= 0; i = find(name, i + 1)) remove(i);
    }

    /** Appends bytes that are whole lines, each with its CRLF, and are known to be well-formed. */
    public void append(byte[] lines) {
        ensure(lines.length);
        System.arraycopy(lines, 0, bytes, written, lines.length);
        written += lines.length;
    }

    /** Appends a piece of a line; the pieces of a line end with CRLF. */
    public void append(byte[] piece, int start, int end) {
        ensure(end - start);
        System.arraycopy(piece, start, bytes, written, end - start);
        written += end - start;
    }

    /** Appends a piece of a line that stands in this head already. */
    public void appendOwn(int start, int end) {
        ensure(end - start);
        System.arraycopy(bytes, start, bytes, written, end - start);
        written += end - start;
    }

    /** Appends a piece of a line that stands in another head, or in this one. */
    public void append(Head from, int start, int end) {
        ensure(end - start);
        System.arraycopy(from.bytes, start, bytes, written, end - start);
        written += end - start;
    }

    /** What was appended so far. Makes a String. */
    public String appended() {
        return text(length, written);
    }

    /** Appends a number in decimal, as a piece of a line. */
    public void append(long number) {
        ensure(20);
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) digits++;
        long rest = number;
        for (int i = written + digits - 1; i >= written; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        written += digits;
    }

    /** Another target for the side this head goes to. @param target origin-form and well-formed; not kept in step */
    public void target(byte[] target) {
        otherTarget = target;
    }

    /**
     * Of a response whose body is changed on its way: how long it will be is not known before its end. One that is sent
     * without its body, as to a HEAD, still is.
     */
    public void chunked() {
        removeAll(FieldName.CONTENT_LENGTH);
        if (framing != Framing.NONE) framing = Framing.CHUNKED;
        contentLength = -1;
    }

    /** Takes every edit back: the head is again as received. */
    public void unedit() {
        written = length;
        otherTarget = null;
        if (removedCount > 0) {
            Arrays.fill(removed, 0, count, false);
            removedCount = 0;
        }
    }

    /** Bytes that {@link HeadWriter} makes of it at most. */
    public int size() {
        return written + START_LINE_ROOM + (otherTarget == null ? 0 : otherTarget.length);
    }

    // ---- filling, by the parser or for an answer of our own

    /** Makes this empty head a response of our own without any field; fields are appended. */
    public void answer(int status, String reason) {
        byte[] line = ("HTTP/1.1 " + status + " " + reason + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        ensure(line.length);
        System.arraycopy(line, 0, bytes, 0, line.length);
        length = line.length;
        written = length;
        fieldsStart = length - 2;
        this.status = status;
    }

    /** Of an answer of our own: how long its body is, and whether it is sent. */
    public void answerBody(long length, boolean sent) {
        contentLength = length;
        framing = sent && length > 0 ? Framing.LENGTH : Framing.NONE;
    }

    /** Makes this empty head what the other was when it was received; edits of either do not touch the other. */
    public void copyFrom(Head other) {
        ensure(other.length);
        System.arraycopy(other.bytes, 0, bytes, 0, other.length);
        length = other.length;
        written = length;
        methodEnd = other.methodEnd;
        targetStart = other.targetStart;
        targetEnd = other.targetEnd;
        fieldsStart = other.fieldsStart;
        minor = other.minor;
        status = other.status;
        framing = other.framing;
        contentLength = other.contentLength;
        pathStart = other.pathStart;
        pathEnd = other.pathEnd;
        pathLead = other.pathLead;
        hostStart = other.hostStart;
        hostEnd = other.hostEnd;
        absolute = other.absolute;
        for (int i = 0; i < other.count; i++) {
            addLine(other.nameStart(i), other.nameEnd(i), other.valueStart(i), other.valueEnd(i), other.name(i));
        }
    }

    void addLine(int nameStart, int nameEnd, int valueStart, int valueEnd, FieldName name) {
        if (count == names.length) {
            spans = Arrays.copyOf(spans, spans.length * 2);
            names = Arrays.copyOf(names, names.length * 2);
            removed = Arrays.copyOf(removed, removed.length * 2);
        }
        int at = count * SPANS;
        spans[at] = nameStart;
        spans[at + 1] = nameEnd;
        spans[at + 2] = valueStart;
        spans[at + 3] = valueEnd;
        names[count] = (byte) name.ordinal();
        removed[count] = false;
        seen |= 1L << name.ordinal();
        count++;
    }

    /** Makes room for that many bytes behind what is there. */
    void ensure(int more) {
        int needed = Math.max(length, written) + more;
        if (needed > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
    }

    void clear() {
        length = 0;
        written = 0;
        methodEnd = 0;
        targetStart = 0;
        targetEnd = 0;
        fieldsStart = 0;
        minor = 1;
        status = 0;
        framing = Framing.NONE;
        contentLength = -1;
        count = 0;
        removedCount = 0;
        seen = 0;
        pathStart = 0;
        pathEnd = 0;
        pathLead = 0;
        hostStart = 0;
        hostEnd = 0;
        absolute = false;
        otherTarget = null;
        if (bytes.length > KEEP_BYTES) bytes = new byte[START_BYTES];
    }

    private boolean is(int start, int end, String text) {
        if (end - start != text.length()) return false;
        for (int i = start; i < end; i++) {
            if (bytes[i] != text.charAt(i - start)) return false;
        }
        return true;
    }
}
