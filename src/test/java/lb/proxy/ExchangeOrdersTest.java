package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lb.config.BackendConfig;
import lb.config.BackendConfig.State;
import lb.config.BalanceConfig;
import lb.config.ConnectionsConfig;
import lb.config.HealthConfig;
import lb.config.Limits;
import lb.config.PoolConfig;
import lb.config.RetryConfig;
import lb.config.Timeouts;
import lb.connect.Lane;
import lb.http.HeadLimits;
import lb.pool.Backend;
import lb.pool.Pool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Whatever happens to an exchange, in whatever order, it keeps its promises. For a million orders:
 * {@code mvn -Psoak test -Dsoak=ExchangeOrdersTest}; for others {@code -Dlb.orders.from=…}.
 */
final class ExchangeOrdersTest {
    private static final int STEPS = 60;
    private static final Set<Integer> LISTED = Set.of(500, 502, 503, 504);
    private static final int ALL = 1_000_000;
    /** What a build does of them. */
    private static final int A_FEW = 60_000;

    /** For one or two requests at a time, and none that waits but for those that another lane has to give up. */
    private static final ConnectionsConfig FEW_SLOTS =
            new ConnectionsConfig(2, Duration.ofSeconds(30), 32, 0, Duration.ofSeconds(1));

    private Order running;

    @Test void keepsItsPromisesInAnyOrderOfEvents() {
        keepsItsPromises(Integer.getInteger("lb.orders", A_FEW));
    }

    @Tag("soak")
    @Test void keepsItsPromisesInAMillionOrders() {
        keepsItsPromises(Integer.getInteger("lb.orders", ALL));
    }

    private void keepsItsPromises(int orders) {
        long from = Long.getLong("lb.orders.from", 0);
        Bench bench = new Bench();
        for (long seed = from; seed < from + orders; seed++) {
            try {
                run(bench, seed, STEPS, null);
            } catch (AssertionError | RuntimeException e) {
                throw shortest(seed);
            }
        }
    }

    /** The same order again with as few steps as fail. */
    private AssertionError shortest(long seed) {
        for (int steps = 0; steps <= STEPS; steps++) {
            StringBuilder notes = new StringBuilder();
            try {
                run(new Bench(), seed, steps, notes);
            } catch (AssertionError | RuntimeException e) {
                return new AssertionError("order " + seed + " (-Dlb.orders.from=" + seed
                        + " -Dlb.orders=1) fails in its " + steps + " first steps:\n" + notes, e);
            }
        }
        return new AssertionError("order " + seed + " fails behind others only");
    }

    private void run(Bench bench, long seed, int steps, StringBuilder notes) {
        running = new Order(seed, bench.exchanges, bench.heads, bench.connections, bench.pools, bench.loop, notes);
        running.run(steps);
        assertThat(bench.exchanges.active()).isZero();
    }

    /** What the orders of one run share. */
    private final class Bench {
        final List<Pool> pools = pools();
        final EmbeddedChannel loop = new EmbeddedChannel();
        final Lane lane = new Lane(0, loop.eventLoop(), null, new HeadLimits(16 << 10, 100, 8 << 10), silent -> { });
        final CountedHeads heads = new CountedHeads(lane.heads());
        final WatchedConnections connections = new WatchedConnections();
        final Exchanges exchanges = new Exchanges(lane, connections, ended -> running.ended(ended));
    }

    @AfterAll static void letTheOthersSpeak() {
        ((Logger) LoggerFactory.getLogger(Pool.class)).setLevel(null);
    }

    /** Every number of backends, of which some are not there, with every rule for another attempt. */
    private static List<Pool> pools() {
        ((Logger) LoggerFactory.getLogger(Pool.class)).setLevel(Level.ERROR);
        List<Pool> pools = new ArrayList<>();
        for (int backends = 1; backends <= 3; backends++) {
            for (int attempts = 1; attempts <= 4; attempts++) {
                for (int rules = 0; rules < 8; rules++) {
                    State last = rules == 7 ? State.MAINT : State.READY;
                    Set<Integer> statuses = (rules & 4) == 0 ? Set.of() : LISTED;
                    RetryConfig retry = new RetryConfig(attempts, (rules & 1) == 0, (rules & 2) == 0,
                            (rules & 4) != 0, statuses, Duration.ofSeconds(10), 1);
                    pools.add(pool(backends, last, retry, rules == 4 ? 40 : Limits.NONE,
                            rules == 5 ? FEW_SLOTS : ConnectionsConfig.DEFAULT));
                }
            }
        }
        return pools;
    }

    private static Pool pool(int count, State last, RetryConfig retry, long bodyLimit,
            ConnectionsConfig connections) {
        List<BackendConfig> configs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            State state = i == count - 1 ? last : State.READY;
            configs.add(new BackendConfig("b" + i, "10.0.0." + i, 80, 1, state));
        }
        Limits limits = Limits.DEFAULT.withBody(bodyLimit);
        PoolConfig config = new PoolConfig("api", configs, BalanceConfig.DEFAULT, HealthConfig.DEFAULT, retry,
                Timeouts.DEFAULT, limits, connections, true);
        List<Backend> backends = configs.stream().map(each -> new Backend(each, System::nanoTime)).toList();
        Pool pool = new Pool(config, backends, up -> affinity -> up.get(0), Runnable::run);
        pool.open();
        return pool;
    }
}
