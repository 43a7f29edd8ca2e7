package lb.balance;

import java.util.concurrent.atomic.AtomicBoolean;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Picker;

/** A balancer with a mistake: its first pick throws, and so does each in place of a backend that will not do. */
public final class Failing implements BalancerProvider {
    @Override public String name() {
        return "failing";
    }

    @Override public Balancer create() {
        AtomicBoolean failed = new AtomicBoolean();
        return eligible -> new Picker() {
            @Override public Backend pick(long affinity) {
                if (failed.compareAndSet(false, true)) throw new IllegalStateException("first pick");
                return eligible.get(0);
            }

            @Override public Backend pickInstead(long affinity) {
                throw new IllegalStateException("other pick");
            }
        };
    }
}
