package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import lb.http.Failure;
import lb.http.Head;
import lb.http.HeadLimits;
import lb.http.Heads;
import lb.http.MessageReader;

/** Heads as a reader makes them, and an account that finds one given back never or twice. */
final class CountedHeads implements MessageReader.Sink {
    private static final HeadLimits LIMITS = new HeadLimits(16 << 10, 100, 8 << 10);
    /** More than one order ever holds. */
    private static final int ALL = 32;

    private final Heads heads;
    private final Set<Head> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private final MessageReader requests;
    private final MessageReader responses;
    private Head read;
    private Head trailers;

    /** @param heads nobody else's yet */
    CountedHeads(Heads heads) {
        this.heads = heads;
        requests = MessageReader.ofRequests(LIMITS, heads, this);
        responses = MessageReader.ofResponses(LIMITS, heads, this);
        for (int i = 0; i < ALL; i++) known.add(heads.acquire());
        known.forEach(heads::release);
    }

    Head request(String text) {
        return read(requests, text, false);
    }

    /** @param toHead the answer to a HEAD */
    Head response(String text, boolean toHead) {
        return read(responses, text, toHead);
    }

    Head trailers() {
        heads.release(response("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Sum: 1\r\n\r\n", false));
        return trailers;
    }

    private Head read(MessageReader reader, String text, boolean toHead) {
        reader.next(toHead);
        ByteBuf rest = reader.read(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)));
        if (rest != null) rest.release();
        return read;
    }

    /** Every head is here again, and no one was given back twice. */
    void checkAllAreBack() {
        List<Head> taken = new ArrayList<>(ALL);
        Set<Head> missing = Collections.newSetFromMap(new IdentityHashMap<>());
        missing.addAll(known);
        for (int i = 0; i < ALL; i++) {
            Head head = heads.acquire();
            if (!missing.remove(head)) break;
            taken.add(head);
        }
        assertThat(missing).as("heads that were lost, or stood behind one given back twice").isEmpty();
        assertThat(known.contains(heads.acquire())).as("a head was given back twice").isFalse();
        taken.forEach(heads::release);
    }

    @Override public void messageHead(Head head) {
        read = head;
    }

    @Override public void messageBody(ByteBuf data) {
        data.release();
    }

    @Override public void messageEnd(Head trailers) {
        if (trailers != null) this.trailers = trailers;
    }

    @Override public void malformed(Failure failure) {
        throw new AssertionError(failure);
    }
}
