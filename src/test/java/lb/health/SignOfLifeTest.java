package lb.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lb.config.BackendConfig;
import lb.health.SignOfLife.Finding;
import lb.pool.Backend;
import lb.testkit.BlackHole;
import lb.testkit.Conversation;
import lb.testkit.ScriptedBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What real sockets make of the question whether a process reacts at all. */
final class SignOfLifeTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final EventLoop control;
    private final ScriptedBackend server = open(ScriptedBackend.start());

    SignOfLifeTest() {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        open(() -> group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync());
        control = group.next();
    }

    @AfterEach void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) opened.get(i).close();
    }

    private <T extends AutoCloseable> T open(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    private Finding ask(int port, Duration patience) {
        return ask(new Bootstrap().group(control).channel(NioSocketChannel.class), port, patience);
    }

    private Finding ask(Bootstrap bootstrap, int port, Duration patience) {
        CompletableFuture<Finding> finding = new CompletableFuture<>();
        Backend backend = new Backend(new BackendConfig("a", "127.0.0.1", port, 1, BackendConfig.State.READY), () -> 0);
        control.execute(() -> new SignOfLife(backend, patience, control, found -> {
            assertThat(control.inEventLoop()).isTrue();
            finding.complete(found);
        }).start(bootstrap));
        return finding.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test void takesAnyStatusForASignOfLife() {
        server.onRequest(peer -> peer.reply("HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\n\r\n"));
        assertThat(ask(server.port(), LONG)).isEqualTo(Finding.ALIVE);
    }

    @Test void takesASingleByteForASignOfLife() {
        server.onRequest(peer -> peer.reply("x").neverAnswer());
        assertThat(ask(server.port(), LONG)).isEqualTo(Finding.ALIVE);
    }

    @Test void takesACloseForASignOfLife() {
        server.onRequest(Conversation::close);
        assertThat(ask(server.port(), LONG)).isEqualTo(Finding.ALIVE);
    }

    @Test void takesAResetForASignOfLife() {
        server.onRequest(Conversation::reset);
        assertThat(ask(server.port(), LONG)).isEqualTo(Finding.ALIVE);
    }

    @Test void findsOneSilentThatReadsButNeverAnswers() {
        server.onRequest(Conversation::neverAnswer);
        assertThat(ask(server.port(), SHORT)).isEqualTo(Finding.SILENT);
        server.awaitOpenConnections(0);
    }

    @Test void findsOneSilentWhoseKernelAloneTakesTheConnection() throws IOException {
        ServerSocket neverAccepts = open(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
        assertThat(ask(neverAccepts.getLocalPort(), SHORT)).isEqualTo(Finding.SILENT);
    }

    @Test void findsNothingWithoutAConnection() {
        server.stopListening();
        assertThat(ask(server.port(), LONG)).as("refused").isEqualTo(Finding.NOT_ASKED);
        assertThat(ask(open(new BlackHole()).port(), SHORT)).as("timed out").isEqualTo(Finding.NOT_ASKED);
    }

    @Test void findsNothingWithoutADescriptor() {
        Bootstrap exhausted = new Bootstrap().group(control).channelFactory(() -> {
            throw new ChannelException("Unable to create a socket", new IOException("Too many open files"));
        });
        assertThat(ask(exhausted, server.port(), LONG)).isEqualTo(Finding.NOT_ASKED);
    }

    @Test void asksForNothingOnAConnectionOfItsOwn() {
        ask(server.port(), LONG);
        assertThat(server.request().method()).isEqualTo("OPTIONS");
        assertThat(server.request().target()).isEqualTo("*");
        assertThat(server.request().values("Host")).containsExactly("127.0.0.1:" + server.port());
        assertThat(server.request().values("Connection")).containsExactly("close");
    }
}
