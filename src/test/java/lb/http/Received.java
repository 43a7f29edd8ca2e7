package lb.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A whole message as its reader told it, with its heads kept, for tests that look into them or write them again. */
public final class Received implements MessageReader.Sink {
    private final Heads heads = new Heads();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Head head;
    private Head trailers;
    private Failure failure;
    private boolean whole;

    private Received() {}

    /** Reads one request, with our own limits. */
    static Received request(byte[] bytes) {
        return request(bytes, Transcript.LIMITS, Transcript.WHOLE);
    }

    static Received request(byte[] bytes, HeadLimits limits, Transcript.Cut cut) {
        Received received = new Received();
        received.read(MessageReader.ofRequests(limits, received.heads, received), bytes, cut);
        return received;
    }

    /** Reads one response up to its end or that of its connection. Of interim heads nothing is kept. */
    static Received response(byte[] bytes, boolean toHead) {
        return response(bytes, toHead, Transcript.LIMITS, Transcript.WHOLE);
    }

    static Received response(byte[] bytes, boolean toHead, HeadLimits limits, Transcript.Cut cut) {
        Received received = new Received();
        MessageReader reader = MessageReader.ofResponses(limits, received.heads, received);
        reader.next(toHead);
        received.read(reader, bytes, cut);
        return received;
    }

    /**
     * The head of a request.
     *
     * @param lines without their ends, the request line first
     */
    public static Head requestHead(String... lines) {
        return request(bytes(lines)).acceptedHead();
    }

    /** The head of a response. @param lines without their ends, the status line first */
    public static Head responseHead(String... lines) {
        return response(bytes(lines), false).acceptedHead();
    }

    Head head() {
        return head;
    }

    /** Or null. */
    Head trailers() {
        return trailers;
    }

    byte[] body() {
        return body.toByteArray();
    }

    /** Why it was refused, or null. */
    Failure failure() {
        return failure;
    }

    /** True when the message was accepted to its end. */
    boolean whole() {
        return whole && failure == null;
    }

    private Head acceptedHead() {
        if (head == null) throw new IllegalArgumentException("refused: " + failure);
        return head;
    }

    private static byte[] bytes(String... lines) {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private void read(MessageReader reader, byte[] bytes, Transcript.Cut cut) {
        for (int at = 0; at < bytes.length;) {
            int end = cut.end(at, bytes.length);
            ByteBuf rest = reader.read(Unpooled.copiedBuffer(bytes, at, end - at));
            if (rest != null) rest.release();
            at = end;
        }
        reader.ended();
    }

    @Override public void messageHead(Head received) {
        if (received.status() != 0 && received.interim()) heads.release(received);
        else head = received;
    }

    @Override public void messageBody(ByteBuf data) {
        byte[] piece = new byte[data.readableBytes()];
        data.readBytes(piece).release();
        body.writeBytes(piece);
    }

    @Override public void messageEnd(Head received) {
        whole = true;
        trailers = received;
    }

    @Override public void malformed(Failure why) {
        failure = why;
    }
}
