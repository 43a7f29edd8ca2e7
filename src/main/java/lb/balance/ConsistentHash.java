package lb.balance;

import java.util.Arrays;
import java.util.List;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Picker;

/**
 * The same backend for the same affinity, on every instance of lb, for as long as that backend is eligible and not much
 * busier than the others: see {@link MaglevTable} and {@link BoundedLoad}.
 */
final class ConsistentHash implements Balancer {
    private List<Backend> tableOf = List.of();
    private int[] weights = {};
    private Backend[] table;

    /** A slow start calls this several times a second and changes nothing in the table, which takes time to build. */
    @Override public Picker over(List<Backend> eligible) {
        int[] now = eligible.stream().mapToInt(Backend::weight).toArray();
        if (!eligible.equals(tableOf) || !Arrays.equals(now, weights)) {
            tableOf = List.copyOf(eligible);
            weights = now;
            table = MaglevTable.of(eligible);
        }
        return new BoundedLoad(table, eligible.toArray(Backend[]::new));
    }
}
