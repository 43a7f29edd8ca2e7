package lb.pool;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once who serves a pool's requests when that is no longer its eligible primaries, and once when it is again.
 * Threading: control thread.
 */
final class ServingTold {
    private static final Logger log = LoggerFactory.getLogger(Pool.class);

    private final Pool pool;
    private boolean onBackups;
    private boolean onAll;

    ServingTold(Pool pool) {
        this.pool = pool;
    }

    /** Nobody is eligible, and these are tried all the same. */
    void all(Tier[] tiers) {
        int count = 0;
        for (Tier tier : tiers) count += tier.backends().length;
        if (!onAll && count > 0) {
            log.warn("pool={} nobody is eligible: using all {} that are neither drained nor in maintenance",
                    pool.name(), count);
        }
        onAll = count > 0;
    }

    /** @param tiers of those who are eligible, primaries first; none when nobody is */
    void eligible(Tier[] tiers) {
        if (onAll) {
            log.info("pool={} using the eligible ones only again: {} of {}", pool.name(), pool.eligibleCount(),
                    pool.backends().size());
        }
        onAll = false;
        boolean backupsServe = tiers.length > 0 ? tiers[0].backends()[0].backup() : onBackups;
        if (backupsServe && !onBackups) {
            log.warn("pool={} no primary is eligible; its backups take over: {}", pool.name(),
                    tiers[0].backends().length);
        } else if (onBackups && !backupsServe) {
            log.info("pool={} a primary is eligible again; the backups rest", pool.name());
        }
        onBackups = backupsServe;
    }
}
