package lb.balance;

import lb.pool.Backend;
import lb.pool.Balancer;

/** The example of the package's description: always the first eligible backend. */
public final class FirstOnly implements BalancerProvider {
    @Override public String name() {
        return "firstOnly";
    }

    @Override public Balancer create() {
        return eligible -> {
            Backend first = eligible.get(0);
            return affinity -> first;
        };
    }
}
