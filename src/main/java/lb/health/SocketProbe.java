package lb.health;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lb.config.HealthConfig;
import lb.connect.Dialler;
import lb.config.Units;
import lb.pool.Backend;

/**
 * One question to one backend: does it take a connection, and, when there is a path, does it answer with a status that
 * passes. One deadline covers resolving, connecting and the head of the answer.
 *
 * <p>Threading: control thread. It ends exactly once, by an answer, a failure, the deadline or {@link #abandon};
 * whatever ends it closes the connection.
 */
final class SocketProbe implements Prober.Probe {
    private final Backend backend;
    private final HealthConfig config;
    private final EventLoop control;
    private final Consumer<ProbeResult> whenDone;
    private Channel channel;                // both null when it could not even start
    private Future<?> deadline;
    private boolean ended;

    SocketProbe(Backend backend, HealthConfig config, EventLoop control, Consumer<ProbeResult> whenDone) {
        this.backend = backend;
        this.config = config;
        this.control = control;
        this.whenDone = whenDone;
    }

    /** @param bootstrap this probe's own */
    void start(Bootstrap bootstrap) {
        ChannelFuture connecting;
        try {
            InetSocketAddress address = Dialler.address(backend.host(), backend.port());
            if (!address.isUnresolved()) bootstrap.disableResolver();
            connecting = bootstrap
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)        // ours covers more than the connect
                    .handler(handler())
                    .connect(address);
        } catch (RuntimeException bug) {
            control.execute(() -> end(ProbeResult.skipped("could not start: " + bug)));
            return;
        }
        channel = connecting.channel();
        deadline = control.schedule(this::late, config.timeout().toNanos(), TimeUnit.NANOSECONDS);
        if (connecting.isDone()) {
            // without a descriptor there is no channel, and listeners would be told on a thread that is not ours
            control.execute(() -> connected(connecting));
        } else {
            connecting.addListener(future -> connected(connecting));
        }
    }

    private ChannelHandler handler() {
        if (config.path() == null) return new ChannelInboundHandlerAdapter();
        return new HttpQuestion(backend.address(), config.path(), config.expect(), this::end);
    }

    private void connected(ChannelFuture connecting) {
        if (!connecting.isSuccess()) {
            end(ConnectFault.of(connecting.cause()));
        } else if (config.path() == null) {
            end(ProbeResult.passed("connected"));
        }
    }

    private void late() {
        String within = Units.show(config.timeout());
        String stage = channel.isActive() ? "no answer within " : "connect timed out after ";
        end(ProbeResult.failed(stage + within));
    }

    private void end(ProbeResult result) {
        if (ended) return;
        abandon();
        whenDone.accept(result);
    }

    @Override public void abandon() {
        ended = true;
        if (deadline != null) deadline.cancel(false);
        if (channel != null && channel.isOpen()) channel.close();
    }
}
