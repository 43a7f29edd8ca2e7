package lb.connect;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import lb.config.Timeouts;
import lb.http.Failure;
import lb.http.HeadLimits;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.WaitingLine;
import lb.testkit.EmbeddedSocket;

/** Connections as {@link BackendConnections} keeps them, on sockets without a network, made when the test says so. */
public final class EmbeddedConnections implements Connections {
    private static final int WRITE_BUFFER = 512;

    private final Lane lane;
    private final HeadLimits limits;
    private final ByteBufAllocator allocator;
    private final Map<Backend, BackendLane> homes = new IdentityHashMap<>();
    private final Kept kept = new Kept();
    private final ArrayDeque<Dial> dials = new ArrayDeque<>();
    private final List<EmbeddedSocket> sockets = new ArrayList<>();

    private record Dial(BackendLane home, Pool pool, BackendEvents events, Wanted wanted) {}

    public EmbeddedConnections(Lane lane, HeadLimits limits, ByteBufAllocator allocator) {
        this.lane = lane;
        this.limits = limits;
        this.allocator = allocator;
    }

    /** Those that were opened, the closed ones included until they are forgotten. */
    public List<EmbeddedSocket> sockets() {
        return sockets;
    }

    public boolean dialling() {
        return !dials.isEmpty();
    }

    @Override public boolean acquire(Backend backend, Pool pool, Timeouts timeouts, boolean fresh, boolean careful,
            BackendEvents events, Wanted wanted) {
        BackendLane home = homes.computeIfAbsent(backend, each -> new BackendLane(each, kept));
        Http1BackendConnection kept = fresh ? null : home.poll(careful, lane.deadlines().now());
        if (kept == null && !backend.connectionOpens()) return false;
        backend.begin();
        if (kept != null) {
            begin(new Dial(home, pool, events, wanted), kept);
        } else {
            dials.add(new Dial(home, pool, events, wanted));
        }
        return true;
    }

    @Override public void reclaim(Backend backend, WaitingLine line) {
        throw new AssertionError("there is one lane only");
    }

    /** The oldest dial is through. @param failure or null */
    public void dialled(Failure failure) {
        Dial dial = dials.poll();
        if (failure != null) {
            dial.home.backend().connectionClosed();
            dial.wanted.notAcquired(failure);
            return;
        }
        Http1BackendConnection connection =
                new Http1BackendConnection(lane, dial.home, dial.pool.config().connections(), limits);
        sockets.add(new EmbeddedSocket(allocator, WRITE_BUFFER, connection));
        begin(dial, connection);
    }

    /** The health checker says so. */
    public void wentDown(Backend backend) {
        BackendLane home = homes.get(backend);
        if (home != null) home.wentDown();
    }

    private static void begin(Dial dial, Http1BackendConnection connection) {
        connection.begin(dial.events, dial.pool.config().timeouts());
        dial.home.begin(connection);
        dial.wanted.acquired(connection.side());
    }
}
