package lb.balance;

import lb.pool.Backend;
import lb.pool.Balancer;

final class WeightedRandomTest extends BalancerContract {
    @Override Balancer balancer(int start) {
        return new WeightedRandom(random(start));
    }

    @Override int parts(Backend backend) {
        return backend.weight();
    }

    @Override double tolerance(int picks, double share) {
        return chance(picks, share);
    }

    @Override int picksToReachAll(int parts) {
        return 15 * parts;
    }
}
