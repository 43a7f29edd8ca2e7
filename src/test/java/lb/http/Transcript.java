package lb.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Reads one message through a {@link MessageReader} and writes down what was told, in the words of the vector files.
 * Checks on the way that every buffer and every head came back exactly once.
 */
final class Transcript implements MessageReader.Sink {
    /** How the bytes of a message are cut: the ends of its fragments, in order, the last one being the length. */
    interface Cut {
        int end(int start, int length);
    }

    static final HeadLimits LIMITS = new HeadLimits(16 * 1024, 100, 8 * 1024);
    static final Cut WHOLE = (start, length) -> length;

    private final Heads heads = new Heads();
    private final Set<Head> seeded = Collections.newSetFromMap(new IdentityHashMap<>());
    private final StringBuilder told = new StringBuilder();
    private final StringBuilder trailers = new StringBuilder();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private final boolean requests;
    private final MessageReader reader;
    private boolean headSeen;
    private boolean ended;
    private Failure failure;

    private Transcript(boolean requests, boolean toHead, HeadLimits limits) {
        this.requests = requests;
        List<Head> first = List.of(heads.acquire(), heads.acquire(), heads.acquire());
        seeded.addAll(first);
        first.forEach(heads::release);
        reader = requests ? MessageReader.ofRequests(limits, heads, this)
                : MessageReader.ofResponses(limits, heads, this);
        reader.next(toHead);
    }

    static String ofRequest(byte[] bytes, HeadLimits limits, Cut cut) {
        return new Transcript(true, false, limits).read(bytes, cut, false);
    }

    static String ofResponse(byte[] bytes, boolean toHead, HeadLimits limits, Cut cut) {
        return new Transcript(false, toHead, limits).read(bytes, cut, false);
    }

    /** Whole, in a buffer that the leak detector watches: dear, so not for every fragment. */
    static String watched(byte[] bytes, boolean request, boolean toHead, HeadLimits limits) {
        return new Transcript(request, toHead, limits).read(bytes, WHOLE, true);
    }

    /** Whether a message with this outcome was accepted to its end. */
    static boolean accepted(String outcome) {
        if (outcome.endsWith("MORE")) return false;
        int mark = outcome.lastIndexOf('!');
        return mark < 0 || !outcome.substring(mark + 1).matches("[A-Z_]+");
    }

    static Cut every(int size) {
        return (start, length) -> Math.min(start + size, length);
    }

    private String read(byte[] bytes, Cut cut, boolean watched) {
        for (int at = 0; at < bytes.length;) {
            int end = cut.end(at, bytes.length);
            ByteBuf fragment = watched ? PooledByteBufAllocator.DEFAULT.buffer(end - at).writeBytes(bytes, at, end - at)
                    : Unpooled.wrappedBuffer(bytes, at, end - at);
            keep(reader.read(fragment));
            hold(fragment.refCnt() == 0, "no reference is kept");
            at = end;
        }
        boolean endedByClose = reader.ended();
        hold(!endedByClose || ended, "the end of the connection ends the message");
        String outcome = outcome();
        reader.close();
        assertHeadsCameBack();
        return outcome;
    }

    /** Cheaper than an assertion of a library, for what is asked a hundred million times. */
    private static void hold(boolean statement, String what) {
        if (!statement) throw new AssertionError("does not hold: " + what);
    }

    private String outcome() {
        if (failure != null && !headSeen) return told.append('!').append(failure).toString();
        if (!headSeen) return told.append("MORE").toString();
        if (body.size() > 0) told.append(" \"").append(Escapes.shown(body.toByteArray())).append('"');
        if (failure != null) return told.append(" !").append(failure).toString();
        if (!ended) return told.append(" MORE").toString();
        told.append(trailers);
        if (rest.size() > 0) told.append(" +\"").append(Escapes.shown(rest.toByteArray())).append('"');
        return told.toString();
    }

    private void assertHeadsCameBack() {
        Set<Head> back = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < seeded.size(); i++) back.add(heads.acquire());
        hold(back.equals(seeded), "each head came back once");
    }

    private void keep(ByteBuf behind) {
        if (behind == null) return;
        hold(behind.isReadable(), "what is handed back holds something");
        byte[] bytes = new byte[behind.readableBytes()];
        behind.readBytes(bytes).release();
        rest.writeBytes(bytes);
    }

    @Override public void messageHead(Head head) {
        hold(!(headSeen || ended || failure != null), "one final head, before its end");
        if (requests) {
            told.append(head.method()).append(' ').append(head.text(head.hostStart(), head.hostEnd()));
            if (head.pathLead != 0) told.append((char) head.pathLead);
            told.append(Escapes.shown(head.text(head.pathStart, head.pathEnd)));
        } else {
            told.append(head.status());
        }
        if (!requests && head.interim()) {
            told.append(", ");
        } else {
            headSeen = true;
            told.append(' ').append(head.framing());
        }
        heads.release(head);
    }

    @Override public void messageBody(ByteBuf data) {
        hold(headSeen && !ended && failure == null, "a body stands between head and end");
        hold(data.isReadable(), "pieces are never empty");
        byte[] bytes = new byte[data.readableBytes()];
        data.readBytes(bytes).release();
        body.writeBytes(bytes);
    }

    @Override public void messageEnd(Head whole) {
        hold(headSeen && !ended && failure == null, "one end, behind the head");
        ended = true;
        if (whole == null) return;
        for (int i = 0; i < whole.count(); i++) {
            trailers.append(' ').append(whole.nameText(i)).append(':').append(Escapes.shown(whole.value(i)));
        }
        heads.release(whole);
    }

    @Override public void malformed(Failure why) {
        hold(failure == null && !ended, "refused once, before the end");
        failure = why;
    }
}
