package lb.connect;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lb.config.Config;
import lb.config.PoolConfig;
import lb.http.Failure;
import lb.http.HeadLimits;
import lb.http.Received;
import lb.pool.Backend;
import lb.testkit.Configs;
import lb.testkit.EmbeddedSocket;
import lb.testkit.LogCapture;
import org.junit.jupiter.api.Test;

final class Http1BackendConnectionTest {
    private static final HeadLimits LIMITS = new HeadLimits(16 << 10, 100, 8 << 10);

    private final PoolConfig config = Configs.of(1).build().pools().get(Config.DEFAULT);
    private final ManualTime time = new ManualTime();
    private final Lane lane = time.lane(new EmbeddedChannel().eventLoop(), LIMITS);
    private final BackendLane home = lane.connections().home(new Backend(config.backends().get(0), System::nanoTime));
    private final Http1BackendConnection connection =
            new Http1BackendConnection(lane, home, config.connections(), LIMITS);
    private final EmbeddedSocket socket =
            new EmbeddedSocket(UnpooledByteBufAllocator.DEFAULT, 512, connection);

    /** Such as a filter that cannot bear what it gets. */
    @Test void saysInTheLogWhatFailedWhileAnAnswerWasRead() {
        List<Failure> told = new ArrayList<>();
        connection.begin(new Unheard() {
            @Override public void responseReadComplete() {
                throw new IllegalStateException("on purpose");
            }

            @Override public void backendLost(Failure failure) {
                told.add(failure);
            }
        }, config.timeouts());
        home.begin(connection);
        try (LogCapture log = LogCapture.of("lb.connect")) {
            socket.receivedAll();
            assertThat(log.lines()).containsExactly(
                    "ERROR an exchange with backend=127.0.0.1:1 failed through a fault of our own");
            assertThat(log.events()).extracting(ILoggingEvent::getThrowableProxy)
                    .allSatisfy(cause -> assertThat(cause.getMessage()).isEqualTo("on purpose"));
        }
        assertThat(told).containsExactly(Failure.BUG);
        assertThat(socket.isOpen()).isFalse();
    }

    /** The reset is seen by a write; a read should see it next, but not every transport tells of it then. */
    @Test void waitsForNoMoreThanASecondAfterAWriteFailedBeforeAnAnswer() {
        List<Failure> told = new ArrayList<>();
        connection.begin(new Unheard() {
            @Override public void backendLost(Failure failure) {
                told.add(failure);
            }
        }, config.timeouts());
        home.begin(connection);
        BackendSide side = connection.side();
        side.request(Received.requestHead("POST / HTTP/1.1", "Host: a", "Content-Length: 5000"));
        socket.full(true);
        side.body(Unpooled.buffer(1_000).writeZero(1_000));
        side.flush();
        assertThat(side.writable()).isFalse();
        socket.writesFail();
        socket.full(false);
        side.body(Unpooled.buffer(4_000).writeZero(4_000));
        side.end(null);
        side.flush();
        time.advance(TimeUnit.MILLISECONDS.toNanos(1_100));
        assertThat(told).containsExactly(Failure.RESET_BEFORE_HEAD);
    }
}
