package lb.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import lb.testkit.EmbeddedSocket;
import org.junit.jupiter.api.Test;

class TruncatedResponseTest {
    private final WireOrder.Bench bench = WireBench.fresh();
    private final EmbeddedSocket client = new EmbeddedSocket(bench.allocator(), 1 << 16, bench.accepted());
    private final StringBuilder got = new StringBuilder();

    private ByteBuf bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return bench.allocator().directBuffer(bytes.length).writeBytes(bytes);
    }

    @Test void whatCameOfItInOneReadWithTheEndReachesTheClient() {
        client.receives(bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        client.receivedAll();
        bench.connections().dialled(null);
        EmbeddedSocket backend = bench.connections().sockets().get(0);
        backend.sent(request -> {});
        backend.receives(bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"));
        backend.peerEnds();

        client.sent(data -> got.append(data.toString(StandardCharsets.ISO_8859_1)));
        assertThat(got.toString()).startsWith("HTTP/1.1 200 OK\r\n").contains("Content-Length: 10\r\n")
                .endsWith("\r\n\r\nabc");
        assertThat(client.isOpen()).isFalse();
    }
}
