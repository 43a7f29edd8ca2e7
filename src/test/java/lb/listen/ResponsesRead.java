package lb.listen;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.List;
import lb.http.Failure;
import lb.http.FieldName;
import lb.http.Head;
import lb.http.HeadLimits;
import lb.http.Heads;
import lb.http.MessageReader;

/** Reads what a client gets: nothing but well-formed responses, and not more of them than it asked for. */
final class ResponsesRead implements MessageReader.Sink {
    private final Heads heads = new Heads();
    private final MessageReader reader =
            MessageReader.ofResponses(new HeadLimits(16 << 10, 100, 8 << 10), heads, this);
    private final ArrayDeque<Boolean> toHead;
    private boolean ended;
    private boolean last;

    ResponsesRead(List<Boolean> toHead) {
        this.toHead = new ArrayDeque<>(toHead);
        next();
    }

    private void next() {
        ended = false;
        // one more than it asked for: a request that never came whole is answered, too
        reader.next(!toHead.isEmpty() && toHead.poll());
    }

    /** @param data the caller's still */
    void read(ByteBuf data) {
        ByteBuf rest = data.retain();
        while (rest != null) {
            rest = reader.read(rest);
            if (last) {
                if (rest != null) rest.release();
                return;
            }
            if (ended) next();
        }
    }

    @Override public void messageHead(Head head) {
        // a request that never came whole may have been a HEAD, and nobody knew
        last |= head.status() == 101 || "close".equals(head.value(FieldName.CONNECTION));
        heads.release(head);
    }

    @Override public void messageBody(ByteBuf data) {
        data.release();
    }

    @Override public void messageEnd(Head trailers) {
        if (trailers != null) heads.release(trailers);
        ended = true;
    }

    @Override public void malformed(Failure failure) {
        throw new AssertionError("the client gets what is no response: " + failure);
    }
}
