package lb.pool;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import lb.config.BackendConfig;
import lb.config.BalanceConfig;
import lb.config.ConnectionsConfig;
import lb.config.HealthConfig;
import lb.config.Limits;
import lb.config.OutlierConfig;
import lb.config.PoolConfig;
import lb.config.PreferenceConfig;
import lb.config.RetryConfig;
import lb.config.Timeouts;
import lb.config.WhenNoneEligible;

/** Pools as a topology would open them, for tests that look at one thing of them only. */
public final class PoolFixture {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private PoolFixture() {}

    /** That ejects nobody and lets everybody start at once. @param health or null */
    public static PoolConfig config(HealthConfig health, List<BackendConfig> backends) {
        return with(health(health, backends), null, Duration.ZERO, WhenNoneEligible.FAIL);
    }

    /** The same but for these. @param outlier or null @param slowStart or zero */
    public static PoolConfig with(
            PoolConfig config, OutlierConfig outlier, Duration slowStart, WhenNoneEligible whenNoneEligible) {
        return new PoolConfig(config.name(), config.backends(), config.balance(), config.health(), config.retry(),
                config.timeouts(), config.limits(), config.connections(), config.preserveHost(), outlier, slowStart,
                whenNoneEligible, config.sticky(), config.preference());
    }

    private static PoolConfig health(HealthConfig health, List<BackendConfig> backends) {
        return new PoolConfig("api", backends, BalanceConfig.DEFAULT, health, RetryConfig.NEVER,
                new Timeouts(MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE),
                Limits.DEFAULT, new ConnectionsConfig(0, MINUTE, 32), true);
    }

    /** Not open yet. @param maxPerBackend 0 for no limit @param queue how many may wait */
    public static Pool limited(int maxPerBackend, int queue, Backend... backends) {
        return limited(maxPerBackend, queue, PreferenceConfig.DEFAULT, List.of(backends));
    }

    static Pool limited(int maxPerBackend, int queue, PreferenceConfig preference, List<Backend> backends) {
        PoolConfig plain = config(null, backends.stream().map(Backend::config).toList());
        PoolConfig limited = new PoolConfig(plain.name(), plain.backends(), plain.balance(), null, plain.retry(),
                plain.timeouts(), plain.limits(), new ConnectionsConfig(maxPerBackend, MINUTE, 32, queue, MINUTE), true,
                plain.outlier(), plain.slowStart(), plain.whenNoneEligible(), null, preference);
        return new Pool(limited, backends, up -> affinity -> up.get(0), Runnable::run);
    }

    /** Called {@code api}, and always picking the first backend. */
    public static Pool open(HealthConfig health, List<Backend> backends, Executor controlThread) {
        return open(health, backends, backends.stream().map(Backend::config).toList(), controlThread);
    }

    public static Pool open(
            HealthConfig health, List<Backend> backends, List<BackendConfig> configs, Executor controlThread) {
        PoolConfig config = with(config(health, configs), OutlierConfig.DEFAULT, Duration.ZERO, WhenNoneEligible.FAIL);
        return open(config, backends, controlThread);
    }

    /** Brings it back in a pool with a slow start, so that it has a tenth of its share. */
    public static void startSlowly(Backend backend) {
        PoolConfig config = config(null, List.of(backend.config()));
        open(with(config, null, MINUTE, WhenNoneEligible.FAIL), List.of(backend), Runnable::run);
        backend.healthy(false, "gone");
        backend.healthy(true, "back");
    }

    /** Always picking the first backend. */
    public static Pool open(PoolConfig config, List<Backend> backends, Executor controlThread) {
        Pool pool = new Pool(config, backends, up -> affinity -> up.get(0), controlThread);
        pool.open();
        return pool;
    }
}
