package lb.proxy;

import io.netty.buffer.ByteBuf;
import lb.connect.BackendSide;
import lb.http.FramingLines;
import lb.http.Head;
import lb.pool.Backend;

/**
 * A backend's side that sees to it that an exchange gives it one whole request at most, from its beginning, and
 * nothing once it was let go. As a real one may, it changes its writability while it is being written to; it is never
 * lost in such a moment.
 */
final class WatchedBackend implements BackendSide {
    enum Stage { HEAD, BODY, TUNNEL, ENDED }

    private final Order order;
    private final Backend backend;
    private final boolean reused;
    private boolean live = true;
    private boolean aborted;
    private boolean writable;
    private boolean reading = true;
    private boolean answering;
    private boolean begun;
    private boolean requestEnded;
    private long taken;
    private int calls;

    // what it says
    private Stage stage = Stage.HEAD;
    private boolean untilClose;
    private boolean chunked;
    private long left = -1;
    private long sent;

    WatchedBackend(Order order, Backend backend, boolean reused) {
        this.order = order;
        this.backend = backend;
        this.reused = reused;
        writable = order.random(8) > 0;
    }

    // ---- for the order

    boolean live() {
        return live;
    }

    /** The connection broke: the side knows before the exchange does. */
    void lost() {
        live = false;
    }

    void flip() {
        writable = !writable;
    }

    boolean isReading() {
        return reading;
    }

    int calls() {
        return calls;
    }

    Stage stage() {
        return stage;
    }

    void stage(Stage next) {
        stage = next;
    }

    /** A byte of its answer came. */
    void answers() {
        answering = true;
    }

    /** @param length of its body, or -1 */
    void responds(boolean chunked, long length) {
        stage = Stage.BODY;
        this.chunked = chunked;
        untilClose = !chunked && length < 0;
        left = length;
    }

    boolean chunked() {
        return chunked;
    }

    boolean untilClose() {
        return untilClose;
    }

    /** The next piece of its body is at most that long. */
    int most(int size) {
        return left < 0 ? size : (int) Math.min(size, left);
    }

    void sends(int size) {
        sent += size;
        if (left > 0) left -= size;
    }

    boolean whole() {
        return left == 0;
    }

    long sent() {
        return sent;
    }

    boolean ended() {
        return stage == Stage.ENDED;
    }

    // ---- for the exchange

    @Override public Backend backend() {
        return backend;
    }

    @Override public boolean reused() {
        return reused;
    }

    @Override public boolean answering() {
        return answering;
    }

    @Override public void request(Head head) {
        takes("request");
        order.check(!begun, "a second request");
        begun = true;
        order.requestSent(head.size());
        FramingLines.append(head, head.framing());
        surprise();
    }

    @Override public void body(ByteBuf data) {
        try {
            takes("body");
            order.check(begun && !requestEnded, "a body without a head, or behind the end");
            CountedBytes.check(taken, data);
            taken += data.readableBytes();
        } finally {
            data.release();
        }
        surprise();
    }

    @Override public void end(Head trailers) {
        order.release(trailers);
        takes("end");
        order.check(begun && !requestEnded, "an end without a beginning");
        requestEnded = true;
        order.check(order.requestWhole(taken, trailers != null), "a request is called whole that is not");
        surprise();
    }

    @Override public void flush() {
        takes("flush");
        surprise();
    }

    @Override public boolean writable() {
        return writable;
    }

    @Override public void reading(boolean wanted) {
        // a relay whose write lost the client has aborted its source, too
        if (aborted) return;
        takes("reading " + wanted);
        reading = wanted;
    }

    @Override public void tunnel() {
        takes("tunnel");
        stage = Stage.TUNNEL;
        requestEnded = false;
    }

    @Override public void finish() {
        takes("finish");
        live = false;
    }

    @Override public void discard() {
        takes("discard");
        live = false;
    }

    @Override public void abort() {
        takes("abort");
        live = false;
        aborted = true;
    }

    private void takes(String call) {
        calls++;
        order.note("backend.", call);
        order.check(live, "a backend's side is used that was let go");
    }

    private void surprise() {
        if (order.random(16) == 0) order.backendFlips(this);
    }
}
