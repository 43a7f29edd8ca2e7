package lb.connect;

import io.netty.channel.EventLoop;
import java.util.function.Consumer;
import lb.http.HeadLimits;
import lb.http.Heads;
import lb.pool.Backend;

/**
 * One event loop with everything that only it may touch. An exchange, its client and its backend connection always
 * share a lane. Event loop only, but for {@link #loop} and {@link #index}.
 */
public final class Lane {
    private final int index;
    private final EventLoop loop;
    private final Heads heads = new Heads();
    private final Deadlines deadlines;
    private final BackendConnections connections;

    /**
     * @param dialler makes connections on this loop
     * @param silent  told of a backend that answers nobody while exchanges wait for it
     */
    public Lane(int index, EventLoop loop, Dialler dialler, HeadLimits responseLimits, Consumer<Backend> silent) {
        this(index, loop, new Deadlines(loop), dialler, responseLimits, silent);
    }

    Lane(int index, EventLoop loop, Deadlines deadlines, Dialler dialler, HeadLimits responseLimits,
            Consumer<Backend> silent) {
        this.index = index;
        this.loop = loop;
        this.deadlines = deadlines;
        connections = new BackendConnections(this, dialler, responseLimits, silent);
    }

    /** 0 for the first. */
    public int index() {
        return index;
    }

    public EventLoop loop() {
        return loop;
    }

    public Heads heads() {
        return heads;
    }

    public Deadlines deadlines() {
        return deadlines;
    }

    public BackendConnections connections() {
        return connections;
    }
}
