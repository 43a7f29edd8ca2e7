package lb.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
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

final class BackendLaneTest {
    private static final HeadLimits LIMITS = new HeadLimits(16 << 10, 100, 8 << 10);
    private static final ConnectionsConfig CONFIG = new ConnectionsConfig(0, Duration.ofSeconds(30), 2);

    private final Lane lane = new ManualTime().lane(new EmbeddedChannel().eventLoop(), LIMITS);
    private final Backend backend =
            new Backend(Configs.of(1).build().pools().get(Config.DEFAULT).backends().get(0), System::nanoTime);
    private final BackendLane home = new BackendLane(backend, new Kept());
    private final List<EmbeddedSocket> sockets = new ArrayList<>();

    @AfterEach void closeAll() {
        sockets.forEach(EmbeddedSocket::close);
    }

    private Http1BackendConnection keep(long millis) {
        backend.connectionOpens();
        Http1BackendConnection connection = new Http1BackendConnection(lane, home, CONFIG, LIMITS);
        sockets.add(new EmbeddedSocket(UnpooledByteBufAllocator.DEFAULT, 512, connection));
        home.keep(connection, nanos(millis));
        return connection;
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    /** How many are kept when those that were unused for too long are closed. */
    private int keptAt(long millis) {
        home.retire(nanos(millis));
        assertThat(backend.idleConnections()).isEqualTo(home.kept());
        assertThat(backend.connections()).isEqualTo(home.kept());
        return home.kept();
    }

    @Test void takesTheMostRecentlyUsedFirst() {
        keep(0);
        Http1BackendConnection last = keep(10);
        assertThat(home.poll(false, nanos(20))).isSameAs(last);
    }

    @Test void closesWhatWasUnusedForAsLongAsTheConfigSays() {
        keep(0);
        keep(1_000);
        assertThat(keptAt(29_999)).isEqualTo(2);
        assertThat(keptAt(30_000)).isEqualTo(1);
        assertThat(keptAt(31_000)).isZero();
    }

    @Test void keepsMoreThanAreWantedForASecond() {
        for (int i = 0; i < 5; i++) keep(0);
        assertThat(keptAt(1_000)).isEqualTo(5);
        assertThat(keptAt(1_001)).isEqualTo(2);
    }

    @Test void closesThemASecondBeforeTheBackendSaidThatItWould() {
        keep(0).keepAliveSeconds(5);
        assertThat(keptAt(3_999)).isEqualTo(1);
        assertThat(keptAt(4_000)).isZero();
    }

    @Test void closesThemAtOnceWhereTheBackendSaysThatItKeepsNone() {
        keep(0).keepAliveSeconds(0);
        assertThat(keptAt(0)).isZero();
    }

    @Test void forgetsWhatTheBackendSaidOfConnectionsThatAreGone() {
        keep(0).keepAliveSeconds(1);
        assertThat(keptAt(0)).isZero();
        keep(1_000);
        assertThat(keptAt(30_999)).isEqualTo(1);
    }

    @Test void givesACarefulRequestNoneThatMayBeClosedJustNow() {
        home.lost(keep(0), nanos(4_000));
        Http1BackendConnection young = keep(10_000);
        assertThat(home.poll(true, nanos(12_001))).as("older than half of what another lived").isNull();
        assertThat(home.poll(false, nanos(12_001))).isSameAs(young);
        home.keep(young, nanos(13_000));
        assertThat(home.poll(true, nanos(15_000))).isSameAs(young);
    }

    @Test void givesACarefulRequestNoneAtAllOfABackendThatClosesThemAnytime() {
        home.lost(keep(0), nanos(999));
        Http1BackendConnection young = keep(1_000);
        assertThat(home.poll(true, nanos(1_000))).isNull();
        assertThat(home.poll(true, nanos(61_000))).as("a minute later that is forgotten").isSameAs(young);
    }
}
