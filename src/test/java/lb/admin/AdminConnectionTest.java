package lb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminConnectionTest {
    private static final String GET = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final AdminConnections connections = new AdminConnections(AdminRoutes.of(new Views()));
    private final List<EmbeddedChannel> channels = new ArrayList<>();

    @AfterEach void close() {
        for (EmbeddedChannel channel : channels) channel.finishAndReleaseAll();
    }

    @Test void answersRequestsOfOneReadInOrder() {
        EmbeddedChannel channel = connect();
        send(channel, GET + GET.replace("livez", "nothing") + GET);
        assertThat(received(channel).split("(?=HTTP/1.1)")).hasSize(3)
                .satisfiesExactly(a -> assertThat(a).startsWith("HTTP/1.1 200"),
                        b -> assertThat(b).startsWith("HTTP/1.1 404"), c -> assertThat(c).startsWith("HTTP/1.1 200"));
    }

    @Test void readsARequestThatComesInPieces() {
        EmbeddedChannel channel = connect();
        for (char c : GET.toCharArray()) send(channel, String.valueOf(c));
        assertThat(received(channel)).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\nok\n");
    }

    @Test void closesAConnectionWhoseRequestDoesNotCome() {
        EmbeddedChannel channel = connect();
        for (int i = 0; i < 9; i++) {
            send(channel, GET.substring(i, i + 1));
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test void givesEachRequestItsOwnTime() {
        EmbeddedChannel channel = connect();
        for (int i = 0; i < 3; i++) {
            channel.advanceTimeBy(9, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
            send(channel, GET);
            assertThat(received(channel)).startsWith("HTTP/1.1 200");
        }
        channel.advanceTimeBy(10, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test void takesATargetThatNamesThisMachine() {
        for (String target : new String[] {"http://localhost:9901/livez", "HTTP://127.0.0.1/livez?a=b"}) {
            EmbeddedChannel channel = connect();
            send(channel, GET.replace("/livez", target));
            assertThat(received(channel)).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\nok\n");
        }
    }

    @Test void refusesATargetThatNamesAnother() {
        for (String target : new String[] {"http://evil.example/livez", "http://a@localhost/livez", "http:///livez"}) {
            EmbeddedChannel channel = connect();
            send(channel, GET.replace("/livez", target));
            assertThat(received(channel)).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test void refusesWhatIsNoHttpAndCloses() {
        EmbeddedChannel channel = connect();
        send(channel, "nonsense\r\n\r\n");
        assertThat(received(channel)).startsWith("HTTP/1.1 400 ");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test void refusesABodyThatIsTooLarge() {
        EmbeddedChannel channel = connect();
        send(channel, "POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65537\r\n\r\n");
        assertThat(received(channel)).startsWith("HTTP/1.1 413 ");
    }

    @Test void refusesHostsThatContradictEachOther() {
        EmbeddedChannel channel = connect();
        send(channel, "GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n");
        assertThat(received(channel)).doesNotContain("ok\n").matches("(?s)HTTP/1.1 40[03] .*");
    }

    @Test void closesAfterTheAnswerWhenAskedTo() {
        EmbeddedChannel channel = connect();
        send(channel, GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        assertThat(received(channel)).startsWith("HTTP/1.1 200").contains("connection: close");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test void takesSixtyFourConnectionsAndAnotherOnceOneIsGone() {
        for (int i = 0; i < AdminConnections.LIMIT; i++) assertThat(connect().isOpen()).isTrue();
        assertThat(connect().isOpen()).isFalse();
        channels.get(0).close();
        assertThat(connect().isOpen()).isTrue();
        assertThat(connect().isOpen()).isFalse();
    }

    private EmbeddedChannel connect() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.config().setAutoRead(false);
        channels.add(channel);
        channel.pipeline().addLast(connections);
        if (channel.isOpen()) channel.pipeline().fireChannelActive();
        return channel;
    }

    private static void send(EmbeddedChannel channel, String bytes) {
        if (channel.isOpen()) channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
    }

    private static String received(EmbeddedChannel channel) {
        StringBuilder received = new StringBuilder();
        for (ByteBuf each; (each = channel.readOutbound()) != null; each.release()) {
            received.append(each.toString(StandardCharsets.UTF_8));
        }
        return received.toString();
    }
}
