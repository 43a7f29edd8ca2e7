package lb;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lb.admin.BackendView;
import lb.admin.ListenerView;
import lb.admin.MemoryView;
import lb.admin.PoolView;
import lb.admin.Readiness;
import lb.admin.StatusSource;
import lb.admin.StatusView;
import lb.health.EjectionView;
import lb.health.HealthView;
import lb.http.Failure;
import lb.listen.Listener;
import lb.observe.Causes;
import lb.observe.ProgramLog;
import lb.pool.Backend;

/** What the admin listener shows, taken from what runs. Any thread. */
final class LiveStatus implements StatusSource {
    private final Daemon daemon;
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();
    private volatile Reloads reloads;
    private volatile ProgramLog programLog;

    LiveStatus(Daemon daemon) {
        this.daemon = daemon;
    }

    /** What only a process with a config file and a log has. */
    void complete(Reloads reloads, ProgramLog programLog) {
        this.reloads = reloads;
        this.programLog = programLog;
    }

    @Override public Readiness readiness() {
        if (daemon.draining()) return new Readiness(false, "draining", null);
        if (daemon.topology() == null) return new Readiness(false, "starting", null);
        Reloads now = reloads;
        boolean refused = now != null && !now.last().ok();
        String detail = refused ? "the last reload was refused: " + now.last().problems().get(0) : null;
        return new Readiness(true, null, detail);
    }

    @Override public StatusView status() {
        Reloads now = reloads;
        Reloads.Last last = now == null ? null : now.last();
        return new StatusView("lb", Main.version(), System.getProperty("java.version"), Main.nettyVersion(),
                daemon.transport().name(), ProcessHandle.current().pid(), started,
                Duration.ofNanos(System.nanoTime() - startedNanos), daemon.topology().generation(),
                now == null ? new StatusView.ConfigFile(null, null, started)
                        : new StatusView.ConfigFile(now.name(), now.hash(), now.running().loadedAt()),
                last == null ? null : new StatusView.Reload(last.at(), last.ok(), last.problems()),
                new StatusView.Clients(daemon.clientLimit().connected(), daemon.clientLimit().limit(),
                        daemon.clientLimit().refused()),
                exchanges(),
                new StatusView.Logs(daemon.observation().accessLog().dropped(),
                        programLog == null ? 0 : programLog.dropped()),
                MemoryView.now());
    }

    private StatusView.Exchanges exchanges() {
        Causes causes = daemon.observation().causes();
        Map<String, Long> byCause = new LinkedHashMap<>();
        for (Failure failure : Failure.values()) {
            long count = causes.count(failure) + daemon.clientLimit().refused(failure);
            if (count > 0) byCause.put(failure.cause(), count);
        }
        Map<String, Long> byStatus = new LinkedHashMap<>();
        for (int group = 1; group <= 5; group++) byStatus.put(group + "xx", causes.statuses(group));
        return new StatusView.Exchanges(daemon.lanes().active(), causes.total(), byCause, byStatus);
    }

    @Override public List<ListenerView> listeners() {
        return daemon.listeners().all().stream().map(LiveStatus::view).toList();
    }

    private static ListenerView view(Listener listener) {
        return new ListenerView(listener.name(), listener.address().toString(), listener.port(), listener.connected(),
                listener.connections());
    }

    @Override public List<PoolView> pools() {
        return daemon.topology().pools().values().stream()
                .map(pool -> PoolView.of(pool, this::health, this::traffic)).toList();
    }

    private BackendView.Health health(Backend backend) {
        HealthView view = daemon.watch().health(backend);
        return view == null ? null
                : new BackendView.Health(view.last(), view.at(), view.probes(), view.failures());
    }

    private BackendView.Traffic traffic(Backend backend) {
        EjectionView view = daemon.watch().ejection(backend);
        return view == null ? null
                : new BackendView.Traffic(backend.streak().inARow(), view.until(), view.inARow());
    }
}
