package lb.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import lb.http.MessageReader;

/**
 * The bytes of one client on their way into the reader, a request at a time. What comes behind the request that is
 * served now waits here, and nothing more is read from the client meanwhile: no more than one read is ever held.
 *
 * <p>Threading: event loop only.
 */
final class PipelinedInput {
    private final Http1ClientConnection connection;
    private final MessageReader reader;
    private Channel channel;
    private ByteBuf pending;
    private boolean wanted = true;
    private boolean ended;

    PipelinedInput(Http1ClientConnection connection, MessageReader reader) {
        this.connection = connection;
        this.reader = reader;
    }

    void of(Channel channel) {
        this.channel = channel;
    }

    /** True while bytes of a later request wait. */
    boolean pending() {
        return pending != null;
    }

    /** True while the client's bytes are wanted. */
    boolean wanted() {
        return wanted;
    }

    /** @return false when nothing changed: it was so before, or what waits comes first */
    boolean wanted(boolean now) {
        if (now && pending != null || wanted == now) return false;
        wanted = now;
        // epoll has forgotten a socket whose input ended
        if (!ended) channel.config().setAutoRead(now);
        return true;
    }

    /** The client sends no more. */
    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    /** True when the client sends no more and nothing of it waits. */
    boolean usedUp() {
        return ended && pending == null;
    }

    /** @param in this object's now */
    void read(ByteBuf in) {
        if (pending == null) feed(in);
        else pending = joined(pending, in);
    }

    /** What waits is read, as far as the next request goes. */
    void resume() {
        if (pending == null) return;
        ByteBuf in = pending;
        pending = null;
        connection.reading(true);
        feed(in);
    }

    /** Frees what waits. */
    void close() {
        if (pending != null) pending.release();
        pending = null;
    }

    private void feed(ByteBuf in) {
        ByteBuf rest = reader.read(in);
        if (rest == null) return;
        if (connection.closing()) {
            rest.release();
            return;
        }
        pending = rest;
        connection.reading(false);
    }

    private static ByteBuf joined(ByteBuf first, ByteBuf second) {
        ByteBuf both = first.alloc().buffer(first.readableBytes() + second.readableBytes());
        both.writeBytes(first).writeBytes(second);
        first.release();
        second.release();
        return both;
    }
}
