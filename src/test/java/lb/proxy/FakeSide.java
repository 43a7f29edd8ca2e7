package lb.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import lb.http.Head;
import lb.http.Side;

/** Takes what it is given and tells what it was told. */
final class FakeSide implements Side {
    final StringBuilder taken = new StringBuilder();
    boolean writable = true;
    boolean reading = true;

    @Override public void body(ByteBuf data) {
        taken.append(data.toString(StandardCharsets.US_ASCII));
        data.release();
    }

    @Override public void end(Head trailers) {}

    @Override public void flush() {}

    @Override public boolean writable() {
        return writable;
    }

    @Override public void reading(boolean wanted) {
        reading = wanted;
    }
}
