package lb.proxy;

import java.util.concurrent.Executor;
import lb.config.ConnectionsConfig;
import lb.connect.Deadlines;
import lb.connect.Lane;
import lb.http.Failure;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.WaitingLine;
import lb.sticky.Sticky;

/** An exchange's wait for a connection: its place in the line of its pool, for a limited time. Event loop only. */
final class Waiting extends Deadlines.Deadline implements WaitingLine.Waiter {
    private final Attempts attempts;
    private final Exchange exchange;
    private final Lane lane;
    private final Sticky.Session session;
    private final long sinceNanos = System.nanoTime();
    private WaitingLine.Place place;

    private Waiting(Attempts attempts, Exchange exchange, Lane lane, Sticky.Session session) {
        this.attempts = attempts;
        this.exchange = exchange;
        this.lane = lane;
        this.session = session;
    }

    /**
     * Joins the line.
     *
     * @param session whose backend it waits for, or null: any will do
     * @param room some backend has a slot, which another lane must give up first: such a wait is short, is bounded by
     *             the slots there are, and needs no queue
     * @return null when the line is full
     */
    static Waiting join(Attempts attempts, Exchange exchange, Lane lane, Pool pool, Sticky.Session session,
            boolean room) {
        ConnectionsConfig config = pool.config().connections();
        Waiting waiting = new Waiting(attempts, exchange, lane, session);
        waiting.place = pool.line().join(waiting, config.queue() + (room ? config.maxPerBackend() : 0));
        if (waiting.place == null) return null;
        lane.deadlines().arm(waiting, config.queueTimeout().toNanos());
        return waiting;
    }

    /** The wait is over, one way or the other. @return how long it was, in nanoseconds */
    long end() {
        lane.deadlines().cancel(this);
        place.leave();
        return System.nanoTime() - sinceNanos;
    }

    @Override public Executor eventLoop() {
        return lane.loop();
    }

    @Override public boolean serve() {
        try {
            return attempts.serve();
        } catch (RuntimeException | Error fault) {
            exchange.broke(fault);
            return true;
        }
    }

    @Override public boolean held() {
        Backend own = session == null ? null : session.backend();
        return own != null && own.full();
    }

    @Override protected void expired() {
        attempts.waitedTooLong();
    }
}
