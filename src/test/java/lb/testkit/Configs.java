package lb.testkit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import lb.config.AccessLogConfig;
import lb.config.AddressRange;
import lb.config.AdminConfig;
import lb.config.BackendConfig;
import lb.config.BalanceConfig;
import lb.config.Config;
import lb.config.ConnectionsConfig;
import lb.config.HealthConfig;
import lb.config.Limits;
import lb.config.ListenAddress;
import lb.config.ListenerConfig;
import lb.config.LogConfig;
import lb.config.OutlierConfig;
import lb.config.PoolConfig;
import lb.config.PreferenceConfig;
import lb.config.RetryConfig;
import lb.config.Timeouts;
import lb.config.WhenNoneEligible;

/**
 * Configs for tests: one listener on a port of the kernel's choice, one pool of backends on the loopback address, the
 * documented defaults, but no health checks, so that a scripted backend sees nothing but the test's requests, and no
 * slow start, so that it sees its share of them at once.
 */
public final class Configs {
    private final List<BackendConfig> backends = new ArrayList<>();
    private final List<AddressRange> trusted = new ArrayList<>();
    private int port;
    private Duration connect = Duration.ofSeconds(3);
    private Duration response = Duration.ofSeconds(60);
    private Duration stream = Duration.ofSeconds(60);
    private Duration upgrade = Duration.ofHours(1);
    private Duration clientHeaders = Duration.ofSeconds(10);
    private Duration clientIdle = Duration.ofSeconds(60);
    private Duration drain = Duration.ofSeconds(5);
    private Limits limits = Limits.DEFAULT;
    private HealthConfig health;
    private RetryConfig retry = new RetryConfig(2, true, true);
    private ConnectionsConfig connections = new ConnectionsConfig(0, Duration.ofSeconds(30), 32);
    private AccessLogConfig accessLog;
    private AdminConfig admin;
    private BalanceConfig balance = BalanceConfig.DEFAULT;
    private boolean preserveHost = true;
    private OutlierConfig outlier = OutlierConfig.DEFAULT;
    private Duration slowStart = Duration.ZERO;
    private WhenNoneEligible whenNoneEligible = WhenNoneEligible.FAIL;

    private Configs() {}

    /** Backends on these ports of the loopback address, each of weight 1. */
    public static Configs of(int... ports) {
        Configs configs = new Configs();
        IntStream.of(ports).forEach(port -> configs.backend(port, 1));
        return configs;
    }

    /** @param weight 0–256 */
    public Configs backend(int port, int weight) {
        return backend(port, weight, BackendConfig.State.READY);
    }

    public Configs backend(int port, int weight, BackendConfig.State state) {
        backends.add(new BackendConfig("127.0.0.1:" + port, "127.0.0.1", port, weight, state));
        return this;
    }

    /** Where the listener is; 0, the default, lets the kernel choose. */
    public Configs port(int port) {
        this.port = port;
        return this;
    }

    public Configs connect(Duration timeout) {
        connect = timeout;
        return this;
    }

    public Configs response(Duration timeout) {
        response = timeout;
        return this;
    }

    public Configs stream(Duration timeout) {
        stream = timeout;
        return this;
    }

    public Configs upgrade(Duration timeout) {
        upgrade = timeout;
        return this;
    }

    public Configs clientHeaders(Duration timeout) {
        clientHeaders = timeout;
        return this;
    }

    public Configs clientIdle(Duration timeout) {
        clientIdle = timeout;
        return this;
    }

    public Configs drain(Duration timeout) {
        drain = timeout;
        return this;
    }

    /** Changes some of the limits, such as {@code l -> new Limits(1024, l.headerCount(), …)}. */
    public Configs limits(UnaryOperator<Limits> change) {
        limits = change.apply(limits);
        return this;
    }

    public Configs health(HealthConfig health) {
        this.health = health;
        return this;
    }

    public Configs retry(RetryConfig retry) {
        this.retry = retry;
        return this;
    }

    public Configs connections(ConnectionsConfig connections) {
        this.connections = connections;
        return this;
    }

    /** The peers in this range, such as {@code 127.0.0.0/8}, are believed. */
    public Configs trust(String network, int prefix) {
        try {
            trusted.add(new AddressRange(InetAddress.getByName(network), prefix));
            return this;
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** A line of JSON for every exchange. */
    public Configs accessLog(Path file) {
        return accessLog(AccessLogConfig.Format.JSON, file);
    }

    /** A line for every exchange. */
    public Configs accessLog(AccessLogConfig.Format format, Path file) {
        accessLog = new AccessLogConfig(format, file.toString(), 1, Set.of());
        return this;
    }

    /** The admin listener on a port of the kernel's choice. */
    public Configs admin() {
        admin = new AdminConfig(new ListenAddress("127.0.0.1", 0));
        return this;
    }

    public Configs balance(BalanceConfig balance) {
        this.balance = balance;
        return this;
    }

    public Configs preserveHost(boolean preserveHost) {
        this.preserveHost = preserveHost;
        return this;
    }

    /** @param outlier or null: nobody is ejected */
    public Configs outlier(OutlierConfig outlier) {
        this.outlier = outlier;
        return this;
    }

    public Configs slowStart(Duration slowStart) {
        this.slowStart = slowStart;
        return this;
    }

    public Configs whenNoneEligible(WhenNoneEligible whenNoneEligible) {
        this.whenNoneEligible = whenNoneEligible;
        return this;
    }

    public Config build() {
        Timeouts timeouts = new Timeouts(connect, response, stream, upgrade, clientHeaders, clientIdle, drain);
        ListenAddress address = new ListenAddress("127.0.0.1", port);
        ListenerConfig listener = new ListenerConfig(Config.DEFAULT, address, Config.DEFAULT);
        PoolConfig pool = new PoolConfig(Config.DEFAULT, List.copyOf(backends), balance, health, retry, timeouts,
                limits, connections, preserveHost, outlier, slowStart, whenNoneEligible, null,
                PreferenceConfig.DEFAULT);
        return new Config(Map.of(Config.DEFAULT, listener), Map.of(Config.DEFAULT, pool), timeouts, limits,
                List.copyOf(trusted), admin, accessLog,
                new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.INFO), Setup.standard().transport());
    }
}
