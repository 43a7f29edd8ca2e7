package lb.balance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Hash;
import lb.pool.Picker;

/**
 * The README's table of balancers, from the simulation; every run prints the same:
 *
 * <pre>
 * mvn -q -B test-compile &amp;&amp; java -cp target/classes:target/test-classes lb.balance.BalanceTable
 * </pre>
 */
final class BalanceTable {
    static final Map<String, Supplier<Balancer>> BALANCERS = new LinkedHashMap<>();

    static {
        BALANCERS.put("weightedRoundRobin", () -> new WeightedRoundRobin(0));
        BALANCERS.put("roundRobin", () -> new RoundRobin(0));
        BALANCERS.put("random", () -> new WeightedRandom(BalancerContract.random(1)));
        BALANCERS.put("leastRequests", () -> new LeastRequests(BalancerContract.random(1)));
        BALANCERS.put("leastLatency", () -> new LeastLatency(BalancerContract.random(1)));
        BALANCERS.put("hash", ConsistentHash::new);
    }

    private BalanceTable() {}

    public static void main(String[] args) {
        System.out.print(markdown());
    }

    static String markdown() {
        StringBuilder table = new StringBuilder("""
                | `balance` | off its share | longest run | clients moved | p50 | p99 | to the slow one |
                | --- | --- | --- | --- | --- | --- | --- |
                """);
        BALANCERS.forEach((name, balancer) -> {
            Simulation.Result slow = Simulation.oneSlowOfTen(balancer.get());
            table.append(String.format(Locale.ROOT, "| `%s` | %s | %d | %s | %.1f ms | %.0f ms | %s |\n",
                    name, name.equals("roundRobin") ? "weights ignored" : percent(offShare(balancer.get())),
                    longestRun(balancer.get()),
                    name.equals("hash") ? percent(moved(balancer.get())) : "–",
                    slow.p50(), slow.p99(), percent(slow.slowShare())));
        });
        return table.toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** After 100,000 requests to weights 1–10: how far the worst of ten is off its share, as a part of it. */
    static double offShare(Balancer balancer) {
        List<Backend> backends = new ArrayList<>();
        for (int weight = 1; weight <= 10; weight++) backends.add(BalancerContract.backend("b" + weight, weight));
        Picker picker = balancer.over(backends);
        Map<Backend, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < 100_000; i++) counts.merge(picker.pick(client(i)), 1, Integer::sum);
        double worst = 0;
        for (Backend backend : backends) {
            double share = 100_000 * backend.weight() / 55.0;
            worst = Math.max(worst, Math.abs(counts.get(backend) - share) / share);
        }
        return worst;
    }

    /** Most requests one after the other to one of ten equal backends, of 100,000 from as many clients. */
    static int longestRun(Balancer balancer) {
        Picker picker = balancer.over(equal());
        Backend last = null;
        int run = 0;
        int longest = 0;
        for (int i = 0; i < 100_000; i++) {
            Backend picked = picker.pick(client(i));
            run = picked == last ? run + 1 : 1;
            longest = Math.max(longest, run);
            last = picked;
        }
        return longest;
    }

    /** The share of clients that have another backend when one of ten leaves; at least a tenth. */
    static double moved(Balancer balancer) {
        List<Backend> all = equal();
        Picker before = balancer.over(all);
        Picker after = balancer.over(all.subList(0, 9));
        int moved = 0;
        for (int i = 0; i < 100_000; i++) moved += before.pick(client(i)) == after.pick(client(i)) ? 0 : 1;
        return moved / 100_000.0;
    }

    private static List<Backend> equal() {
        List<Backend> backends = new ArrayList<>();
        for (int i = 0; i < 10; i++) backends.add(BalancerContract.backend("b" + i, 1));
        return backends;
    }

    private static long client(int number) {
        return Hash.next(number);
    }
}
