package lb.filter;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many copies each route of one topology has under way. A route that is still there after a reload goes on counting
 * where it was, whatever else changed: else each reload would allow as many copies once more.
 *
 * <p>Threading: control thread; the counts themselves are moved by any event loop.
 */
public final class MirrorCounts {
    private record Key(String scope, String route) {}

    private final Map<Key, AtomicInteger> counts = new HashMap<>();
    private final Map<Key, AtomicInteger> before;

    /** Of the first topology. */
    public MirrorCounts() {
        this(Map.of());
    }

    private MirrorCounts(Map<Key, AtomicInteger> before) {
        this.before = before;
    }

    /** Those of the next topology, which go on with these. */
    public MirrorCounts successor() {
        return new MirrorCounts(counts);
    }

    /** @param scope in which the route's name is unique: a listener's name, or empty for the root */
    AtomicInteger of(String scope, String route) {
        return counts.computeIfAbsent(new Key(scope, route), key -> {
            AtomicInteger kept = before.get(key);
            return kept == null ? new AtomicInteger() : kept;
        });
    }
}
