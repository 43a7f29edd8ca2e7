package lb.sticky;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import lb.config.BackendConfig;
import lb.pool.Backend;
import lb.pool.Hash;
import lb.pool.Pool;

/**
 * Where a session goes that nobody remembers: the same place on every replica, and after a restart. Each backend draws
 * a number for each session from the hash of both, as likely to be the least as its weight says, and the least of those
 * that may serve wins. So only the sessions of a backend that leaves move, and only to one that comes do others move.
 * A priority takes part when no backend of those before it may serve; zones do not matter, as replicas in different
 * zones would not agree.
 *
 * <p>Threading: any event loop; never changed. A look at all backends of a pool, some nanoseconds each.
 */
final class Rendezvous {
    private final Pool pool;
    private final List<Tier> tiers;

    /** Backends that draw together: those of one priority. */
    private record Tier(Backend[] backends, long[] hashes, int[] weights) {}

    Rendezvous(Pool pool) {
        this.pool = pool;
        // by the pool's config: before it is open, its backends keep to the one they had
        List<BackendConfig> configs = pool.config().backends();
        TreeMap<Integer, List<Integer>> priorities = new TreeMap<>();
        for (int i = 0; i < configs.size(); i++) {
            if (configs.get(i).weight() == 0) continue;
            priorities.computeIfAbsent(configs.get(i).priority(), same -> new ArrayList<>()).add(i);
        }
        tiers = priorities.values().stream().map(in -> tier(configs, in)).toList();
    }

    private Tier tier(List<BackendConfig> configs, List<Integer> in) {
        return new Tier(
                in.stream().map(pool.backends()::get).toArray(Backend[]::new),
                in.stream().mapToLong(i -> Hash.of(configs.get(i).id())).toArray(),
                in.stream().mapToInt(i -> configs.get(i).weight()).toArray());
    }

    /** @param session its hash @return null when nobody may serve */
    Backend pick(long session) {
        for (int i = 0; i < tiers.size(); i++) {
            Backend winner = least(session, tiers.get(i));
            if (winner != null) return winner;
        }
        return null;
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
