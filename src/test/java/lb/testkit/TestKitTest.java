package lb.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The kit against itself: what the scenario tests rely on. */
class TestKitTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

    private final ScriptedBackend backend = ScriptedBackend.start();
    private final RawClient client = RawClient.connect(backend.port());

    @AfterEach void close() {
        client.close();
        backend.close();
    }

    @Test void answersAndRemembersARequestVerbatim() {
        String request = "POST /a?b HTTP/1.1\r\nhOST: x\r\nX-A:  1 \r\nx-a: 2\r\nContent-Length: 3\r\n\r\nabc";
        Message response = client.send(request).readResponse();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("ok");
        assertThat(response.whole()).isTrue();
        Message seen = backend.request();
        assertThat(seen.wire()).asString().isEqualTo(request);
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.target()).isEqualTo("/a?b");
        assertThat(seen.fields()).extracting(Field::name).containsExactly("hOST", "X-A", "x-a", "Content-Length");
        assertThat(seen.values("X-A")).containsExactly("1", "2");
        assertThat(seen.text()).isEqualTo("abc");
    }

    @Test void readsChunkedMessagesInFragmentsOfEverySize() {
        String response = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n1;x=y\r\nd\r\n0\r\nT: v\r\n\r\n";
        String request = "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nU: w\r\n\r\n";
        for (int size = 1; size < response.length(); size += 7) {
            int fragment = size;
            backend.onRequest(peer -> peer.replyInFragments(response, fragment));
            Message answer = client.sendInFragments(request, size).readResponse();
            assertThat(answer.text()).isEqualTo("abcd");
            assertThat(answer.trailers()).containsExactly(new Field("T", "v"));
        }
        assertThat(backend.requests()).isNotEmpty().allSatisfy(seen -> {
            assertThat(seen.text()).isEqualTo("hi");
            assertThat(seen.trailers()).containsExactly(new Field("U", "w"));
        });
        assertThat(backend.connections()).isEqualTo(1);
    }

    @Test void readsNoBodyWhereNoneCanBe() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"));
        assertThat(client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n").readResponse("HEAD").body()).isEmpty();
        backend.onRequest(peer -> peer.reply("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"));
        assertThat(client.send(GET).readResponse().whole()).isTrue();
    }

    @Test void tellsACutMessageFromAWholeOne() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc").close());
        Message cut = client.send(GET).readResponse();
        assertThat(cut.ending()).isEqualTo(Message.Ending.CLOSED);
        assertThat(cut.text()).isEqualTo("abc");

        CountDownLatch headArrived = new CountDownLatch(1);
        backend.onRequest(peer -> {
            peer.reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na").await(headArrived).reset();
        });
        try (RawClient other = RawClient.connect(backend.port())) {
            other.send(GET).readResponseHead();
            headArrived.countDown();
            assertThat(other.readRest("GET").ending()).isEqualTo(Message.Ending.RESET);
        }
    }

    @Test void readsABodyWithoutFramingUntilTheEnd() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\n\r\nto the end").close());
        Message response = client.send(GET).readResponse();
        assertThat(response.whole()).isTrue();
        assertThat(response.text()).isEqualTo("to the end");
        client.expectClosed();
    }

    @Test void refusesWhatIsNotHttp() {
        for (String bad : List.of("HTTP/1.1 200 OK\nA: b\r\n\r\n", "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n")) {
            backend.onRequest(peer -> peer.reply(bad));
            try (RawClient other = RawClient.connect(backend.port())) {
                other.send(GET);
                assertThatThrownBy(other::readResponse).as(bad).isInstanceOf(MalformedMessage.class);
            }
        }
    }

    @Test void failsOnCloseWhenTheRequestWasMalformed() {
        ScriptedBackend strict = ScriptedBackend.start();
        try (RawClient other = RawClient.connect(strict.port())) {
            other.send("GET / HTTP/1.1\r\nHost : x\r\n\r\n").expectClosed();
        }
        assertThatThrownBy(strict::close).hasCauseInstanceOf(MalformedMessage.class);
    }

    @Test void queuedScriptsGoFirst() {
        backend.onRequest(peer -> peer.ok("later"))
                .onNextRequest(peer -> peer.ok("1")).onNextRequest(peer -> peer.ok("2"));
        client.send(GET + GET + GET);
        assertThat(List.of(client.readResponse().text(), client.readResponse().text(), client.readResponse().text()))
                .containsExactly("1", "2", "later");
    }

    @Test void answersOnTheHeadAndWaitsForALatch() {
        CountDownLatch goOn = new CountDownLatch(1);
        backend.onHead(peer -> {
            peer.reply("HTTP/1.1 100 Continue\r\n\r\n").await(goOn).readBody();
            peer.ok(peer.request().text());
        });
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n");
        assertThat(client.readResponse().status()).isEqualTo(100);
        client.expectNothing(Duration.ofMillis(50));
        goOn.countDown();
        assertThat(client.send("hi").readResponse().text()).isEqualTo("hi");
    }

    @Test void refusesWhileItDoesNotListen() {
        client.send(GET).readResponse();
        backend.stopListening();
        assertThatThrownBy(() -> RawClient.connect(backend.port())).hasMessageContaining("no connection");
        assertThat(client.send(GET).readResponse().status()).isEqualTo(200);
        backend.listenAgain();
        try (RawClient other = RawClient.connect(backend.port())) {
            assertThat(other.send(GET).readResponse().status()).isEqualTo(200);
        }
        backend.awaitOpenConnections(1);
        assertThat(backend.connections()).isEqualTo(2);
    }

    @Test void keepsItsPortWhileItDoesNotListen() throws IOException {
        backend.stopListening();
        try (Socket other = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), backend.port());
            assertThatThrownBy(() -> other.bind(address)).isInstanceOf(BindException.class);
        }
        backend.listenAgain();
    }

    @Test void noticesAPeerThatLeavesWhileItDoesNotAnswer() {
        backend.onRequest(Conversation::neverAnswer);
        client.send(GET);
        backend.awaitHeads(1);
        assertThat(backend.openConnections()).isEqualTo(1);
        client.reset();
        backend.awaitOpenConnections(0);
    }

    @Test void aFloodStallsWhereNobodyReads() {
        Flood flood = new Flood(64 << 20);
        backend.onConnection(Conversation::neverRead);
        try (RawClient other = RawClient.connect(backend.port())) {
            assertThat(flood.start(other.out()).awaitStalled()).isBetween(1L, flood.length() - 1);
        }
    }

    @Test void aBlackHoleNeverAnswersAConnect() throws IOException {
        try (BlackHole hole = new BlackHole(); Socket socket = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), hole.port());
            assertThatThrownBy(() -> socket.connect(address, 300)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test void capturesLogLinesUntilClosed() {
        LogCapture capture = LogCapture.of("lb.testkit.sample", "debug");
        LoggerFactory.getLogger("lb.testkit.sample.below").debug("a {}", 1);
        capture.close();
        LoggerFactory.getLogger("lb.testkit.sample.below").warn("b");
        assertThat(capture.lines()).containsExactly("DEBUG a 1");
    }

    @Test void seesALeakAndTheMemoryItHolds() {
        try (LogCapture reports = LogCapture.of(ResourceLeakDetector.class.getName())) {
            assertThat(LeakWatch.leaksIn(reports)).isEmpty();
            long before = LeakWatch.directMemoryInUse();
            leak();
            assertThat(LeakWatch.directMemoryInUse()).isGreaterThan(before);
            assertThat(LeakWatch.leaksIn(reports)).hasSize(1);
        }
    }

    private static void leak() {
        PooledByteBufAllocator.DEFAULT.directBuffer(4096).writeByte(1);
    }
}
