package lb.proxy;

import io.netty.buffer.ByteBuf;
import lb.http.Side;

/**
 * One direction of an exchange, with its back-pressure: a sink that has enough holds its source. Nobody else pauses or
 * resumes a side because of the other. Threading: stateless; the event loop of the sides.
 */
final class Relay {
    private Relay() {}

    /** @param data the sink's now */
    static void pass(ByteBuf data, Side source, Side sink) {
        sink.body(data);
        // what was read already still comes: at most one read burst more
        if (!sink.writable()) source.reading(false);
    }

    /** The sink's writability changed. */
    static void resume(Side source, Side sink) {
        if (sink.writable()) source.reading(true);
    }
}
