package lb.pool;

import java.util.List;
import lb.config.BackendConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once who serves a pool's requests when that is no longer its eligible primaries, and once when it is again; and
 * how requests are shared out among tiers, each time that changes.
 * Threading: control thread.
 */
final class ServingTold {
    private static final Logger log = LoggerFactory.getLogger(Pool.class);

    private final Pool pool;
    private boolean onBackups;
    private boolean onAll;
    private List<TierShare> shares = List.of();

    ServingTold(Pool pool) {
        this.pool = pool;
    }

    /** Nobody is eligible, and these are tried all the same. */
    void all(Tiers tiers) {
        int count = backends(tiers.shares());
        if (!onAll && count > 0) {
            log.warn("pool={} nobody is eligible: using all {} that are neither drained nor in maintenance",
                    pool.name(), count);
        }
        onAll = count > 0;
    }

    /** @param tiers of those who are eligible, primaries first; none when nobody is */
    void eligible(Tiers tiers) {
        if (onAll) {
            log.info("pool={} using the eligible ones only again: {} of {}", pool.name(), pool.eligibleCount(),
                    pool.backends().size());
        }
        onAll = false;
        List<TierShare> now = tiers.shares();
        boolean backupsServe = now.isEmpty() ? onBackups : now.get(0).priority() == BackendConfig.BACKUP;
        if (backupsServe && !onBackups) {
            log.warn("pool={} no primary is eligible; its backups take over, {} eligible", pool.name(),
                    backends(now));
        } else if (onBackups && !backupsServe) {
            log.info("pool={} a primary is eligible again; the backups rest", pool.name());
        } else {
            shares(now);
        }
        onBackups = backupsServe;
        shares = now;
    }

    private static int backends(List<TierShare> shares) {
        return shares.stream().mapToInt(TierShare::backends).sum();
    }

    private void shares(List<TierShare> now) {
        String after = TierShare.words(now);
        if (now.isEmpty() || after.equals(TierShare.words(shares)) || shares.isEmpty() && now.size() == 1) return;
        if (now.get(0).share() < 1 && !shares.isEmpty()) {
            log.warn("pool={} requests go {}", pool.name(), after);
        } else {
            log.info("pool={} requests go {}", pool.name(), after);
        }
    }
}
