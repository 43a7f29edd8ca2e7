package lb.proxy;

import lb.config.Timeouts;
import lb.connect.BackendEvents;
import lb.connect.Connections;
import lb.http.Failure;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.WaitingLine;

/** Connections of which one is asked for at a time: at once, later, or not to be had; of some there are too few. */
final class WatchedConnections implements Connections {
    private static final Failure[] NONE = {
        Failure.CONNECT_REFUSED, Failure.CONNECT_TIMEOUT, Failure.CONNECT_UNRESOLVED, Failure.CONNECT_FAILED,
        Failure.NO_DESCRIPTOR
    };

    private Order order;
    private Backend wantedOf;
    private Wanted wanted;
    private int fresh;
    private int others;
    private int unreached;

    void begin(Order order) {
        this.order = order;
        wanted = null;
        fresh = 0;
        others = 0;
        unreached = 0;
    }

    boolean pending() {
        return wanted != null;
    }

    /** Asked for, the fresh ones not counted. */
    int asked() {
        return others;
    }

    /** Asked for and not had, the fresh ones included. */
    int unreached() {
        return unreached;
    }

    @Override public boolean acquire(Backend backend, Pool pool, Timeouts timeouts, boolean fresh, boolean careful,
            BackendEvents events, Wanted wanted) {
        order.note(fresh ? "acquire fresh" : "acquire");
        order.check(!pending() && !order.backendLive(), "a second backend side at a time");
        if (order.slotTaken(backend)) return false;
        if (fresh) order.check(++this.fresh == 1, "a second fresh connection");
        else others++;
        wantedOf = backend;
        this.wanted = wanted;
        backend.begin();
        int what = order.random(8);
        if (what < 3 && !fresh) settle(true);
        else if (what == 3) fail(NONE[order.random(NONE.length)]);
        return true;
    }

    @Override public void reclaim(Backend backend, WaitingLine line) {
        order.note("reclaim");
    }

    /** What is pending is decided. */
    void settle() {
        if (order.random(3) == 0) fail(NONE[order.random(NONE.length)]);
        else settle(false);
    }

    private void settle(boolean reused) {
        Wanted told = wanted;
        wanted = null;
        order.note(reused ? "> acquired kept" : "> acquired");
        WatchedBackend side = new WatchedBackend(order, wantedOf, reused);
        order.backend(side);
        told.acquired(side);
    }

    private void fail(Failure why) {
        Wanted told = wanted;
        wanted = null;
        unreached++;
        order.note("> notAcquired ", why);
        told.notAcquired(why);
    }
}
