package lb.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * @param name         its key under {@code pools}, or {@code default}
 * @param backends     in file order, ids unique; at least one
 * @param balance      how it spreads load; default {@code weightedRoundRobin}
 * @param health       or null when turned off
 * @param retry        {@link RetryConfig#NEVER} when turned off
 * @param timeouts     connect, response, stream and upgrade of this pool; the rest as in {@link Config#timeouts}
 * @param limits       the body limit of this pool; the rest as in {@link Config#limits}
 * @param connections  how connections to its backends are kept
 * @param preserveHost true (default): the backend sees the client's Host; false: it sees its own address
 * @param outlier      or null when nobody is ejected for answers to real requests
 * @param slowStart    how long a backend that is new or back takes to its full share; zero for at once; up to 1 hour,
 *                     default 10s
 * @param whenNoneEligible default fail
 * @param sticky       or null: a client's next request may go to any backend
 * @param preference   which backends come before others; default by priority alone
 */
public record PoolConfig(
        String name,
        List<BackendConfig> backends,
        BalanceConfig balance,
        HealthConfig health,
        RetryConfig retry,
        Timeouts timeouts,
        Limits limits,
        ConnectionsConfig connections,
        boolean preserveHost,
        OutlierConfig outlier,
        Duration slowStart,
        WhenNoneEligible whenNoneEligible,
        StickyConfig sticky,
        PreferenceConfig preference) {

    public static final Duration DEFAULT_SLOW_START = Duration.ofSeconds(10);
    public static final Duration MAX_SLOW_START = Duration.ofHours(1);

    public PoolConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(balance, "balance");
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(connections, "connections");
        Objects.requireNonNull(whenNoneEligible, "whenNoneEligible");
        Objects.requireNonNull(preference, "preference");
        if (!slowStart.isZero()) Bounds.within("slowStart", slowStart, MAX_SLOW_START);
        backends = List.copyOf(backends);
        if (backends.isEmpty()) throw new IllegalArgumentException("backends: none (expected: at least one)");
        Set<String> ids = new HashSet<>(backends.size() * 2);
        for (BackendConfig backend : backends) {
            if (!ids.add(backend.id())) throw new IllegalArgumentException("backends: two are called " + backend.id());
        }
    }

    /** With the defaults for who is ejected, how one that is back starts, what if none is eligible; not sticky. */
    public PoolConfig(String name, List<BackendConfig> backends, BalanceConfig balance, HealthConfig health,
            RetryConfig retry, Timeouts timeouts, Limits limits, ConnectionsConfig connections, boolean preserveHost) {
        this(name, backends, balance, health, retry, timeouts, limits, connections, preserveHost,
                OutlierConfig.DEFAULT, DEFAULT_SLOW_START, WhenNoneEligible.FAIL, null,
                PreferenceConfig.DEFAULT);
    }

    /** With every default. */
    public static PoolConfig of(String name, List<BackendConfig> backends) {
        return new PoolConfig(name, backends, BalanceConfig.DEFAULT, HealthConfig.DEFAULT, RetryConfig.DEFAULT,
                Timeouts.DEFAULT, Limits.DEFAULT, ConnectionsConfig.DEFAULT, true);
    }
}
