package lb.proxy;

import io.netty.buffer.ByteBuf;
import lb.http.Side;

/** Changes the bytes of one response's body on their way to the client. Event loop only. */
public interface BodyStage {
    /** @param data this stage's now; never empty */
    void body(ByteBuf data, Side client);

    /** What could be read at this time was read: what is held back for more goes out. */
    void readComplete(Side client);

    /** The body is whole: the rest goes out. */
    void end(Side client);

    /** Frees what is held; called exactly once, whether {@link #end} was or not. */
    void close();
}
