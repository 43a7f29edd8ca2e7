package lb.health;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.function.Consumer;
import lb.config.HealthConfig;
import lb.config.Units;
import lb.pool.Backend;

/**
 * One question to one backend: does it take a connection, and, when there is a path, does it answer with a status that
 * passes. One deadline covers resolving, connecting and the head of the answer. Threading: control thread.
 */
final class SocketProbe {
    private final Backend backend;
    private final HealthConfig config;
    private final ProbeConnection<ProbeResult> connection;

    /** @param whenDone as in {@link Prober#start} */
    SocketProbe(Backend backend, HealthConfig config, EventLoop control, Consumer<ProbeResult> whenDone) {
        this.backend = backend;
        this.config = config;
        connection = new ProbeConnection<>(control, whenDone);
    }

    /** @param bootstrap this probe's own */
    Prober.Probe start(Bootstrap bootstrap) {
        try {
            connection.open(bootstrap.handler(handler()), backend, config.timeout(), this::late)
                    .addListener(this::connected);
        } catch (RuntimeException bug) {
            connection.endSoon(ProbeResult.skipped("could not start: " + bug));
        }
        return connection;
    }

    private ChannelHandler handler() {
        if (config.path() == null) return new ChannelInboundHandlerAdapter();
        return new HttpQuestion(backend.address(), config.path(), config.expect(), connection::end);
    }

    private void connected(Future<?> connecting) {
        if (!connecting.isSuccess()) {
            connection.end(ConnectFault.of(connecting.cause()));
        } else if (config.path() == null) {
            connection.end(ProbeResult.passed("connected"));
        }
    }

    private ProbeResult late() {
        String stage = connection.connected() ? "no answer within " : "connect timed out after ";
        return ProbeResult.failed(stage + Units.show(config.timeout()));
    }
}
