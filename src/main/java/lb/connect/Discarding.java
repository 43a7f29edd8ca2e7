package lb.connect;

import io.netty.buffer.ByteBuf;
import lb.http.Failure;
import lb.http.Head;
import lb.http.Heads;

/** Reads a response that nobody wants to its end, if that is near, so that its connection is kept. Event loop only. */
final class Discarding implements BackendEvents {
    /** More than that costs more than another connection. */
    private static final int LIMIT = 64 * 1024;

    private final BackendSide side;
    private final Heads heads;
    private int discarded;

    Discarding(BackendSide side, Heads heads) {
        this.side = side;
        this.heads = heads;
    }

    @Override public void responseHead(Head head) {
        heads.release(head);
        side.abort();
    }

    @Override public void responseBody(ByteBuf data) {
        discarded += data.readableBytes();
        data.release();
        if (discarded > LIMIT) side.abort();
    }

    @Override public void responseEnd(Head trailers) {
        if (trailers != null) heads.release(trailers);
        side.finish();
    }

    @Override public void responseReadComplete() {}

    @Override public void backendWritable() {}

    @Override public void backendDown() {
        side.abort();
    }

    @Override public void backendLost(Failure failure) {}
}
