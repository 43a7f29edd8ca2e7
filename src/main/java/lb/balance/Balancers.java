package lb.balance;

import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import lb.pool.Balancer;

/**
 * The balancers by the names that a config's {@code balance} may say. A new one is one file and one line here; one from
 * another jar is a {@link BalancerProvider}.
 */
public final class Balancers {
    private static final LongSupplier RANDOM = () -> ThreadLocalRandom.current().nextLong();

    private static final Map<String, IntFunction<Balancer>> BUILT_IN = Map.of(
            "hash", turn -> new ConsistentHash(),
            "leastLatency", turn -> new LeastLatency(RANDOM),
            "leastRequests", turn -> new LeastRequests(RANDOM),
            "random", turn -> new WeightedRandom(RANDOM),
            "roundRobin", RoundRobin::new,
            "weightedRoundRobin", WeightedRoundRobin::new);

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}");
    private static final Map<String, IntFunction<Balancer>> BY_NAME =
            with(ServiceLoader.load(BalancerProvider.class, Balancers.class.getClassLoader()));

    private Balancers() {}

    /** In alphabetical order. */
    public static Set<String> names() {
        return Collections.unmodifiableSet(BY_NAME.keySet());
    }

    /**
     * A balancer of its own for one pool. A rotation starts at a random turn: several instances of lb, or one that
     * restarts often, must not all begin with the first backend.
     *
     * @throws IllegalArgumentException when no balancer has this name
     */
    public static Balancer create(String name) {
        IntFunction<Balancer> balancer = BY_NAME.get(name);
        if (balancer == null) throw new IllegalArgumentException("balance: " + name + " (expected: " + names() + ")");
        return balancer.apply(ThreadLocalRandom.current().nextInt());
    }

    /** All by name. @throws IllegalStateException when a provided one has no name of its own */
    static Map<String, IntFunction<Balancer>> with(Iterable<BalancerProvider> provided) {
        Map<String, IntFunction<Balancer>> all = new TreeMap<>(BUILT_IN);
        for (BalancerProvider provider : provided) {
            String name = provider.name();
            String who = provider.getClass().getName();
            if (!NAME.matcher(name).matches()) {
                throw new IllegalStateException(who + ": \"" + name + "\" is not a name "
                        + "(expected: letters and digits)");
            }
            if (all.putIfAbsent(name, turn -> provider.create()) != null) {
                throw new IllegalStateException(who + ": a balancer is called " + name + " already");
            }
        }
        return all;
    }
}
