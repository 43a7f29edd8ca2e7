package lb.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import lb.config.BackendConfig;
import lb.config.Config;
import lb.config.PoolConfig;
import lb.config.Timeouts;
import lb.http.Failure;
import lb.http.HeadLimits;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.testkit.Configs;
import lb.testkit.EmbeddedSocket;
import org.junit.jupiter.api.Test;

final class BackendConnectionsTest {
    private static final HeadLimits LIMITS = new HeadLimits(16 << 10, 100, 8 << 10);

    private final PoolConfig config =
            Configs.of(IntStream.rangeClosed(1, 16).toArray()).build().pools().get(Config.DEFAULT);
    private final List<Backend> backends =
            config.backends().stream().map(each -> new Backend(each, System::nanoTime)).toList();

    /** A socket that cannot be made, as in a process that may open no more files. */
    public static final class NoSocket extends NioSocketChannel {
        public NoSocket() {
            super(none());
        }

        private static java.nio.channels.SocketChannel none() {
            throw new ChannelException("Failed to open a socket.", new IOException("Too many open files"));
        }
    }

    /** What the first backend's name leads to, when nobody ever says. */
    private static final class NoNames extends AddressResolverGroup<InetSocketAddress> {
        @Override protected AddressResolver<InetSocketAddress> newResolver(EventExecutor loop) {
            return new InetNameResolver(loop) {
                @Override protected void doResolve(String host, Promise<InetAddress> found) {}

                @Override protected void doResolveAll(String host, Promise<List<InetAddress>> found) {}
            }.asAddressResolver();
        }
    }

    /** @return why a connection to that backend could not be had, as told on the lane's event loop */
    private Failure failure(Class<? extends SocketChannel> socket, Backend backend, Timeouts timeouts) {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoop loop = group.next();
        Transport transport = new Transport("nio", "for a test", NioIoHandler.newFactory(), socket,
                NioServerSocketChannel.class, NioDatagramChannel.class, null, 1, null);
        Lane lane = new Lane(0, loop, new Dialler(transport, new NoNames()), LIMITS, silent -> {});
        Pool pool = new Pool(config, backends, eligible -> affinity -> eligible.get(0), Runnable::run);
        keepOne(lane, backends.get(15));
        CompletableFuture<Failure> told = new CompletableFuture<>();
        loop.execute(() -> lane.connections().acquire(backend, pool, timeouts, false, false, new Unheard(),
                new Unheard() {
                    @Override public void notAcquired(Failure failure) {
                        if (loop.inEventLoop()) told.complete(failure);
                        else told.completeExceptionally(new AssertionError("on " + Thread.currentThread()));
                    }
                }));
        try {
            return told.orTimeout(20, TimeUnit.SECONDS).join();
        } finally {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test void tellsOnItsEventLoopThatNoDescriptorIsLeft() {
        assertThat(failure(NoSocket.class, backends.get(0), config.timeouts())).isEqualTo(Failure.NO_DESCRIPTOR);
        assertThat(backends.get(0).connections()).as("the slot is free again").isZero();
        assertThat(backends.get(15).connections()).as("what is kept gives its descriptor up").isZero();
    }

    @Test void waitsNoLongerForANameThanForAConnection() {
        Backend named = new Backend(new BackendConfig("a", "a.example", 80, 1, BackendConfig.State.READY),
                System::nanoTime);
        Timeouts shortly = Configs.of(1).connect(Duration.ofMillis(50)).build().pools().get(Config.DEFAULT).timeouts();
        assertThat(failure(NioSocketChannel.class, named, shortly)).isEqualTo(Failure.CONNECT_TIMEOUT);
        assertThat(named.connections()).isZero();
        assertThat(backends.get(15).connections()).isEqualTo(1);
    }

    /** Whoever is told goes to another backend, maybe one that this lane has not seen yet. */
    @Test void tellsAllWhoWaitForBackendsThatAreOutWhileTheyMoveToNewOnes() {
        ManualTime time = new ManualTime();
        Lane lane = time.lane(new EmbeddedChannel().eventLoop(), LIMITS);
        BackendConnections connections = lane.connections();
        List<Backend> told = new ArrayList<>();
        List<Backend> out = backends.subList(0, 8);
        for (Backend backend : out) {
            keepOne(lane, backend);
            connections.acquire(backend, null, config.timeouts(), false, false, new Unheard() {
                @Override public void backendDown() {
                    connections.home(backends.get(8 + told.size()));
                    told.add(backend);
                }
            }, new Unheard());
            backend.healthy(false, "gone");
        }
        time.advance(TimeUnit.MILLISECONDS.toNanos(300));
        assertThat(told).containsExactlyInAnyOrderElementsOf(out);
    }

    /** An unused connection to that backend. */
    private void keepOne(Lane lane, Backend backend) {
        BackendLane home = lane.connections().home(backend);
        backend.connectionOpens();
        Http1BackendConnection connection = new Http1BackendConnection(lane, home, config.connections(), LIMITS);
        new EmbeddedSocket(UnpooledByteBufAllocator.DEFAULT, 512, connection);
        lane.connections().release(home, connection);
    }
}
