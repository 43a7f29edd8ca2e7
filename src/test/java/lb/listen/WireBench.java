package lb.listen;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
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
import org.slf4j.LoggerFactory;

/** A lane with a listener and a pool, all of it without a network and on a clock that only the test moves. */
final class WireBench {
    private static final HeadLimits HEADS = new HeadLimits(16 << 10, 100, 8 << 10);
    private static final DefaultEventLoop NEVER_RUN = new DefaultEventLoop();

    private WireBench() {}

    /** With nobody connected, and two backends that nobody has dialled. */
    static WireOrder.Bench fresh() {
        ((Logger) LoggerFactory.getLogger(Pool.class)).setLevel(Level.ERROR);
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
        ManualTime time = new ManualTime();
        Lane lane = time.lane(NEVER_RUN, HEADS);
        EmbeddedConnections connections = new EmbeddedConnections(lane, HEADS, allocator);
        Exchanges exchanges = ExchangesFixture.over(lane, connections);
        ClientLimit clients = new ClientLimit(10, 0);
        Listener listener = new Listener(ListenAddress.every(0), clients, List.of(exchanges));
        Pool pool = pool();
        listener.change(RouteTable.to("main", pool, List.of()), Timeouts.DEFAULT, Limits.DEFAULT);
        return new WireOrder.Bench(time, exchanges, connections, listener, new Accepted(listener, exchanges), clients,
                pool.backends(), allocator);
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
