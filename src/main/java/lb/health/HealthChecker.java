package lb.health;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import lb.pool.Backend;
import lb.pool.Pool;

/**
 * Probes the backends of all pools on schedule and turns them up and down.
 *
 * <p>Every backend is probed at once when it is new, then each interval, moved by up to a tenth; one in MAINT is left
 * alone, a draining one is not. With more than a thousand or so, those that pass are probed less often, so that the
 * probes of all pools together stay near 160 a second. While nobody of a pool is eligible, those of its backends that
 * are down are probed every 250–500 ms, so that the pool is back soon after the first of them.
 *
 * <p>Threading: control thread, which also carries the probes' connections; {@link #view} for anyone.
 */
public final class HealthChecker {
    /** Probes under way at the same time, each with one descriptor. */
    private static final int MAX_PROBES = 1_000;

    private final EventLoop control;
    private final BackendCheck.Shared shared;
    private final Map<Backend, BackendCheck> checks = new ConcurrentHashMap<>();

    /**
     * @param control   the control thread
     * @param bootstrap with {@code control} as its group, a channel type and a resolver that does not block; each probe
     *                  connects by a clone of it
     * @param nanoClock monotonic
     * @param random    spreads the probes
     */
    public HealthChecker(EventLoop control, Bootstrap bootstrap, LongSupplier nanoClock, RandomGenerator random) {
        this(control, bounded(new SocketProber(control, bootstrap, nanoClock)), nanoClock, random);
    }

    HealthChecker(EventLoop control, Prober prober, LongSupplier nanoClock, RandomGenerator random) {
        this.control = control;
        shared = new BackendCheck.Shared(control, prober, new ProbeTiming(random), nanoClock, checks::size,
                this::wentDown);
    }

    private static Prober bounded(Prober prober) {
        return new BoundedProber(prober, MAX_PROBES);
    }

    /**
     * Control thread; at start and after each reload, once the pools are open. Starts the checks of new backends, stops
     * those of backends that are gone, and leaves all others their status, streak and schedule; where only the pool's
     * health config changed, it counts from the next probe on. Backends of a pool that is not checked count as healthy.
     *
     * @param pools all pools of the running topology
     */
    public void watch(Collection<Pool> pools) {
        assert control.inEventLoop();
        Set<Backend> checked = new HashSet<>();
        for (Pool pool : pools) {
            if (pool.config().health() != null) checked.addAll(pool.backends());
        }
        checks.entrySet().removeIf(entry -> {
            if (checked.contains(entry.getKey())) return false;
            entry.getValue().stop();
            return true;
        });
        for (Pool pool : pools) {
            for (Backend backend : pool.backends()) {
                if (pool.config().health() == null) {
                    backend.healthy(true, "not checked");
                } else {
                    watch(backend, pool);
                }
            }
        }
    }

    private void watch(Backend backend, Pool pool) {
        BackendCheck check = checks.get(backend);
        if (check != null) {
            check.follow(pool);
            return;
        }
        check = new BackendCheck(shared, backend, pool);
        checks.put(backend, check);
        check.start();
    }

    /** Control thread. Ends all checks and closes their connections; statuses stay as they are. */
    public void stop() {
        assert control.inEventLoop();
        checks.values().forEach(BackendCheck::stop);
        checks.clear();
    }

    /** Control thread. Exchanges fail at this backend, or get no answer: ask it now. May be said repeatedly. */
    public void suspect(Backend backend) {
        assert control.inEventLoop();
        BackendCheck check = checks.get(backend);
        if (check != null) check.suspect();
    }

    /** Any thread. What the probes of this backend found, or null when it is not checked. */
    public HealthView view(Backend backend) {
        BackendCheck check = checks.get(backend);
        return check == null ? null : check.view();
    }

    /** The last one to go down makes all of them hurry; they would notice only when their timers ran out. */
    private void wentDown(Pool pool) {
        if (pool.eligibleCount() > 0) return;
        for (Backend backend : pool.backends()) {
            BackendCheck check = checks.get(backend);
            if (check != null) check.hurry();
        }
    }
}
