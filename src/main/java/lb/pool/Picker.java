package lb.pool;

/** A balancer's prepared answer. Any event loop, concurrently: no lock, no allocation. */
@FunctionalInterface
public interface Picker {
    /**
     * @param affinity what ties the client to a backend, for balancers that look at it
     * @return a backend; never null
     */
    Backend pick(long affinity);

    /**
     * The same in place of a backend that will not do; it does not count as a turn. A retry that took one would move
     * the rotation of two backends back to the one that fails, and every next request would meet that one first.
     */
    default Backend pickInstead(long affinity) {
        return pick(affinity);
    }
}
