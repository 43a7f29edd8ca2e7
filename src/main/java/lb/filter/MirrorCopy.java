package lb.filter;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import lb.config.Timeouts;
import lb.connect.BackendEvents;
import lb.connect.BackendSide;
import lb.connect.Connections;
import lb.connect.Deadlines;
import lb.connect.Lane;
import lb.http.Failure;
import lb.http.Head;
import lb.pool.Backend;
import lb.proxy.RequestCopy;

/**
 * One copy of a request on its way to a backend of another pool. It never holds the exchange back: where the backend is
 * slower than the client, or more than 64 KiB wait for a connection, the copy is given up. What it is answered is
 * thrown away, and after the pool's {@code timeouts.response} it is over in any case. A copy that fails is nobody's
 * failure: it counts neither for the exchange nor against the backend.
 *
 * <p>Threading: the exchange's event loop. Owns its head and what waits.
 */
final class MirrorCopy implements RequestCopy, BackendEvents, Connections.Wanted {
    private static final int MOST_WAITING = 64 * 1024;

    private final Mirror mirror;
    private final Lane lane;
    private final Backend backend;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
    private final Deadlines.Deadline deadline = new Deadlines.Deadline() {
        @Override protected void expired() {
            over(false);
        }
    };
    private Head head;
    private BackendSide side;
    private int waitingBytes;
    private long sentNanos;
    private boolean requestEnded;
    private boolean done;

    /** @param head this copy's now, edited for the backend */
    MirrorCopy(Mirror mirror, Lane lane, Head head, Backend backend) {
        this.mirror = mirror;
        this.lane = lane;
        this.head = head;
        this.backend = backend;
    }

    /** @return false: no connection can be had, and this copy is over already */
    boolean begin(Connections connections) {
        Timeouts timeouts = mirror.pool().config().timeouts();
        lane.deadlines().arm(deadline, timeouts.response().toNanos());
        if (connections.acquire(backend, mirror.pool(), timeouts, false, false, this, this)) return !done;
        clear();
        return false;
    }

    // ---- from the connections

    @Override public void acquired(BackendSide acquired) {
        if (done) {
            acquired.finish();
            return;
        }
        side = acquired;
        sentNanos = lane.deadlines().now();
        side.request(head);
        lane.heads().release(head);
        head = null;
        for (ByteBuf data; (data = waiting.poll()) != null;) side.body(data);
        if (requestEnded) side.end(null);
        send();
    }

    @Override public void notAcquired(Failure failure) {
        over(false);
    }

    // ---- from the client

    @Override public void body(ByteBuf data) {
        if (done) {
            data.release();
        } else if (side != null) {
            side.body(data);
            send();
        } else {
            waitingBytes += data.readableBytes();
            waiting.add(data);
            if (waitingBytes > MOST_WAITING) over(false);
        }
    }

    @Override public void end() {
        requestEnded = true;
        if (side == null) return;
        sentNanos = lane.deadlines().now();
        side.end(null);
        send();
    }

    @Override public void abandoned() {
        over(false);
    }

    // ---- from the backend

    @Override public void responseHead(Head response) {
        int status = response.status();
        boolean interim = response.interim();
        lane.heads().release(response);
        if (done || interim) return;
        backend.answered(status, lane.deadlines().now() - sentNanos);
        // a protocol that nobody asked for
        if (status == 101) over(false);
    }

    @Override public void responseBody(ByteBuf data) {
        data.release();
    }

    @Override public void responseEnd(Head trailers) {
        if (trailers != null) lane.heads().release(trailers);
        over(true);
    }

    @Override public void responseReadComplete() {}

    @Override public void backendWritable() {}

    @Override public void backendDown() {
        over(false);
    }

    @Override public void backendLost(Failure failure) {
        side = null;
        over(false);
    }

    /** What the kernel does not take at once is more than a copy is worth. */
    private void send() {
        side.flush();
        if (side != null && !side.writable()) over(false);
    }

    // ---- ends

    /** @param whole the side may be kept, if the request is whole, too */
    private void over(boolean whole) {
        if (done) return;
        BackendSide left = side;
        clear();
        backend.end();
        if (left == null) return;
        if (whole) left.finish();
        else left.abort();
    }

    private void clear() {
        done = true;
        side = null;
        lane.deadlines().cancel(deadline);
        for (ByteBuf data; (data = waiting.poll()) != null;) data.release();
        if (head != null) lane.heads().release(head);
        head = null;
        mirror.left();
    }
}
