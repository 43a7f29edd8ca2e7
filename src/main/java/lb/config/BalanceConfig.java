package lb.config;

import java.util.Objects;

/**
 * How a pool spreads load.
 *
 * @param name the name of a balancer that {@code lb.balance} knows; default {@code weightedRoundRobin}
 * @param hash what of a request decides, for {@link #HASH}; null for every other balancer
 */
public record BalanceConfig(String name, HashSource hash) {
    /** The one balancer that looks at the request. */
    public static final String HASH = "hash";

    public static final BalanceConfig DEFAULT = new BalanceConfig("weightedRoundRobin", null);

    public BalanceConfig {
        Objects.requireNonNull(name, "name");
        if (name.equals(HASH) != (hash != null)) {
            throw new IllegalArgumentException("hash: " + hash + " (expected: a source for hash, none for others)");
        }
    }

    /** @param balancer any name but {@link #HASH} */
    public static BalanceConfig of(String balancer) {
        return new BalanceConfig(balancer, null);
    }

    public static BalanceConfig hash(HashSource source) {
        return new BalanceConfig(HASH, source);
    }

    /** {@code leastRequests}, {@code hash cookie:session}. */
    @Override public String toString() {
        return hash == null ? name : name + " " + hash;
    }
}
