package lb.health;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import lb.config.HealthConfig;
import lb.pool.Backend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Probes over connections of their own, never those that carry requests. Threading: control thread. */
final class SocketProber implements Prober {
    private static final Logger log = LoggerFactory.getLogger(SocketProber.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final EventLoop control;
    private final Bootstrap bootstrap;
    private final LongSupplier nanoClock;
    private long skipped;
    private long loggedNanos;
    private boolean logged;

    /** @param bootstrap with the control thread as its group, a channel type and a resolver that does not block */
    SocketProber(EventLoop control, Bootstrap bootstrap, LongSupplier nanoClock) {
        this.control = control;
        this.bootstrap = bootstrap;
        this.nanoClock = nanoClock;
    }

    @Override public Probe start(Backend backend, HealthConfig config, Consumer<ProbeResult> whenDone) {
        return new SocketProbe(backend, config, control, result -> {
            if (result.kind() == ProbeResult.Kind.SKIPPED) skipped(backend, result.reason());
            whenDone.accept(result);
        }).start(bootstrap.clone());
    }

    /** At most one line a minute: the operator needs to know, and a full disk would be the next fault. */
    private void skipped(Backend backend, String reason) {
        skipped++;
        long now = nanoClock.getAsLong();
        if (logged && now - loggedNanos < QUIET_NANOS) return;
        logged = true;
        loggedNanos = now;
        log.warn("{} probes skipped, last of backend={}: {}; that changes no backend's health",
                skipped, backend.id(), reason);
        skipped = 0;
    }
}
