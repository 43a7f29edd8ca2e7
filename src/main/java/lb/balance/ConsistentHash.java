package lb.balance;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Picker;

/**
 * The same backend for the same affinity, on every instance of lb, for as long as that backend is eligible and not much
 * busier than the others: see {@link MaglevTable} and {@link BoundedLoad}.
 *
 * <p>A slow start asks several times a second and changes nothing in a table, which takes time to build: those that
 * some picker still uses, of each tier of the pool, are used again.
 */
final class ConsistentHash implements Balancer {
    private final Function<List<Backend>, Backend[]> builder;
    private final List<Made> made = new ArrayList<>();

    /** @param table is there for as long as a picker has it */
    private record Made(List<Backend> backends, int[] weights, WeakReference<Backend[]> table) {
        boolean gone() {
            return table.get() == null;
        }

        boolean isOf(List<Backend> others, int[] theirs) {
            return backends.equals(others) && Arrays.equals(weights, theirs);
        }
    }

    ConsistentHash() {
        this(MaglevTable::of);
    }

    /** @param builder of a table */
    ConsistentHash(Function<List<Backend>, Backend[]> builder) {
        this.builder = builder;
    }

    @Override public Picker over(List<Backend> eligible) {
        return new BoundedLoad(table(eligible), eligible.toArray(Backend[]::new));
    }

    private Backend[] table(List<Backend> eligible) {
        int[] weights = eligible.stream().mapToInt(Backend::weight).toArray();
        for (Made each : made) {
            Backend[] table = each.isOf(eligible, weights) ? each.table.get() : null;
            if (table != null) return table;
        }
        made.removeIf(Made::gone);
        Backend[] table = builder.apply(eligible);
        made.add(new Made(List.copyOf(eligible), weights, new WeakReference<>(table)));
        return table;
    }
}
