package lb.http;

import io.netty.buffer.ByteBuf;

/**
 * One of the two peers of an exchange, as the exchange sees it: it takes a message and can be held back. Which protocol
 * it speaks is nobody else's business. Heads are given by the two kinds of sides, as requests and responses differ.
 *
 * <p>Threading: the event loop of the exchange.
 */
public interface Side {
    /** A piece of the message's body, or of a tunnel. @param data this side's now; never empty */
    void body(ByteBuf data);

    /** The message is whole. In a tunnel: no more bytes will be given. @param trailers this side's now, or null */
    void end(Head trailers);

    /** Sends what was given so far. */
    void flush();

    /** False when enough is on its way: whoever feeds this side should be held back. */
    boolean writable();

    /** Whether this side's own bytes are wanted. What was read already still comes. */
    void reading(boolean wanted);
}
