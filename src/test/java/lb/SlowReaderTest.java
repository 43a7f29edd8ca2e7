package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lb.config.TransportChoice;
import lb.testkit.Configs;
import lb.testkit.Flood;
import lb.testkit.RawClient;
import lb.testkit.Setup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A peer that reads slowly but steadily, while the system between takes nothing of lb for longer than a peer may take
 * nothing. On the transports that tell what the system does.
 */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("setups")
class SlowReaderTest extends ProxyTest {
    private static final Duration STREAM = Duration.ofSeconds(1);
    private static final Duration PAUSE = STREAM.dividedBy(20);
    private static final int PIECE = 16 << 10;
    private static final int LENGTH = 64 << 20;

    SlowReaderTest(Setup setup) {
        super(setup);
    }

    static Stream<Setup> setups() {
        return Setup.all().filter(each -> each.transport() != TransportChoice.NIO && each.eventLoops() == 1);
    }

    private static void slowly(Callable<byte[]> read) {
        long begin = System.nanoTime();
        await().pollInterval(PAUSE).until(() -> {
            read.call();
            return System.nanoTime() - begin > 2 * STREAM.toNanos();
        });
    }

    @Test void aClientIsNotCut() {
        start(Configs.of(backend.port()).stream(STREAM));
        Flood flood = new Flood(LENGTH);
        backend.onRequest(peer ->
                flood.into(peer.reply("HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + "\r\n\r\n").out()));
        RawClient client = slowClient().send(get("/"));
        slowly(() -> client.read(PIECE));
        assertThat(daemon().clientLimit().connected()).isEqualTo(1);
    }

    @Test void aBackendIsNotGivenUp() {
        start(Configs.of(backend.port()).stream(STREAM));
        backend.onHead(peer -> {
            slowly(() -> peer.read(PIECE));
            peer.ok("patient");
        });
        RawClient client = client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LENGTH + "\r\n\r\n");
        new Flood(LENGTH).start(client.out());
        assertThat(client.readResponse().text()).isEqualTo("patient");
    }
}
