package lb.balance;

import lb.pool.Backend;
import lb.pool.Balancer;

/** Found by the service file of the tests: always the first eligible backend. */
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
