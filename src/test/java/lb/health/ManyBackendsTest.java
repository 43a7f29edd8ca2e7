package lb.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.Bootstrap;
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
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import lb.config.BackendConfig;
import lb.config.HealthConfig;
import lb.config.StatusRanges;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.PoolFixture;
import lb.pool.Status;
import lb.testkit.OwnPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole checker on real sockets and the real clock, with more backends than may be probed at once. */
final class ManyBackendsTest {
    private static final int COUNT = 1_200;
    private static final StatusRanges OK = new StatusRanges(List.of(new StatusRanges.Range(200, 399)));
    private static final HealthConfig HEALTH =
            new HealthConfig(null, OK, Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 3);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop control = group.next();
    private final Bootstrap bootstrap = new Bootstrap().group(control).channel(NioSocketChannel.class);
    private final HealthChecker checker =
            new HealthChecker(control, bootstrap, System::nanoTime, RandomGenerator.getDefault());
    private final LogLines log = new LogLines(Pool.class);
    private final List<Backend> answering = new ArrayList<>();
    private final List<Backend> refusing = new ArrayList<>();
    private ServerSocket server;
    private OwnPort closedPort;

    @BeforeEach void start() throws IOException {
        server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(this::acceptAll);
        acceptor.setDaemon(true);
        acceptor.start();
        closedPort = new OwnPort();
        for (int i = 0; i < COUNT; i++) {
            int port = i % 2 == 0 ? server.getLocalPort() : closedPort.number();
            BackendConfig config = new BackendConfig("b" + i, "127.0.0.1", port, 1, BackendConfig.State.READY);
            (i % 2 == 0 ? answering : refusing).add(new Backend(config, System::nanoTime));
        }
    }

    private void acceptAll() {
        try {
            while (true) server.accept().close();
        } catch (IOException closed) {
            // the test has ended
        }
    }

    @AfterEach void stop() throws Exception {
        control.submit(checker::stop).sync();
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        server.close();
        closedPort.close();
        log.close();
    }

    @Test void findsOutAboutAllOfThemAtOnceAndGoesOnAsking() throws Exception {
        List<Backend> all = new ArrayList<>(answering);
        all.addAll(refusing);
        control.submit(() -> checker.watch(List.of(PoolFixture.open(HEALTH, all, control)))).sync();

        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> all.stream().allMatch(backend -> checker.view(backend).probes() >= 2));
        assertThat(answering).allMatch(backend -> backend.status() == Status.UP);
        assertThat(refusing).allMatch(backend -> backend.status() == Status.DOWN);
        assertThat(log.all()).as("each flip once").hasSize(refusing.size())
                .allMatch(line -> line.contains("UP -> DOWN: first probe failed: connection refused; "));
    }
}
