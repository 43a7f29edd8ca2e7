package lb.proxy;

import io.netty.buffer.ByteBuf;

/** Gets what a client sends beside the backend. Must not hold the exchange back. Event loop only. */
public interface RequestCopy {
    /** @param data the callee's now; never empty */
    void body(ByteBuf data);

    /** The request is whole. */
    void end();

    /** The exchange ended before its request did. */
    void abandoned();
}
