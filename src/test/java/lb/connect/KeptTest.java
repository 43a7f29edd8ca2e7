package lb.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import lb.config.Config;
import lb.config.ConnectionsConfig;
import lb.http.HeadLimits;
import lb.pool.Backend;
import lb.testkit.Configs;
import lb.testkit.EmbeddedSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeptTest {
    private static final HeadLimits LIMITS = new HeadLimits(16 << 10, 100, 8 << 10);

    private final Lane lane = new ManualTime().lane(new EmbeddedChannel().eventLoop(), LIMITS);
    private final BackendConnections connections = lane.connections();
    private final List<EmbeddedSocket> sockets = new ArrayList<>();
    private final List<Backend> backends = Configs.of(1, 2, 3, 4).build().pools().get(Config.DEFAULT).backends()
            .stream().map(each -> new Backend(each, System::nanoTime)).toList();

    @AfterEach void closeAll() {
        sockets.forEach(EmbeddedSocket::close);
    }

    @Test void keepsNoMoreInAllThanIsAllowed() {
        connections.keepAtMost(5);
        for (int i = 0; i < 12; i++) release(i % 4);
        assertThat(backends.stream().mapToInt(Backend::idleConnections).sum()).isEqualTo(5);
        assertThat(backends.stream().mapToInt(Backend::connections).sum()).isEqualTo(5);
    }

    @Test void theOneThatHasMostGivesWay() {
        connections.keepAtMost(5);
        for (int backend : new int[] {0, 0, 0, 1, 1, 2}) release(backend);
        assertThat(backends).extracting(Backend::idleConnections).containsExactly(2, 2, 1, 0);
    }

    @Test void ofOneBackendTheOldestGivesWay() {
        connections.keepAtMost(2);
        for (int i = 0; i < 3; i++) release(0);
        assertThat(sockets).extracting(EmbeddedSocket::isOpen).containsExactly(false, true, true);
    }

    @Test void whatWasTakenAgainMakesRoom() {
        connections.keepAtMost(1);
        release(0);
        connections.home(backends.get(0)).poll(false, lane.deadlines().now());
        release(1);
        assertThat(sockets).extracting(EmbeddedSocket::isOpen).containsExactly(true, true);
    }

    @Test void refusesToKeepNone() {
        assertThatThrownBy(() -> connections.keepAtMost(0)).hasMessageContaining("at least 1");
    }

    /** A connection to that backend was made, used and is given back. */
    private void release(int backend) {
        BackendLane home = connections.home(backends.get(backend));
        home.backend().connectionOpens();
        Http1BackendConnection connection = new Http1BackendConnection(lane, home, ConnectionsConfig.DEFAULT, LIMITS);
        sockets.add(new EmbeddedSocket(UnpooledByteBufAllocator.DEFAULT, 512, connection));
        connections.release(home, connection);
    }
}
