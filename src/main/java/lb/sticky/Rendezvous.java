package lb.sticky;

import java.util.ArrayList;
import java.util.List;
import lb.config.BackendConfig;
import lb.pool.Backend;
import lb.pool.Hash;
import lb.pool.Pool;

/**
 * Where a session goes that nobody remembers: the same place on every replica, and after a restart. Each backend draws
 * a number for each session from the hash of both, as likely to be the least as its weight says, and the least of those
 * that may serve wins. So only the sessions of a backend that leaves move, and only to one that comes do others move.
 * Backups take part when no primary may serve.
 *
 * <p>Threading: any event loop; never changed. A look at all backends of a pool, some nanoseconds each.
 */
final class Rendezvous {
    private final Pool pool;
    private final Tier primaries;
    private final Tier backups;

    /** Backends that draw together. */
    private record Tier(Backend[] backends, long[] hashes, int[] weights) {}

    Rendezvous(Pool pool) {
        this.pool = pool;
        primaries = tier(false);
        backups = tier(true);
    }

    /** By the pool's config: before it is open, its backends keep to the one they had. */
    private Tier tier(boolean backup) {
        List<BackendConfig> configs = pool.config().backends();
        List<Integer> in = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            if (configs.get(i).backup() == backup && configs.get(i).weight() > 0) in.add(i);
        }
        return new Tier(
                in.stream().map(pool.backends()::get).toArray(Backend[]::new),
                in.stream().mapToLong(i -> Hash.of(configs.get(i).id())).toArray(),
                in.stream().mapToInt(i -> configs.get(i).weight()).toArray());
    }

    /** @param session its hash @return null when nobody may serve */
    Backend pick(long session) {
        Backend primary = least(session, primaries);
        return primary != null ? primary : least(session, backups);
    }

    /*
     * With u uniform in (0,1), -ln(u)/w is exponential with rate w, and of several such numbers the one with rate w is
     * the least with probability w / sum of all (Schindelhauer and Schomaker, "Weighted distributed hash tables",
     * SPAA 2005). As -ln(u) >= 1 - u, the logarithm is taken, and the backend asked, only where it may win: for a few
     * of many. StrictMath, as replicas on other processors must not differ in the last bit.
     */
    private Backend least(long session, Tier tier) {
        Backend winner = null;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < tier.backends.length; i++) {
            double u = ((Hash.end(session ^ tier.hashes[i]) >>> 11) + 0.5) * 0x1p-53;
            int weight = tier.weights[i];
            if (1 - u >= least * weight) continue;
            double drawn = -StrictMath.log(u) / weight;
            if (drawn >= least || !pool.mayServe(tier.backends[i])) continue;
            least = drawn;
            winner = tier.backends[i];
        }
        return winner;
    }
}
