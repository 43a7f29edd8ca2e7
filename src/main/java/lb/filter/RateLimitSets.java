package lb.filter;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The sets of places of a {@link RateLimitTable}, each made when its first key comes: of thousands of limits, most meet
 * few clients. A set takes 150 bytes or so, and none before; groups of them are made likewise.
 *
 * <p>Threading: any event loop, concurrently; no lock. Of two that make the same set at once, one uses the other's.
 */
final class RateLimitSets {
    private final AtomicReferenceArray<AtomicReferenceArray<AtomicLongArray>> groups;
    private final int places;
    /** A group has 2^shift sets, about as many as there are groups. */
    private final int shift;

    /** @param sets at least one @param places longs of each */
    RateLimitSets(int sets, int places) {
        this.places = places;
        shift = (Integer.SIZE - Integer.numberOfLeadingZeros(sets)) / 2;
        groups = new AtomicReferenceArray<>((sets - 1 >>> shift) + 1);
    }

    /** Null while no key came to that set. */
    AtomicLongArray find(int set) {
        AtomicReferenceArray<AtomicLongArray> group = groups.get(set >>> shift);
        return group == null ? null : group.get(within(set));
    }

    AtomicLongArray of(int set) {
        AtomicLongArray found = find(set);
        if (found != null) return found;
        AtomicReferenceArray<AtomicLongArray> group = groups.get(set >>> shift);
        if (group == null) group = first(groups, set >>> shift, new AtomicReferenceArray<>(1 << shift));
        return first(group, within(set), new AtomicLongArray(places));
    }

    private int within(int set) {
        return set & (1 << shift) - 1;
    }

    /** What stands there; what was made, if nothing did. */
    private static <T> T first(AtomicReferenceArray<T> in, int at, T made) {
        T there = in.compareAndExchange(at, null, made);
        return there == null ? made : there;
    }

    /** Longs of the sets that were made. */
    int size() {
        int size = 0;
        for (int i = 0; i < groups.length(); i++) {
            AtomicReferenceArray<AtomicLongArray> group = groups.get(i);
            for (int j = 0; group != null && j < group.length(); j++) {
                if (group.get(j) != null) size += places;
            }
        }
        return size;
    }
}
