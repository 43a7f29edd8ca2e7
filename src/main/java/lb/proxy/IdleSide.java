package lb.proxy;

import io.netty.buffer.ByteBuf;
import lb.http.Head;
import lb.http.Side;

/** A side with nobody behind it: it takes all there is, keeps nothing of it and is never full. */
abstract class IdleSide implements Side {
    @Override public void body(ByteBuf data) {
        data.release();
    }

    @Override public void end(Head trailers) {}

    @Override public void flush() {}

    @Override public boolean writable() {
        return true;
    }

    @Override public void reading(boolean wanted) {}
}
