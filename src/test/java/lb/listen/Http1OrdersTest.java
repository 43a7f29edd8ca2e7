package lb.listen;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import java.time.Duration;
import java.util.List;
import lb.config.BackendConfig;
import lb.config.BalanceConfig;
import lb.config.ConnectionsConfig;
import lb.config.HealthConfig;
import lb.config.Limits;
import lb.config.ListenAddress;
import lb.config.PoolConfig;
import lb.config.RetryConfig;
import lb.config.Timeouts;
import lb.connect.EmbeddedConnections;
import lb.connect.Lane;
import lb.connect.ManualTime;
import lb.http.HeadLimits;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.proxy.Exchanges;
import lb.proxy.ExchangesFixture;
import lb.proxy.RouteTable;
import lb.testkit.LogCapture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Whatever comes over the wires of a client and of its backends, in whatever pieces and order, nothing is lost, left
 * armed, counted wrong or thrown. For more: {@code mvn test -Dtest=Http1OrdersTest -Dlb.orders=1000000}.
 */
class Http1OrdersTest {
    private static final int STEPS = 120;
    private static final long BUDGET = Duration.ofSeconds(4).toNanos();
    private static final HeadLimits HEADS = new HeadLimits(16 << 10, 100, 8 << 10);

    private final DefaultEventLoop neverRun = new DefaultEventLoop();

    @Test void keepsItsBooksInAnyOrderOfEvents() {
        Integer wanted = Integer.getInteger("lb.orders");
        int orders = wanted == null ? 1_000_000 : wanted;
        long from = Long.getLong("lb.orders.from", 0);
        long started = System.nanoTime();
        int done = 0;
        try (LogCapture faults = LogCapture.of("ROOT")) {
            WireOrder.Bench bench = bench();
            for (; done < orders; done++) {
                if (wanted == null && System.nanoTime() - started > BUDGET) break;
                try {
                    run(bench, from + done, STEPS, null, faults);
                } catch (AssertionError | Exception e) {
                    throw shortest(from + done, faults, e);
                }
            }
        }
        assertThat(done).as("orders in the time of a build").isGreaterThan(100);
    }

    private AssertionError shortest(long seed, LogCapture faults, Throwable first) {
        for (int steps = 0; steps <= STEPS; steps++) {
            StringBuilder notes = new StringBuilder();
            try {
                run(bench(), seed, steps, notes, faults);
            } catch (AssertionError | Exception e) {
                return new AssertionError("order " + seed + " (-Dlb.orders.from=" + seed
                        + " -Dlb.orders=1) fails in its " + steps + " first steps:\n" + notes, e);
            }
        }
        return new AssertionError("order " + seed + " fails behind others only", first);
    }

    private static void run(WireOrder.Bench bench, long seed, int steps, StringBuilder notes, LogCapture faults) {
        int before = faults.lines().size();
        new WireOrder(seed, bench, notes).run(steps);
        List<String> lines = faults.lines();
        if (lines.size() > before) throw new AssertionError("logged: " + lines.subList(before, lines.size()));
    }

    private WireOrder.Bench bench() {
        ((Logger) LoggerFactory.getLogger(Pool.class)).setLevel(Level.ERROR);
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
        ManualTime time = new ManualTime();
        Lane lane = time.lane(neverRun, HEADS);
        EmbeddedConnections connections = new EmbeddedConnections(lane, HEADS, allocator);
        Exchanges exchanges = ExchangesFixture.over(lane, connections);
        ClientLimit clients = new ClientLimit(10, 0);
        Listener listener = new Listener(ListenAddress.every(0), clients, List.of(exchanges));
        Pool pool = pool();
        listener.change(RouteTable.to("main", pool, List.of()), Timeouts.DEFAULT, Limits.DEFAULT);
        return new WireOrder.Bench(time, exchanges, connections, listener, new Accepted(listener, exchanges), clients,
                pool.backends(), allocator);
    }

    @AfterAll static void letTheOthersSpeak() {
        ((Logger) LoggerFactory.getLogger(Pool.class)).setLevel(null);
    }

    private static Pool pool() {
        List<BackendConfig> configs = List.of(
                new BackendConfig("b0", "10.0.0.1", 80, 1, BackendConfig.State.READY),
                new BackendConfig("b1", "10.0.0.2", 80, 1, BackendConfig.State.READY));
        PoolConfig config = new PoolConfig("api", configs, BalanceConfig.DEFAULT, HealthConfig.DEFAULT,
                new RetryConfig(2, true, true), Timeouts.DEFAULT, Limits.DEFAULT, ConnectionsConfig.DEFAULT, true);
        List<Backend> backends = configs.stream().map(each -> new Backend(each, System::nanoTime)).toList();
        Pool pool = new Pool(config, backends, up -> affinity -> up.get(0), Runnable::run);
        pool.open();
        return pool;
    }
}
