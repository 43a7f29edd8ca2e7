package lb.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lb.config.BackendConfig;
import lb.pool.TierShare;

/** A source whose numbers are all different, so that a mix-up shows. */
final class Views implements StatusSource {
    private static final Instant START = Instant.parse("2026-11-22T13:51:05Z");

    volatile Readiness readiness = new Readiness(true, null, null);
    volatile StatusView.Reload reload;
    volatile boolean broken;

    @Override public Readiness readiness() {
        return readiness;
    }

    @Override public StatusView status() {
        if (broken) throw new IllegalStateException("on purpose");
        return new StatusView("lb", "0.1.0", "17.0.15", "4.2.20", "epoll", 4711, START, Duration.ofMillis(192_500), 3,
                new StatusView.ConfigFile("lb.json", "3f2a", START.plusSeconds(60)), reload,
                new StatusView.Clients(12, 40_000, 5),
                new StatusView.Exchanges(7, 1204, Map.of("connect.refused", 9L), Map.of("2xx", 1190L)),
                new StatusView.Logs(21, 22), new MemoryView(1000, 2000, 3000, -1));
    }

    @Override public List<ListenerView> listeners() {
        return List.of(new ListenerView("http", "0.0.0.0:8080", 8080, 11, 1034));
    }

    @Override public List<PoolView> pools() {
        BackendView.Health health = new BackendView.Health("200 in 3 ms", START.plusSeconds(5), 51, 52);
        List<Long> none = List.of(0L, 0L, 0L, 0L, 0L);
        BackendView up = new BackendView("b1", "10.0.0.7:8080", "UP", START, Duration.ofHours(3), "added", 2, 1,
                "eu-1a", 3, 31, 32, 33, 34, 35, Duration.ofMillis(36), List.of(41L, 42L, 43L, 44L, 45L), health,
                new BackendView.Traffic(46, null, 47));
        BackendView down = new BackendView("10.0.0.8:8080", "10.0.0.8:8080", "DOWN", START, Duration.ofSeconds(13),
                "connection refused", 1, BackendConfig.BACKUP, null, 10, 0, 0, 0, 0, 0, Duration.ZERO, none, null,
                null);
        BackendView out = new BackendView("b3", "10.0.0.9:8080", "EJECTED", START, Duration.ofSeconds(3),
                "5 failures in a row", 1, 0, null, 10, 0, 0, 0, 0, 0, Duration.ZERO, none, null,
                new BackendView.Traffic(5, START.plusMillis(7_300), 2));
        return List.of(new PoolView("api", "roundRobin", 1,
                        List.of(new TierShare(1, "eu-1a", true, 1, 0.714), new TierShare(10, null, false, 1, 0.286)),
                        6, 61, Map.of("connect", 62L), Map.of("budget", 63L), new PoolView.Budget(64, 65),
                        List.of(up, down, out)),
                new PoolView("web/shop", "weightedRoundRobin", 0, List.of(), 0, 0, Map.of(), Map.of(),
                        new PoolView.Budget(0, 10), List.of()));
    }
}
