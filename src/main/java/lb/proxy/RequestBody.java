package lb.proxy;

import io.netty.buffer.ByteBuf;
import lb.connect.BackendSide;
import lb.http.Head;
import lb.http.Heads;

/**
 * The body of one request on its way: passed on to the backend side there is, held while there is none, remembered
 * where another attempt may need it. Event loop only.
 */
final class RequestBody {
    private final ClientSide client;
    private final Heads heads;
    private HeldBody held;
    private RequestCopy copy;
    private boolean ended;
    private Head trailers;
    private boolean trailersCame;
    private boolean any;

    RequestBody(ClientSide client, Heads heads) {
        this.client = client;
        this.heads = heads;
    }

    /** What comes goes there too. */
    void copyTo(RequestCopy copy) {
        this.copy = copy;
    }

    /**
     * A piece.
     *
     * @param data       this object's now
     * @param side       or null when there is none at the moment: then the client is held back
     * @param repeatable another attempt may be made after this piece was sent
     */
    void came(ByteBuf data, BackendSide side, boolean repeatable) {
        any = true;
        if (copy != null) copy.body(data.retainedDuplicate());
        if (side == null) {
            if (held == null) held = new HeldBody();
            held.hold(data);
            client.reading(false);
            return;
        }
        if (repeatable) {
            if (held == null) held = new HeldBody();
            held.remember(data);
        }
        Relay.pass(data, client, side);
    }

    /** It is whole. @param trailers this object's now, or null */
    void end(Head trailers, BackendSide side) {
        ended = true;
        trailersCame = trailers != null;
        endCopy();
        if (side == null) {
            this.trailers = trailers;
        } else {
            side.end(trailers);
            side.flush();
        }
    }

    /** All that came so far goes to a new side. */
    void send(BackendSide side, boolean repeatable) {
        if (held != null) {
            if (repeatable) held.repeat(client, side);
            else held.hand(client, side);
        }
        if (!ended) return;
        Head last = trailers;
        trailers = null;
        side.end(last);
    }

    /** True while all of the request that came is still here. */
    boolean kept() {
        return !trailersCame && (held == null ? !any : held.whole());
    }

    /** No other attempt will be made. */
    void forget() {
        if (held != null) held.forget();
    }

    /** The exchange ended: frees what is held. */
    void close() {
        forget();
        endCopy();
        if (trailers != null) heads.release(trailers);
        trailers = null;
    }

    private void endCopy() {
        RequestCopy ending = copy;
        copy = null;
        if (ending == null) return;
        if (ended) ending.end();
        else ending.abandoned();
    }
}
