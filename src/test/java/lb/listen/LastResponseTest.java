package lb.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import lb.testkit.EmbeddedSocket;
import org.junit.jupiter.api.Test;

/** What becomes of a client's connection behind the last response, and of one whose request was answered early. */
class LastResponseTest {
    private static final int WRITE_BUFFER = 1 << 10;

    private final WireOrder.Bench bench = WireBench.fresh();
    private final EmbeddedSocket client = new EmbeddedSocket(bench.allocator(), WRITE_BUFFER, bench.accepted());
    private final StringBuilder got = new StringBuilder();

    private ByteBuf bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return bench.allocator().directBuffer(bytes.length).writeBytes(bytes);
    }

    private void clientSends(String text) {
        client.receives(bytes(text));
        client.receivedAll();
    }

    private void backendAnswers(String text) {
        EmbeddedSocket backend = bench.connections().sockets().get(0);
        backend.sent(request -> {});
        backend.receives(bytes(text));
        backend.receivedAll();
    }

    private String clientGot() {
        client.runPendingTasks();
        client.sent(data -> got.append(data.toString(StandardCharsets.ISO_8859_1)));
        return got.toString();
    }

    @Test void readsOnBehindAResponseThatEndsTheConnectionWithoutTheClientsWord() {
        clientSends("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        bench.connections().dialled(null);
        bench.accepted().drain();
        backendAnswers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        assertThat(clientGot()).contains("Connection: close\r\n").endsWith("\r\n\r\nok");
        assertThat(client.isOutputShutdown()).isTrue();
        assertThat(client.isActive()).isTrue();

        ByteBuf next = bytes("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
        client.receives(next);
        assertThat(next.refCnt()).isZero();
        client.peerEnds();
        assertThat(client.isActive()).isFalse();
        assertThat(clientGot()).endsWith("\r\n\r\nok");
    }

    @Test void waitsNoLongerThanFiveSecondsForTheEndOfSuchAClient() {
        clientSends("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        bench.connections().dialled(null);
        bench.accepted().drain();
        backendAnswers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        bench.time().advance(TimeUnit.SECONDS.toNanos(6));
        assertThat(client.isActive()).isFalse();
    }

    @Test void closesAtOnceBehindTheResponseOfAClientThatSaidItLeaves() {
        clientSends("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        bench.connections().dialled(null);
        backendAnswers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        assertThat(clientGot()).endsWith("\r\n\r\nok");
        assertThat(client.isActive()).isFalse();
    }

    @Test void theRestOfAnAnsweredRequestHasFiveSecondsAlsoWhenTheAnswerHadToWait() {
        clientSends("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nbegun");
        bench.connections().dialled(null);
        client.full(true);
        String large = "x".repeat(4 * WRITE_BUFFER);
        backendAnswers("HTTP/1.1 200 OK\r\nContent-Length: " + large.length() + "\r\n\r\n" + large);
        clientSends("more");
        client.full(false);
        assertThat(clientGot()).endsWith(large);
        assertThat(client.isActive()).isTrue();
        bench.time().advance(TimeUnit.SECONDS.toNanos(6));
        assertThat(client.isActive()).isFalse();
    }
}
