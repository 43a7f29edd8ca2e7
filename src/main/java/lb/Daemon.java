package lb;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lb.config.Config;
import lb.config.Limits;
import lb.config.TransportChoice;
import lb.connect.Transport;
import lb.listen.CannotListen;
import lb.listen.ClientLimit;
import lb.listen.Listener;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that runs: lanes, listeners, pools, health checks. Started from a config, given others while it runs;
 * how it ends is {@link Stopping}'s. Every part is made, wired and shown here, and nowhere else.
 *
 * <p>Threading: any thread may call; what is decided is decided on the control thread.
 */
public final class Daemon implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Daemon.class);
    private static final long SAMPLE_MILLIS = 1_000;
    private static final long PURGE_MILLIS = 500;

    private final Transport transport;
    private final ControlThread controlThread;
    private final EventLoop control;
    private final Lanes lanes;
    private final ClientLimit clientLimit;
    private final Listeners listeners;
    private final BackendWatch watch;
    private final Departed departed = new Departed();
    private final Observation observation;
    private final LiveStatus status = new LiveStatus(this);
    private final AdminListener admin;
    private final Stopping stopping;
    private volatile Topology topology;

    private Daemon(Config config, Transport transport, int loops) {
        this.transport = transport;
        controlThread = new ControlThread(transport);
        control = controlThread.loop();
        observation = new Observation(loops, control);
        lanes = new Lanes(transport, loops, config.limits(), observation.observer(), this::silent);
        clientLimit = new ClientLimit(clients(config), config.limits().connectionsPerClient());
        listeners = new Listeners(transport, lanes.exchanges(), clientLimit);
        // asked now and then: a ring of its own would take a megabyte
        admin = new AdminListener(Transport.choose(TransportChoice.NIO), status);
        watch = new BackendWatch(control, transport, lanes.resolver());
        stopping = new Stopping(this, controlThread);
        control.scheduleWithFixedDelay(departed::purge, PURGE_MILLIS, PURGE_MILLIS, TimeUnit.MILLISECONDS);
        control.scheduleAtFixedRate(this::sampleRetries, SAMPLE_MILLIS, SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Starts all of it, or nothing.
     *
     * @param transport overrides the config's, or null
     * @param loops     event loops that carry exchanges; at least 1
     * @throws StartFailure with a message for the operator
     */
    public static Daemon start(Config config, TransportChoice transport, int loops) throws StartFailure {
        Transport chosen;
        try {
            chosen = Transport.choose(transport == null ? config.transport() : transport);
        } catch (UnsupportedOperationException e) {
            throw new StartFailure(e.getMessage(), e);
        }
        Daemon daemon = new Daemon(config, chosen, loops);
        try {
            daemon.swap(config);
            Watchdog watchdog = new Watchdog(daemon.lanes.loops(), daemon.control);
            daemon.control.execute(watchdog::start);
            return daemon;
        } catch (ReloadFailure e) {
            daemon.close();
            throw new StartFailure(e.getMessage(), e);
        }
    }

    /**
     * Swaps in another config, or changes nothing.
     *
     * @throws ReloadFailure when a new address or log cannot be had, or lb is stopping: the old config keeps running
     */
    public void reload(Config next) throws ReloadFailure {
        swap(next);
    }

    private void swap(Config next) throws ReloadFailure {
        if (control.inEventLoop()) {
            swapNow(next);
            return;
        }
        Future<Void> swapped = control.submit(() -> {
            swapNow(next);
            return null;
        });
        swapped.awaitUninterruptibly();
        if (swapped.cause() instanceof ReloadFailure e) throw e;
        if (!swapped.isSuccess()) throw new IllegalStateException("the swap failed", swapped.cause());
    }

    /** Control thread. What may fail comes first and is undone; from the first change on nothing can fail. */
    private void swapNow(Config next) throws ReloadFailure {
        if (stopping.begun()) throw new ReloadFailure("lb is stopping", null);
        Topology previous = topology;
        Topology built = Topology.build(next, previous, departed, control);
        Map<String, Listener> opened = Map.of();
        AdminListener.Prepared adminOpened = null;
        try {
            opened = listeners.prepare(next, built);
            adminOpened = admin.prepare(next.admin());
            observation.change(next);
        } catch (CannotListen | IOException e) {
            giveUp(opened, adminOpened);
            throw new ReloadFailure(e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            // a fault of our own must not leave sockets behind that clients reach and nobody accepts from
            giveUp(opened, adminOpened);
            throw e;
        }
        List<Backend> removed = built.open(previous, departed, this::statusChanged);
        listeners.swap(opened, next, built);
        limitClients(next.limits());
        lanes.limit(next.limits());
        topology = built;
        admin.swap(adminOpened);
        watch.watch(built.pools().values());
        letDrain(removed, next.timeouts().drain());
    }

    /** @param adminOpened null when it was not prepared */
    private void giveUp(Map<String, Listener> opened, AdminListener.Prepared adminOpened) {
        listeners.giveUp(opened);
        if (adminOpened != null) admin.giveUp(adminOpened);
    }

    /**
     * Control thread. What runs on removed backends may go on for a while; nothing is kept for them. One that comes
     * back and is removed again has its full time again.
     */
    private void letDrain(List<Backend> removed, Duration drain) {
        if (removed.isEmpty()) return;
        removed.forEach(backend -> backend.letDrain(drain));
        lanes.onEach(connections -> removed.forEach(connections::discard));
        control.schedule(() -> lanes.onEach(connections -> {
            for (Backend backend : removed) {
                if (backend.drained()) connections.cut(backend);
            }
        }), drain.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Control thread; once a second. */
    private void sampleRetries() {
        if (topology == null) return;
        for (Pool pool : topology.pools().values()) pool.retries().sample();
    }

    /** Any thread. */
    private void silent(Backend backend) {
        watch.silent(backend);
    }

    /** Control thread. Called at each change of a status. */
    private void statusChanged(Backend backend, Status was, Status now) {
        boolean lost = now == Status.DOWN || now == Status.EJECTED;
        if (lost && was == Status.UP) lanes.onEach(connections -> connections.wentDown(backend));
        watch.statusChanged(backend, was, now);
    }

    private void limitClients(Limits limits) {
        int most = DescriptorLimit.clients(limits.connections());
        if (most < limits.connections()) {
            log.warn("limits.connections is {}, but of {} files that this process may open some are needed for other "
                    + "things: {} clients are let in", limits.connections(), DescriptorLimit.max(), most);
        }
        clientLimit.change(most, limits.connectionsPerClient());
    }

    private static int clients(Config config) {
        return DescriptorLimit.clients(config.limits().connections());
    }

    /**
     * Stops in order: accepts nobody any more, lets running exchanges end, for up to the config's {@code drain}.
     *
     * @return completes when nothing runs any more, or the time is over
     */
    public CompletableFuture<Void> drain() {
        return stopping.drain();
    }

    /** Stops now. Waits for up to a few seconds; may be called again. */
    @Override public void close() {
        stopping.close();
    }

    public Transport transport() {
        return transport;
    }

    /** The control thread, for what must be decided in turn with everything else. */
    EventLoop control() {
        return control;
    }

    Topology topology() {
        return topology;
    }

    Listeners listeners() {
        return listeners;
    }

    Lanes lanes() {
        return lanes;
    }

    ClientLimit clientLimit() {
        return clientLimit;
    }

    BackendWatch watch() {
        return watch;
    }

    LiveStatus status() {
        return status;
    }

    AdminListener admin() {
        return admin;
    }

    /** The port of the admin listener, or -1 when it is off. */
    public int adminPort() {
        return admin.port();
    }

    Observation observation() {
        return observation;
    }

    boolean draining() {
        return stopping.begun();
    }

    /** The port that a listener is bound to, also where the kernel chose it. */
    public int port(String listener) {
        for (Listener each : listeners.all()) {
            if (each.name().equals(listener)) return each.port();
        }
        throw new IllegalArgumentException("no listener is called " + listener);
    }
}
