package lb.config.file;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lb.config.BackendConfig;
import lb.config.PoolConfig;
import lb.config.Quoted;

/** Warns of priorities and zones that prefer nobody. Threading: one thread. */
final class PreferenceChecks {
    private final Collection<Named<PoolConfig>> pools;
    private final Problems problems;

    PreferenceChecks(Collection<Named<PoolConfig>> pools, Problems problems) {
        this.pools = pools;
        this.problems = problems;
    }

    void preferencesTakeEffect() {
        for (Named<PoolConfig> pool : pools) {
            if (pool.value() == null) continue;
            priorities(pool);
            zones(pool);
        }
    }

    private void priorities(Named<PoolConfig> pool) {
        List<BackendConfig> backends = pool.value().backends();
        int first = backends.get(0).priority();
        if (first == 0 || backends.stream().anyMatch(each -> each.priority() != first)) return;
        problems.warnAtKey(pool.node(), first == BackendConfig.BACKUP
                ? "every backend is a backup: they are as good as none"
                : "every backend has priority " + first + ": none comes before another");
    }

    private void zones(Named<PoolConfig> pool) {
        Set<String> zones = new LinkedHashSet<>();
        for (BackendConfig backend : pool.value().backends()) {
            if (backend.zone() != null) zones.add(backend.zone());
        }
        String own = pool.value().preference().zone();
        if (zones.isEmpty() || zones.contains(own)) return;
        problems.warnAtKey(pool.node(), own == null
                ? "the zones of its backends have no effect: \"zone\" at the root does not say where lb stands"
                : "no backend is in lb's own zone " + Quoted.of(own) + Nearest.hint(own, zones));
    }
}
