package lb.pool;

/** A balancer's prepared answer. Any event loop, concurrently: no lock, no allocation. */
@FunctionalInterface
public interface Picker {
    /**
     * @param affinity what ties the client to a backend, for balancers that look at it
     * @return a backend; never null
     */
    Backend pick(long affinity);
}
