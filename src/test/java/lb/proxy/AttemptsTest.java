package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import lb.config.BackendConfig;
import lb.config.Timeouts;
import lb.connect.BackendEvents;
import lb.connect.Connections;
import lb.connect.Lane;
import lb.connect.ManualTime;
import lb.http.Head;
import lb.http.HeadLimits;
import lb.http.Received;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.PoolFixture;
import lb.pool.WaitingLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets a connection at once and who waits, on an event loop whose turns come when the test says so. */
final class AttemptsTest {
    private final EmbeddedChannel turns = new EmbeddedChannel();
    private final Lane lane = new ManualTime().lane(turns.eventLoop(), new HeadLimits(16 << 10, 100, 8 << 10));
    private final List<Backend> dialled = new ArrayList<>();
    private final List<Integer> answers = new ArrayList<>();
    private final Backend backend =
            new Backend(new BackendConfig("a", "10.0.0.1", 80, 1, BackendConfig.State.READY), System::nanoTime);

    @AfterEach void end() {
        turns.finishAndReleaseAll();
    }

    private void ask(Pool pool) {
        Exchanges exchanges = new Exchanges(lane, new NeverConnected(), ended -> {});
        exchanges.begin(new Client(), Received.requestHead("GET / HTTP/1.1", "Host: a"),
                RouteTable.to("main", pool, List.of())).start();
    }

    @Test void waitsInTheLineWhereNoSlotIsLeft() {
        Pool pool = PoolFixture.limited(1, 1, backend);
        pool.open();
        for (int i = 0; i < 3; i++) ask(pool);
        assertThat(dialled).hasSize(1);
        assertThat(pool.line().waiting()).isEqualTo(1);
        assertThat(answers).as("the line has room for one").containsExactly(503);
    }

    /** The line is served turn by turn, while nothing is scarce any more. */
    @Test void waitsBehindNobodyWhereAReloadTookTheLimitAway() {
        Pool limited = PoolFixture.limited(1, 5, backend);
        limited.open();
        ask(limited);
        ask(limited);
        turns.runPendingTasks();
        Pool unlimited = new Pool(PoolFixture.config(null, List.of(backend.config())), List.of(backend),
                limited.balancer(), Runnable::run, limited);
        unlimited.open();
        assertThat(unlimited.line().waiting()).isEqualTo(1);
        ask(unlimited);
        assertThat(answers).isEmpty();
        assertThat(dialled).hasSize(2);
        turns.runPendingTasks();
        assertThat(unlimited.line().waiting()).isZero();
        assertThat(dialled).hasSize(3);
    }

    private final class NeverConnected implements Connections {
        @Override public boolean acquire(Backend wanted, Pool pool, Timeouts timeouts, boolean fresh, boolean careful,
                BackendEvents events, Wanted who) {
            if (!wanted.connectionOpens()) return false;
            wanted.begin();
            dialled.add(wanted);
            return true;
        }

        @Override public void reclaim(Backend wanted, WaitingLine line) {}
    }

    private final class Client extends IdleSide implements ClientSide {
        private final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);

        @Override public InetSocketAddress address() {
            return address;
        }

        @Override public ForwardingFields forwarding() {
            return new ForwardingFields(address, false);
        }

        @Override public boolean takesInterim() {
            return true;
        }

        @Override public void interim(Head head) {}

        @Override public void response(Head head) {
            answers.add(head.status());
        }

        @Override public void tunnel(Head head) {}

        @Override public void finished() {}

        @Override public void abort() {}
    }
}
