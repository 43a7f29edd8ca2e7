package lb.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import lb.config.route.MirrorConfig;
import lb.connect.EmbeddedConnections;
import lb.connect.Lane;
import lb.connect.ManualTime;
import lb.http.Failure;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.proxy.Exchange;
import lb.testkit.EmbeddedSocket;
import lb.testkit.LeakWatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Copies on sockets without a network, whose write buffers are full at 512 bytes. */
@ExtendWith(LeakWatch.class)
class MirrorTest {
    private static final PooledByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody";
    private static final String[] GET = {"GET /p?q HTTP/1.1", "Host: a"};
    private static final String[] UPLOAD = {"POST /p HTTP/1.1", "Host: a", "Transfer-Encoding: chunked"};

    private final ManualTime time = new ManualTime();
    private final Lane lane = Asked.lane(time);
    private final EmbeddedConnections connections = new EmbeddedConnections(lane, Asked.LIMITS, ALLOCATOR);
    private final Pool pool = Asked.pool(Duration.ofSeconds(2));
    private final Backend backend = pool.backends().get(0);
    private final Mirror mirror = mirror(1, 10, false);

    @AfterEach void everythingIsOver() {
        time.advance(Duration.ofSeconds(3).toNanos());
        assertThat(mirror.inFlight()).isZero();
        assertThat(backend.inFlight()).isZero();
        assertThat(time.turning()).isFalse();
        for (EmbeddedSocket socket : connections.sockets()) socket.finishAndReleaseAll();
    }

    @Test void sendsTheRequestAsItCameButForWhatIsAboutItsWay() {
        copy(mirror, "POST /p?q HTTP/1.1", "Host: a", "Connection: keep-alive, X-Hop", "X-Hop: 1", "X-A: 1",
                "Expect: 100-continue", "Authorization: Basic x", "Content-Length: 0").end();
        connections.dialled(null);
        assertThat(sent(0)).startsWith("POST /p?q HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nAuthorization: Basic x\r\n")
                .contains("\r\nX-Forwarded-For: 203.0.113.9\r\n", "\r\nVia: 1.1 lb\r\n", "\r\nContent-Length: 0\r\n")
                .doesNotContain("Expect", "X-Hop", "Connection");
        answer(0, OK);
    }

    @Test void keepsAPasswordThatIsForLbAlone() {
        Mirror careful = mirror(1, 10, true);
        copy(careful, "GET / HTTP/1.1", "Host: a", "Authorization: Basic x").end();
        connections.dialled(null);
        assertThat(sent(0)).doesNotContain("Authorization");
        answer(0, OK);
    }

    @Test void leavesTheHeadOfTheExchangeAsItIs() {
        Exchange exchange = Asked.on(lane, "203.0.113.9", "GET / HTTP/1.1", "Host: a", "Connection: close");
        mirror.copy(exchange, connections).end();
        assertThat(exchange.request().removed(1)).isFalse();
        connections.dialled(null);
        answer(0, OK);
    }

    @Test void sendsTheBodyBeforeAndAfterItHasAConnection() {
        MirrorCopy copy = copy(mirror, UPLOAD);
        copy.body(data(3));
        connections.dialled(null);
        copy.body(data(2));
        copy.end();
        assertThat(sent(0)).endsWith("\r\n\r\n3\r\nxxx\r\n2\r\nxx\r\n0\r\n\r\n");
        answer(0, OK);
        assertThat(mirror.inFlight()).isZero();
    }

    @Test void keepsTheConnectionForTheNextCopy() {
        copy(mirror, GET).end();
        connections.dialled(null);
        answer(0, "HTTP/1.1 103 Early Hints\r\n\r\n" + OK);
        assertThat(mirror.inFlight()).isZero();
        copy(mirror, GET).end();
        assertThat(connections.dialling()).isFalse();
        answer(0, OK);
        assertThat(connections.sockets()).hasSize(1);
        assertThat(connections.sockets().get(0).isOpen()).isTrue();
        assertThat(backend.responses(2)).isEqualTo(2);
    }

    @Test void givesUpWhenTooMuchWaitsForAConnection() {
        MirrorCopy copy = copy(mirror, UPLOAD);
        copy.body(data(64 * 1024));
        assertThat(mirror.inFlight()).isEqualTo(1);
        copy.body(data(1));
        assertThat(mirror.inFlight()).isZero();
        copy.body(data(1));
        copy.end();
        connections.dialled(null);
        assertThat(sent(0)).isEmpty();
        assertThat(connections.sockets().get(0).isOpen()).isTrue();
    }

    @Test void givesUpWhenTheBackendIsSlowerThanTheClient() {
        MirrorCopy copy = copy(mirror, UPLOAD);
        connections.dialled(null);
        EmbeddedSocket socket = connections.sockets().get(0);
        copy.body(data(1000));
        assertThat(mirror.inFlight()).isEqualTo(1);
        socket.full(true);
        copy.body(data(1000));
        assertThat(mirror.inFlight()).isZero();
        assertThat(socket.isOpen()).isFalse();
        copy.body(data(1000));
        copy.end();
        copy.abandoned();
    }

    @Test void sendsAllThatWaitedAsLongAsTheKernelTakesIt() {
        MirrorCopy copy = copy(mirror, UPLOAD);
        copy.body(data(1000));
        copy.end();
        connections.dialled(null);
        assertThat(sent(0)).endsWith("\r\n0\r\n\r\n");
        answer(0, OK);
    }

    @Test void endsWithTheExchangeThatNeverGotItsRequestWhole() {
        MirrorCopy copy = copy(mirror, UPLOAD);
        connections.dialled(null);
        copy.body(data(10));
        copy.abandoned();
        assertThat(mirror.inFlight()).isZero();
        assertThat(connections.sockets().get(0).isOpen()).isFalse();
        copy(mirror, UPLOAD).abandoned();
        connections.dialled(null);
        assertThat(mirror.inFlight()).isZero();
    }

    @Test void waitsForAnAnswerNoLongerThanThePoolAllows() {
        copy(mirror, GET).end();
        connections.dialled(null);
        time.advance(Duration.ofMillis(1900).toNanos());
        assertThat(mirror.inFlight()).isEqualTo(1);
        time.advance(Duration.ofMillis(200).toNanos());
        assertThat(mirror.inFlight()).isZero();
        assertThat(connections.sockets().get(0).isOpen()).isFalse();
    }

    @Test void isNobodysFailureWhenItFails() {
        MirrorCopy refused = copy(mirror, UPLOAD);
        refused.body(data(1));
        connections.dialled(Failure.CONNECT_REFUSED);
        refused.body(data(1));
        refused.end();
        copy(mirror, GET).end();
        connections.dialled(null);
        connections.sockets().get(0).peerResets();
        copy(mirror, GET).end();
        connections.dialled(null);
        answer(1, "nonsense\r\n\r\n");
        copy(mirror, GET).end();
        connections.dialled(null);
        connections.wentDown(backend);
        assertThat(mirror.inFlight()).isZero();
        assertThat(backend.failures()).isZero();
        assertThat(backend.streak().bad()).isZero();
    }

    @Test void doesNotSwitchProtocols() {
        copy(mirror, GET).end();
        connections.dialled(null);
        answer(0, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nbytes");
        assertThat(mirror.inFlight()).isZero();
        assertThat(connections.sockets().get(0).isOpen()).isFalse();
        assertThat(mirror.request(Asked.on(lane, "203.0.113.9", "GET / HTTP/1.1", "Host: a", "Connection: Upgrade",
                "Upgrade: websocket"))).isNull();
        assertThat(mirror.inFlight()).isZero();
    }

    @Test void makesNoMoreCopiesAtOnceThanItMay() {
        Mirror two = mirror(1, 2, false);
        MirrorCopy first = copy(two, UPLOAD);
        copy(two, UPLOAD);
        assertThat(copy(two, UPLOAD)).isNull();
        assertThat(two.inFlight()).isEqualTo(2);
        first.abandoned();
        assertThat(copy(two, UPLOAD)).isNotNull();
    }

    @Test void aReloadDoesNotAllowAsManyCopiesOnceMore() {
        MirrorConfig config = new MirrorConfig("other", 1, 1);
        MirrorCounts first = new MirrorCounts();
        MirrorCopy underWay = copy(new Mirror(config, pool, false, first.of("main", "a")), UPLOAD);
        MirrorCounts second = first.successor().successor();
        assertThat(second.of("main", "a")).as("a route that was away for a reload begins anew").hasValue(0);
        MirrorCounts next = first.successor();
        Mirror again = new Mirror(config, pool, false, next.of("main", "a"));
        assertThat(copy(again, UPLOAD)).isNull();
        assertThat(next.of("main", "b")).hasValue(0);
        underWay.abandoned();
        assertThat(again.inFlight()).isZero();
        assertThat(copy(again, UPLOAD)).isNotNull();
    }

    @Test void drawsItsShareOfTheRequests() {
        Mirror quarter = mirror(0.25, 10, false);
        int drawn = 0;
        for (int i = 0; i < 100_000; i++) drawn += quarter.drawn() ? 1 : 0;
        // ten standard deviations
        assertThat(drawn).isBetween(23_600, 26_400);
        assertThat(mirror.drawn()).isTrue();
    }

    private Mirror mirror(double share, int inFlight, boolean secret) {
        return new Mirror(new MirrorConfig("other", share, inFlight), pool, secret, new AtomicInteger());
    }

    private MirrorCopy copy(Mirror mirror, String... lines) {
        return mirror.copy(Asked.on(lane, "203.0.113.9", lines), connections);
    }

    private String sent(int socket) {
        StringBuilder text = new StringBuilder();
        connections.sockets().get(socket).sent(data -> text.append(data.toString(StandardCharsets.ISO_8859_1)));
        return text.toString();
    }

    private void answer(int socket, String text) {
        EmbeddedSocket peer = connections.sockets().get(socket);
        peer.receives(ALLOCATOR.buffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII)));
        peer.receivedAll();
    }

    private static ByteBuf data(int size) {
        return ALLOCATOR.buffer().writeBytes("x".repeat(size).getBytes(StandardCharsets.US_ASCII));
    }
}
