package lb.balance;

import lb.pool.Backend;

/**
 * The order of nginx's smooth weighted round robin, for one period: weights 5,1,1 → a a b a c a a.
 *
 * <p>Each step credits everybody with its weight, gives the place to who has most (the first of equals) and takes the
 * sum of all weights from it (nginx, {@code ngx_http_upstream_get_peer}). A period has as many places as the sum of the
 * weights; after it, all credits are 0 again. Costs that sum times the number of backends.
 */
final class SmoothSchedule {
    private SmoothSchedule() {}

    static Backend[] of(Backend[] backends, int[] weights) {
        int total = 0;
        for (int weight : weights) total += weight;
        Backend[] places = new Backend[total];
        int[] credits = new int[weights.length];
        for (int place = 0; place < total; place++) {
            int best = 0;
            for (int i = 0; i < credits.length; i++) {
                credits[i] += weights[i];
                if (credits[i] > credits[best]) best = i;
            }
            credits[best] -= total;
            places[place] = backends[best];
        }
        return places;
    }
}
