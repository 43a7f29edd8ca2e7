package lb.pool;

import java.util.List;
import java.util.stream.Collectors;
import lb.config.BackendConfig;

/**
 * How much of a pool's requests the backends of one tier get.
 *
 * @param priority as in {@link BackendConfig#priority}
 * @param zone     lb's own zone, where its backends are a tier before the others of that priority; or null
 * @param own      true: those of the zone; false: the others, or all
 * @param backends how many could serve
 * @param share    of the pool's requests, 0–1
 */
public record TierShare(int priority, String zone, boolean own, int backends, double share) {

    /** {@code priority 0 in zone a}, {@code priority 0 outside zone a}, {@code priority 1}, {@code backups}. */
    public String name() {
        String who = priority == BackendConfig.BACKUP ? "backups" : "priority " + priority;
        if (zone == null) return who;
        return who + (own ? " in zone " : " outside zone ") + zone;
    }

    /** {@code 71% to priority 0, 29% to priority 1}: those that get any. */
    public static String words(List<TierShare> shares) {
        return shares.stream().filter(each -> each.share > 0).map(TierShare::toString)
                .collect(Collectors.joining(", "));
    }

    /** {@code 71% to priority 0}. */
    @Override public String toString() {
        return Math.round(share * 100) + "% to " + name();
    }
}
