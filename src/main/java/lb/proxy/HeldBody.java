package lb.proxy;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import lb.http.Side;

/**
 * The pieces of a request body that came before there was a connection, or that a second attempt may need. Bounded:
 * what grows beyond the limit is given up, and with it the second attempt. Event loop only.
 */
final class HeldBody {
    /** Bytes held for a second attempt. */
    static final int LIMIT = 64 * 1024;

    /** Pieces held for a second attempt: each keeps its read buffer, so single bytes would cost megabytes. */
    static final int PIECES = 256;

    private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>(4);
    private int size;
    private boolean whole = true;

    /** A piece that nobody has sent yet. @param data this object's now */
    void hold(ByteBuf data) {
        pieces.add(data);
        size += data.readableBytes();
    }

    /** A piece that is being sent. @param data the caller's still */
    void remember(ByteBuf data) {
        if (!whole) return;
        if (size + data.readableBytes() > LIMIT || pieces.size() == PIECES) {
            forget();
            whole = false;
            return;
        }
        hold(data.retainedDuplicate());
    }

    /** True while everything that came so far is here. */
    boolean whole() {
        return whole;
    }

    /** Sends what is held and goes on holding it. */
    void repeat(Side source, Side sink) {
        for (ByteBuf piece : pieces) Relay.pass(piece.retainedDuplicate(), source, sink);
    }

    /** Sends what is held and holds it no more. */
    void hand(Side source, Side sink) {
        for (ByteBuf piece; (piece = pieces.poll()) != null;) Relay.pass(piece, source, sink);
        whole = size == 0;
    }

    /** Frees what is held; no second attempt from now on, unless nothing ever came. */
    void forget() {
        for (ByteBuf piece; (piece = pieces.poll()) != null;) piece.release();
        whole = size == 0;
    }
}
