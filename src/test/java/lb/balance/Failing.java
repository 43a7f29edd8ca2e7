package lb.balance;

import java.util.concurrent.atomic.AtomicBoolean;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Picker;

/**
 * A balancer with two mistakes: its first pick throws, and each in place of a backend that will not do asks for what
 * this version of lb does not have.
 */
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
                throw new NoSuchMethodError("other pick");
            }
        };
    }
}
