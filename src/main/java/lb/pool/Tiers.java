package lb.pool;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * The tiers of a pool that have somebody who may be picked, in the order in which they are preferred. Threading: any
 * event loop; never changed.
 */
final class Tiers {
    static final Tiers NONE = new Tiers(List.of());

    private static final long SALT = 0x5bd1e995ca6b2ae3L;

    private final Tier[] tiers;
    /** Where each ends when requests are spread over 0–1. */
    private final double[] ends;

    /** @param tiers the first one preferred; their shares together are 1 */
    Tiers(List<Tier> tiers) {
        this.tiers = tiers.toArray(Tier[]::new);
        ends = new double[this.tiers.length];
        double end = 0;
        for (int i = 0; i < ends.length; i++) ends[i] = end += this.tiers[i].share().share();
    }

    boolean isEmpty() {
        return tiers.length == 0;
    }

    List<TierShare> shares() {
        return List.of(tiers).stream().map(Tier::share).toList();
    }

    /** Slow. @return null when it is in none */
    TierShare shareOf(Backend backend) {
        for (Tier tier : tiers) {
            if (List.of(tier.backends()).contains(backend)) return tier.share();
        }
        return null;
    }

    /**
     * As the tier says that is drawn by the shares: by the affinity where there is one, so that a client stays with its
     * tier, the same on every replica in that zone, and else by chance.
     *
     * @return null when there is none; it may serve no more
     */
    Backend pick(long affinity) {
        if (tiers.length == 0) return null;
        return tiers[ends[0] >= 1 ? 0 : drawn(affinity)].pick(affinity);
    }

    private int drawn(long affinity) {
        long bits = affinity == 0 ? ThreadLocalRandom.current().nextLong() : Hash.end(affinity ^ SALT);
        double point = (bits >>> 11) * 0x1p-53;
        for (int i = 0; i < ends.length; i++) {
            if (point < ends[i]) return i;
        }
        return 0;                                   // the shares' sum was rounded below 1
    }

    /**
     * One that may serve still and is not in {@code tried}, of the first tier that has any; null when there is none. Of
     * full ones another zone may relieve a tier, but not another priority.
     */
    Backend pickOther(long affinity, List<Backend> tried, Predicate<Backend> mayServe) {
        Backend full = null;
        int priority = 0;
        for (Tier tier : tiers) {
            if (full != null && tier.share().priority() != priority) return full;
            Backend other = tier.pickOther(affinity, tried, mayServe);
            if (other == null) continue;
            if (!other.full()) return other;
            if (full == null) full = other;
            priority = tier.share().priority();
        }
        return full;
    }
}
