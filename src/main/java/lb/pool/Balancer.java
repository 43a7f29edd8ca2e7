package lb.pool;

import java.util.List;

/** How a pool spreads load. Control thread only; lives as long as its pool keeps the same {@code balance}. */
public interface Balancer {
    /**
     * Prepares the answer for the backends eligible now. Called when membership, weight, status or the share of one in
     * its slow start changes.
     *
     * @param eligible may be picked, in the pool's order, each with an effective weight of at least 1;
     *                 never empty
     * @return a picker that is never asked for anybody else
     */
    Picker over(List<Backend> eligible);
}
