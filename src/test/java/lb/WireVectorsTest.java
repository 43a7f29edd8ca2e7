package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lb.config.Config;
import lb.config.RetryConfig;
import lb.http.MessageVector;
import lb.pool.Backend;
import lb.testkit.Configs;
import lb.testkit.Conversation;
import lb.testkit.LenientOrigin;
import lb.testkit.Message;
import lb.testkit.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Every vector of the codec's tests once more, over sockets and through all of lb. The verdict is by what the other
 * side saw: of what is refused, no whole message, and the connection closes; of what is accepted, exactly one, which
 * means the same.
 */
class WireVectorsTest extends ProxyTest {
    private static final int[] FRAGMENTS = {Integer.MAX_VALUE, 23, 1};
    /** Longer vectors are about limits and too slow byte by byte. */
    private static final int LONGEST_BY_BYTES = 120;

    @Test void aStrictOriginSeesEachAcceptedRequestOnce() {
        start(Configs.of(backend.port()));
        List<Message> seen = backend.requests();
        List<byte[]> whole = new ArrayList<>();
        requests(() -> {
            whole.clear();
            seen.stream().filter(Message::whole).map(Message::wire).forEach(whole::add);
            return whole;
        }, seen::clear);
    }

    @Test void aLenientOriginSeesEachAcceptedRequestOnce() {
        LenientOrigin origin = open(LenientOrigin.start());
        start(Configs.of(origin.port()));
        requests(origin::requests, origin.requests()::clear);
    }

    private interface Seen {
        List<byte[]> whole();
    }

    private void requests(Seen seen, Runnable forget) {
        int tried = 0;
        for (MessageVector vector : MessageVector.requests()) {
            if (!vector.withDefaultLimits()) continue;
            for (int size : FRAGMENTS) {
                if (size == 1 && vector.bytes().length > LONGEST_BY_BYTES) continue;
                forget.run();
                send(vector, size);
                assertThat(seen.whole()).as("%s in fragments of %d", vector, size)
                        .hasSize(vector.accepted() ? 1 : 0).allMatch(vector::means);
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(1000);
    }

    private void send(MessageVector vector, int size) {
        try (RawClient client = client()) {
            write(client.out(), vector.bytes(), size);
            if (vector.cutShort()) return;
            if (vector.accepted()) {
                String method = vector.outcome().substring(0, vector.outcome().indexOf(' '));
                assertThat(client.readResponse(method).status()).as("%s", vector).isEqualTo(200);
            } else {
                assertThat(client.readAll()).as("%s", vector)
                        .matches("(?s)HTTP/1\\.1 (400|405|414|431|501|505) .*");
            }
        }
    }

    @Test void aClientSeesEachAcceptedResponseAndNothingOfTheOthers() {
        start(Configs.of(backend.port()).retry(RetryConfig.NEVER));
        Backend one = daemon().topology().pools().get(Config.DEFAULT).backends().get(0);
        for (MessageVector vector : MessageVector.responses()) {
            if (!vector.withDefaultLimits()) continue;
            for (int size : FRAGMENTS) {
                if (size == 1 && vector.bytes().length > LONGEST_BY_BYTES) continue;
                backend.onRequest(peer -> answer(peer, vector.bytes(), size));
                receive(vector);
                // bytes that come long after an answer would meet whoever has the connection then
                Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> one.connections() == 0);
            }
        }
    }

    private void receive(MessageVector vector) {
        String method = vector.toHead() ? "HEAD" : "GET";
        try (RawClient client = client()) {
            client.send(request(method, "/"));
            if (!vector.headless() && !vector.accepted()) {
                client.expectTruncated();
                return;
            }
            Message response = client.readResponse(method);
            while (response.status() < 200) response = client.readResponse(method);
            if (vector.headless() || vector.outcome().contains("101 ")) {
                assertThat(response.status()).as("%s", vector).isEqualTo(502);
            } else {
                assertThat(response.whole()).as("%s", vector).isTrue();
                assertThat(vector.means(response.wire())).as("%s came as %s", vector, response).isTrue();
            }
        }
    }

    private static void answer(Conversation peer, byte[] bytes, int size) throws IOException {
        write(peer.out(), bytes, size);
        peer.close();
    }

    /** A peer that has enough may close meanwhile. */
    private static void write(OutputStream out, byte[] bytes, int size) {
        try {
            for (int at = 0; at < bytes.length; at += size) {
                out.write(bytes, at, Math.min(size, bytes.length - at));
                if (size > bytes.length) break;
                Thread.yield();
            }
        } catch (IOException closed) {
            // what the other side makes of it is the verdict
        }
    }
}
