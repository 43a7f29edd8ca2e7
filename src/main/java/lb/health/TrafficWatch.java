package lb.health;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import lb.config.OutlierConfig;
import lb.pool.Backend;
import lb.pool.Pool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What real requests say of backends: ejects those that fail them, lets them back, and sees those that are new or back
 * through their slow start.
 *
 * <p>How this and the probes of {@link HealthChecker} get along:
 * <table>
 * <caption>Who decides</caption>
 * <tr><th>probes</th><th>real requests</th><th>the backend</th></tr>
 * <tr><td>pass</td><td>succeed</td><td>is in</td></tr>
 * <tr><td>pass</td><td>fail in a row, or far more often than at the others</td>
 *     <td>is ejected; passing probes do not shorten that</td></tr>
 * <tr><td>fail</td><td>fail, or are too few to tell</td><td>is down until its probes pass</td></tr>
 * <tr><td>fail</td><td>succeed (see {@link Arbitration})</td>
 *     <td>stays in, and the disagreement is logged once</td></tr>
 * <tr><td>one fails</td><td>fail in a row, or get not one byte (see {@link HealthChecker#suspect})</td>
 *     <td>is down at once, and back with its probes: an outage is no misbehaviour to be sat out</td></tr>
 * <tr><td>pass by a TCP connect, or are not made</td>
 *     <td>get not one byte, and neither does {@code OPTIONS *} (see {@link SilentBackends})</td>
 *     <td>is ejected: its process is frozen while its kernel takes connections</td></tr>
 * <tr><td>fail while it is ejected, then pass</td><td>none come</td>
 *     <td>is down, then in: the outage that its traffic met is over</td></tr>
 * </table>
 * However it comes back, by its probes or by time, it begins with a tenth of its share.
 *
 * <p>Threading: control thread; {@link #view} for anyone. Event loops only count, and wake it when a backend has
 * failed often enough in a row, so that an ejection does not wait for the next sweep.
 */
public final class TrafficWatch {
    private static final Logger log = LoggerFactory.getLogger(TrafficWatch.class);
    private static final long SWEEP_MILLIS = 100;

    private final EventLoop control;
    private final LongSupplier nanoClock;
    private final Consumer<Backend> suspects;
    private final Future<?> sweeping;
    /** Never changed, only replaced. */
    private volatile Map<Backend, Ejectable> backends = Map.of();
    private List<Pool> pools = List.of();
    private Map<Pool, PoolEjections> ejections = Map.of();

    /**
     * @param control   the control thread
     * @param nanoClock monotonic, the backends' own
     * @param suspects  asked to probe a backend that has just failed as often in a row as ejects it; control thread
     */
    public TrafficWatch(EventLoop control, LongSupplier nanoClock, Consumer<Backend> suspects) {
        this.suspects = suspects;
        this.control = control;
        this.nanoClock = nanoClock;
        sweeping = control.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Control thread; at start and after each reload, once the pools are open. Backends that stay keep their ejections,
     * also when their pool's settings have changed; those of a pool that ejects nobody any more are restored.
     *
     * @param next all pools of the running topology
     */
    public void watch(Collection<Pool> next) {
        assert control.inEventLoop();
        Map<Backend, Ejectable> before = backends;
        Map<String, PoolEjections> known = new HashMap<>();
        for (PoolEjections each : ejections.values()) known.put(each.pool().name(), each);
        Map<Backend, Ejectable> now = new HashMap<>();
        ejections = new LinkedHashMap<>();
        pools = List.copyOf(next);
        for (Pool pool : pools) {
            OutlierConfig config = pool.config().outlier();
            if (config == null) continue;
            List<Ejectable> members = new ArrayList<>(pool.backends().size());
            for (Backend backend : pool.backends()) {
                Ejectable member = before.get(backend);
                if (member == null) member = new Ejectable(backend);
                members.add(member);
                now.put(backend, member);
            }
            PoolEjections last = known.get(pool.name());
            ejections.put(pool, last != null && last.pool() == pool ? last : begin(pool, config, members, last));
        }
        backends = now;
        before.forEach((backend, member) -> {
            if (!now.containsKey(backend)) member.release(nanoClock.getAsLong());
        });
    }

    /** @param last of the pool whose place this one takes, or null: reloads must not put off every comparison */
    private PoolEjections begin(Pool pool, OutlierConfig config, List<Ejectable> members, PoolEjections last) {
        long steppedNanos = last == null ? nanoClock.getAsLong() : last.steppedNanos();
        PoolEjections begun = new PoolEjections(pool, config, members, steppedNanos);
        for (Ejectable member : members) {
            member.judgeBy(config, () -> control.execute(() -> crossed(pool, member)));
        }
        return begun;
    }

    /** Control thread. Nobody is ejected and nobody's slow start goes on any more. */
    public void stop() {
        assert control.inEventLoop();
        sweeping.cancel(false);
    }

    /**
     * Control thread. A backend that was ejected went down by its probes, too, and passes them again: what its traffic
     * met was that outage, which is over.
     */
    public void revived(Backend backend) {
        assert control.inEventLoop();
        Ejectable member = backends.get(backend);
        if (member == null || !member.ejected()) return;
        control.execute(() -> {
            if (member.outByEjection()) member.restore(nanoClock.getAsLong(), "it was down and its probes pass again");
        });
    }

    /** Any thread. Whether this backend is ejected and for how long, or null when its pool ejects nobody. */
    public EjectionView view(Backend backend) {
        Ejectable member = backends.get(backend);
        return member == null ? null : member.view();
    }

    /** Control thread. Nobody gets a byte from this backend. @param evidence for the log */
    void silent(Backend backend, String evidence) {
        assert control.inEventLoop();
        Ejectable member = backends.get(backend);
        PoolEjections responsible = ejections.get(backend.pool());
        if (member != null && responsible != null) responsible.silent(member, nanoClock.getAsLong(), evidence);
    }

    private void crossed(Pool pool, Ejectable backend) {
        PoolEjections responsible = ejections.get(pool);        // null: a reload was quicker
        if (responsible == null) return;
        suspects.accept(backend.backend());
        responsible.look(backend, nanoClock.getAsLong());
    }

    private void sweep() {
        try {
            long now = nanoClock.getAsLong();
            for (PoolEjections each : ejections.values()) each.sweep(now);
            for (Pool pool : pools) pool.ramp(now);
        } catch (RuntimeException bug) {
            log.error("a look at the real traffic failed, going on", bug);
        }
    }
}
