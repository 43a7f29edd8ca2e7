package lb.http;

import io.netty.buffer.ByteBuf;

/**
 * Takes the bytes of one connection apart into heads, bodies and ends. Nothing is buffered but an unfinished head:
 * bodies go on as the buffers they arrived in.
 *
 * <p>A request reader stops behind each message until {@link #next}; what arrived behind it is handed back. A response
 * reader goes on by itself behind an interim head. Threading: one event loop.
 */
public final class MessageReader {
    /** What the reader tells. The callee may call {@link #close} at any time. */
    public interface Sink {
        /** The callee owns the head now. */
        void messageHead(Head head);

        /** The callee owns the buffer now; never empty. */
        void messageBody(ByteBuf data);

        /** The message is whole. @param trailers the callee's now, or null */
        void messageEnd(Head trailers);

        /** The bytes are no message; the reader is closed. */
        void malformed(Failure failure);
    }

    private enum State { HEAD, LENGTH, CHUNKS, TRAILERS, RAW, ENDED, CLOSED }

    private final Sink sink;
    private final Heads heads;
    private final boolean requests;
    private final HeadParser headParser;
    private final HeadLimits limits;
    private HeadParser trailerParser;
    private ChunkReader chunks;

    private State state = State.HEAD;
    private Head head;
    private long left;
    private boolean toHead;

    private MessageReader(boolean requests, HeadLimits limits, Heads heads, Sink sink) {
        this.requests = requests;
        this.limits = limits;
        this.heads = heads;
        this.sink = sink;
        headParser = new HeadParser(requests ? HeadParser.Kind.REQUEST : HeadParser.Kind.RESPONSE, limits);
    }

    public static MessageReader ofRequests(HeadLimits limits, Heads heads, Sink sink) {
        return new MessageReader(true, limits, heads, sink);
    }

    public static MessageReader ofResponses(HeadLimits limits, Heads heads, Sink sink) {
        return new MessageReader(false, limits, heads, sink);
    }

    /** Ready for the next message. @param toHead a response to a HEAD is awaited, which has no body */
    public void next(boolean toHead) {
        if (state == State.CLOSED) return;
        this.toHead = toHead;
        state = State.HEAD;
    }

    /** From now on every byte is body, up to the end of the connection: a tunnel. */
    public void raw() {
        if (state != State.CLOSED) state = State.RAW;
    }

    /** True between messages, when not a byte of the next one has come. */
    public boolean idle() {
        return state == State.ENDED || state == State.HEAD && head == null;
    }

    /** True from the first byte of a head to its last. */
    public boolean inHead() {
        return state == State.HEAD && head != null;
    }

    /**
     * Reads as much as belongs to the current message.
     *
     * @param in the reader's now
     * @return null, or what was behind the end of the message: the caller's again
     */
    public ByteBuf read(ByteBuf in) {
        try {
            while (in != null && in.isReadable()) {
                switch (state) {
                    case HEAD -> head(in);
                    case LENGTH -> in = length(in);
                    case CHUNKS -> in = chunk(in);
                    case TRAILERS -> trailers(in);
                    case RAW -> {
                        ByteBuf data = in;
                        in = null;
                        sink.messageBody(data);
                    }
                    case ENDED -> {
                        ByteBuf rest = in;
                        in = null;
                        return rest;
                    }
                    case CLOSED -> {
                        return null;
                    }
                }
            }
            return null;
        } finally {
            if (in != null) in.release();
        }
    }

    /** The connection ended in order. @return true if that ended the message, too */
    public boolean ended() {
        if (state != State.RAW || requests) return false;
        end(null);
        return true;
    }

    /** Reads nothing more; frees an unfinished head. */
    public void close() {
        state = State.CLOSED;
        if (head != null) heads.release(head);
        head = null;
    }

    private void head(ByteBuf in) {
        if (head == null) {
            head = heads.acquire();
            headParser.begin(head);
        }
        if (!headParser.feed(in)) {
            if (headParser.failure() != null) malformed(headParser.failure());
            return;
        }
        Failure bad = requests ? RequestRules.check(head) : ResponseRules.check(head, toHead);
        if (bad != null) {
            malformed(bad);
            return;
        }
        Head whole = head;
        head = null;
        boolean interim = !requests && whole.interim();
        Framing framing = whole.framing();
        left = whole.contentLength();
        state = interim ? State.HEAD : switch (framing) {
            case NONE -> State.ENDED;
            case LENGTH -> State.LENGTH;
            case CHUNKED -> State.CHUNKS;
            case UNTIL_CLOSE -> State.RAW;
        };
        if (state == State.CHUNKS) {
            if (chunks == null) chunks = new ChunkReader();
            chunks.begin();
        }
        sink.messageHead(whole);
        if (!interim && (state == State.ENDED || state == State.LENGTH && left == 0)) end(null);
    }

    private ByteBuf length(ByteBuf in) {
        int readable = in.readableBytes();
        ByteBuf rest = null;
        if (readable <= left) {
            left -= readable;
            sink.messageBody(in);
        } else {
            rest = in;
            int n = (int) left;
            left = 0;
            sink.messageBody(rest.readRetainedSlice(n));
        }
        if (left == 0 && state == State.LENGTH) end(null);
        return rest;
    }

    private ByteBuf chunk(ByteBuf in) {
        switch (chunks.step(in)) {
            case DATA -> {
                int readable = in.readableBytes();
                if (readable <= chunks.data()) {
                    chunks.taken(readable);
                    sink.messageBody(in);
                    return null;
                }
                int n = (int) chunks.data();
                chunks.taken(n);
                sink.messageBody(in.readRetainedSlice(n));
            }
            case LAST -> {
                state = State.TRAILERS;
                if (trailerParser == null) trailerParser = new HeadParser(HeadParser.Kind.TRAILERS, limits);
                head = heads.acquire();
                trailerParser.begin(head);
            }
            case BAD -> malformed(requests ? Failure.REQUEST_CHUNK : Failure.BAD_RESPONSE);
            case MORE -> {}
        }
        return in;
    }

    private void trailers(ByteBuf in) {
        if (!trailerParser.feed(in)) {
            Failure bad = trailerParser.failure();
            if (bad != null) malformed(requests ? bad : Failure.BAD_RESPONSE);
            return;
        }
        Head whole = head;
        head = null;
        if (whole.count() > 0) {
            end(whole);
        } else {
            heads.release(whole);
            end(null);
        }
    }

    private void end(Head trailers) {
        state = State.ENDED;
        sink.messageEnd(trailers);
    }

    private void malformed(Failure failure) {
        close();
        sink.malformed(failure);
    }
}
