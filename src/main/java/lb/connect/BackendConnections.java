package lb.connect;

import io.netty.channel.ChannelFuture;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lb.config.Timeouts;
import lb.http.Failure;
import lb.http.HeadLimits;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.WaitingLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections of one event loop to all backends: acquired, released, discarded. A few times a second it closes those
 * that were unused for too long, and looks for backends that went silent.
 *
 * <p>Threading: event loop only.
 */
public final class BackendConnections implements Connections {
    private static final Logger log = LoggerFactory.getLogger(BackendConnections.class);
    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** A backend is silent when exchanges waited that long and two sweeps in a row saw no answer byte. */
    private static final long SILENT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int SILENT_SWEEPS = 2;

    private final Lane lane;
    private final Dialler dialler;
    private final Consumer<Backend> silent;
    private final Map<Backend, BackendLane> backends = new IdentityHashMap<>();
    private final Kept kept = new Kept();
    private final ArrayDeque<BackendLane> out = new ArrayDeque<>();     // of the sweep under way
    private List<Lane> peers = List.of();
    private HeadLimits responseLimits;
    private final Deadlines.Deadline sweep = new Deadlines.Deadline() {
        @Override protected void expired() {
            sweep();
        }
    };

    /** @param silent told, again and again, of a backend that answers nobody; must not block */
    BackendConnections(Lane lane, Dialler dialler, HeadLimits responseLimits, Consumer<Backend> silent) {
        this.lane = lane;
        this.dialler = dialler;
        this.responseLimits = responseLimits;
        this.silent = silent;
    }

    /** Before anything runs. @param lanes all of them, this one included: slots are moved between them */
    public void peers(List<Lane> lanes) {
        peers = lanes;
    }

    /** Before anything runs. @param most unused connections kept over all backends; at least 1, default any number */
    public void keepAtMost(int most) {
        kept.atMost(most);
    }

    /** What an answer's head may take on connections made from now on; those kept under other limits are closed. */
    public void limitResponses(HeadLimits next) {
        if (next.equals(responseLimits)) return;
        responseLimits = next;
        for (BackendLane home : List.copyOf(backends.values())) home.discardKept();
    }

    @Override public boolean acquire(Backend backend, Pool pool, Timeouts timeouts, boolean fresh, boolean careful,
            BackendEvents events, Wanted wanted) {
        BackendLane home = home(backend);
        Http1BackendConnection kept = fresh ? null : home.poll(careful, lane.deadlines().now());
        if (kept == null && !slot(home)) return false;
        backend.begin();
        if (kept != null) {
            begin(home, kept, events, timeouts);
            wanted.acquired(kept.side());
        } else {
            dial(home, pool, timeouts, events, wanted);
        }
        return true;
    }

    BackendLane home(Backend backend) {
        BackendLane home = backends.get(backend);
        if (home == null) {
            home = new BackendLane(backend, kept);
            backends.put(backend, home);
        }
        return home;
    }

    /** A slot for a new connection, maybe that of a kept one that will not do. */
    private static boolean slot(BackendLane home) {
        return home.backend().connectionOpens() || home.giveUpOne() && home.backend().connectionOpens();
    }

    @Override public void reclaim(Backend backend, WaitingLine line) {
        BackendLane home = home(backend);
        if (home.reclaiming()) return;
        home.reclaiming(true);
        ask(peers.iterator(), backend, () -> {
            home.reclaiming(false);
            line.signal();
        });
    }

    private void ask(Iterator<Lane> rest, Backend backend, Runnable done) {
        if (!rest.hasNext()) {
            lane.loop().execute(done);
            return;
        }
        Lane peer = rest.next();
        peer.loop().execute(() -> {
            if (peer.connections().giveUpOne(backend)) lane.loop().execute(done);
            else ask(rest, backend, done);
        });
    }

    private boolean giveUpOne(Backend backend) {
        BackendLane home = backends.get(backend);
        return home != null && home.giveUpOne();
    }

    /** Closes what is kept for that backend: it was removed. */
    public void discard(Backend backend) {
        BackendLane home = backends.get(backend);
        if (home != null) home.discardKept();
    }

    /** That backend is down: exchanges that wait for its first answer byte are told, kept connections are closed. */
    public void wentDown(Backend backend) {
        BackendLane home = backends.get(backend);
        if (home != null) home.wentDown();
    }

    /** Ends whatever that backend still carries: the time to drain is over. */
    public void cut(Backend backend) {
        BackendLane home = backends.get(backend);
        if (home != null) home.cut(Failure.DRAINED);
    }

    /** A connection that can be used again comes back. */
    void release(BackendLane home, Http1BackendConnection connection) {
        boolean limitsChanged = connection.responseLimits() != responseLimits;
        if (limitsChanged || home.backend().removed() || home.backend().overLimit()) {
            connection.close();
            return;
        }
        if (kept.full()) makeRoom(home);
        home.keep(connection, lane.deadlines().now());
    }

    /** The oldest goes that is kept for the same backend, or else for the one that has most. */
    private void makeRoom(BackendLane home) {
        if (home.giveUpOne()) return;
        BackendLane richest = home;
        for (BackendLane each : backends.values()) {
            if (each.kept() > richest.kept()) richest = each;
        }
        richest.giveUpOne();
    }

    private void begin(BackendLane home, Http1BackendConnection connection, BackendEvents events, Timeouts timeouts) {
        connection.begin(events, timeouts);
        home.begin(connection);
        if (!sweep.armed()) lane.deadlines().arm(sweep, SWEEP_NANOS);
    }

    private void dial(BackendLane home, Pool pool, Timeouts timeouts, BackendEvents events, Wanted wanted) {
        Backend backend = home.backend();
        Http1BackendConnection connection =
                new Http1BackendConnection(lane, home, pool.config().connections(), responseLimits);
        ChannelFuture dialled =
                dialler.dial(lane.loop(), backend.host(), backend.port(), timeouts.connect(), connection);
        dialled.addListener(done -> {
            try {
                if (done.isSuccess()) {
                    begin(home, connection, events, timeouts);
                    wanted.acquired(connection.side());
                } else {
                    Failure why = DialFailure.of(done.cause());
                    // one that nobody uses has what this one needs, and another attempt may come next
                    if (why == Failure.NO_DESCRIPTOR) makeRoom(home);
                    connection.freeSlot();
                    wanted.notAcquired(why);
                }
            } catch (RuntimeException | Error e) {
                log.error("an exchange failed through a fault of our own when its connection came", e);
                connection.side().lost(Failure.BUG);
            }
        });
    }

    private void sweep() {
        long now = lane.deadlines().now();
        boolean any = false;
        for (Iterator<BackendLane> each = backends.values().iterator(); each.hasNext();) {
            BackendLane home = each.next();
            any |= home.retire(now) | home.carrying();
            if (home.silent(now, SILENT_NANOS, SILENT_SWEEPS)) silent.accept(home.backend());
            if (home.out()) out.add(home);
            if (home.unused() && home.backend().removed()) each.remove();
        }
        if (any) lane.deadlines().arm(sweep, SWEEP_NANOS);
        // at last: whoever is told moves to another backend, which may be a new one to this lane
        for (BackendLane home; (home = out.poll()) != null;) home.tellWaiting();
    }
}
