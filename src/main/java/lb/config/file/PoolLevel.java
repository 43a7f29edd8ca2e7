package lb.config.file;

import java.time.Duration;
import java.util.List;
import lb.config.BackendConfig;
import lb.config.BalanceConfig;
import lb.config.ConnectionsConfig;
import lb.config.HealthConfig;
import lb.config.Limits;
import lb.config.OutlierConfig;
import lb.config.PoolConfig;
import lb.config.PreferenceConfig;
import lb.config.RetryConfig;
import lb.config.StickyConfig;
import lb.config.Timeouts;
import lb.config.WhenNoneEligible;

/**
 * The keys that stand in a pool, or at the root as the default of every pool.
 *
 * @param health    or null when turned off
 * @param outlier   or null when turned off
 * @param slowStart zero when turned off
 * @param sticky    or null when turned off
 */
record PoolLevel(
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

    static final PoolLevel BUILT_IN = new PoolLevel(BalanceConfig.DEFAULT, HealthConfig.DEFAULT,
            RetryConfig.DEFAULT, Timeouts.DEFAULT, Limits.DEFAULT, ConnectionsConfig.DEFAULT, true,
            OutlierConfig.DEFAULT, PoolConfig.DEFAULT_SLOW_START, WhenNoneEligible.FAIL, null,
            PreferenceConfig.DEFAULT);

    PoolConfig pool(String name, List<BackendConfig> backends) {
        return new PoolConfig(name, backends, balance, health, retry, timeouts, limits, connections, preserveHost,
                outlier, slowStart, whenNoneEligible, sticky, preference);
    }
}
