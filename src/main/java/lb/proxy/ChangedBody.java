package lb.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import lb.connect.BackendSide;
import lb.http.Side;

/**
 * A response's body that a filter changes on its way. To compress what one read brings may take a hundred times as long
 * as to pass it on, so the backend is read in small pieces, and after each of them whoever else is on the event loop
 * has its turn: a few large downloads must not make every other client wait for seconds.
 *
 * <p>Threading: the event loop of the exchange, to which the sides belong.
 */
final class ChangedBody implements Runnable {
    private final BodyStage stage;
    private final BackendSide backend;
    private final Side client;
    private final EventLoop loop;
    private boolean resting;
    private boolean closed;

    /** @param stage this body's now */
    ChangedBody(BodyStage stage, BackendSide backend, Side client, EventLoop loop) {
        this.stage = stage;
        this.backend = backend;
        this.client = client;
        this.loop = loop;
        backend.sparingly();
    }

    /** @param data this body's now */
    void body(ByteBuf data) {
        stage.body(data, client);
        // the write may have lost the client
        if (!closed && !client.writable()) backend.reading(false);
    }

    /** A piece was read and what it became is written: the next one waits for the next turn. */
    void readComplete() {
        stage.readComplete(client);
        if (closed || resting) return;
        resting = true;
        backend.reading(false);
        loop.execute(this);
    }

    /** The next turn. */
    @Override public void run() {
        resting = false;
        resume();
    }

    /** The client's writability changed. */
    void resume() {
        if (!closed && !resting) Relay.resume(backend, client);
    }

    void end() {
        stage.end(client);
    }

    void close() {
        closed = true;
        stage.close();
    }
}
