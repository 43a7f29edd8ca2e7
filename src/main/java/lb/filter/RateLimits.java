package lb.filter;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import lb.config.route.RateLimitConfig;

/**
 * The tables of one topology's rate limits. A reload that leaves a limit as it was leaves its table, too: nobody gets a
 * fresh share because the operator changed something else.
 *
 * <pre>
 * RateLimits next = current.successor();
 * … Filters.of(route, listener, pools, next) for every route …
 * next.complete();                            // once the new topology runs; a refused one is simply forgotten
 * </pre>
 *
 * <p>Threading: control thread.
 */
public final class RateLimits {
    private record Key(String scope, String route, RateLimitConfig config) {}

    private final LongSupplier nanoClock;
    private final Map<Key, RateLimitTable> tables = new HashMap<>();
    private Map<Key, RateLimitTable> before;

    /** @param nanoClock monotonic, such as {@code System::nanoTime} */
    public RateLimits(LongSupplier nanoClock) {
        this(nanoClock, Map.of());
    }

    private RateLimits(LongSupplier nanoClock, Map<Key, RateLimitTable> before) {
        this.nanoClock = nanoClock;
        this.before = before;
    }

    /** Those of the next topology, which take over what they have in common with these; these stay as they are. */
    public RateLimits successor() {
        return new RateLimits(nanoClock, tables);
    }

    /** Lets go of the tables that nothing in this topology asked for. */
    public void complete() {
        before = Map.of();
    }

    /** @param scope in which the route's name is unique: a listener's name, or empty for the root */
    RateLimitTable table(String scope, String route, RateLimitConfig config) {
        return tables.computeIfAbsent(new Key(scope, route, config), key -> {
            RateLimitTable kept = before.get(key);
            return kept == null ? new RateLimitTable(config, nanoClock) : kept;
        });
    }
}
