package lb.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lb.config.route.RouteConfig;

/**
 * One whole config as the operator wrote it, with every default filled in. Immutable; compares by value.
 *
 * @param listeners      by name, in file order; at least one
 * @param pools          by name, in file order; at least one
 * @param timeouts       of the clients' side and of draining; pools carry their own
 * @param limits         of the clients' side; pools carry their own
 * @param trustedProxies peers whose forwarding fields are believed; default none
 * @param admin          or null when turned off
 * @param accessLog      or null when turned off
 * @param log            the program log
 * @param transport      which of the system's ways to do socket I/O; default auto
 */
public record Config(
        Map<String, ListenerConfig> listeners,
        Map<String, PoolConfig> pools,
        Timeouts timeouts,
        Limits limits,
        List<AddressRange> trustedProxies,
        AdminConfig admin,
        AccessLogConfig accessLog,
        LogConfig log,
        TransportChoice transport) {

    /** The name of the listener and of the pool that the root keys {@code listen} and {@code backends} make. */
    public static final String DEFAULT = "default";

    public Config {
        listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners));
        pools = Collections.unmodifiableMap(new LinkedHashMap<>(pools));
        trustedProxies = List.copyOf(trustedProxies);
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(transport, "transport");
        if (listeners.isEmpty()) throw new IllegalArgumentException("listeners: none (expected: at least one)");
        for (ListenerConfig listener : listeners.values()) {
            if (listener.pool() != null) demand(pools, "listeners." + listener.name(), listener.pool());
            for (RouteConfig route : listener.routes()) {
                String where = "listeners." + listener.name() + ": route " + route.name();
                for (String pool : route.pools()) demand(pools, where, pool);
            }
        }
    }

    private static void demand(Map<String, PoolConfig> pools, String where, String pool) {
        if (!pools.containsKey(pool)) throw new IllegalArgumentException(where + ": no pool " + pool);
    }

    /** One listener, one pool and every default: what {@code --listen} and {@code --backend} ask for. */
    public static Config of(ListenAddress listen, List<BackendConfig> backends) {
        return new Config(
                Map.of(DEFAULT, new ListenerConfig(DEFAULT, listen, DEFAULT)),
                Map.of(DEFAULT, PoolConfig.of(DEFAULT, backends)),
                Timeouts.DEFAULT, Limits.DEFAULT, List.of(), AdminConfig.DEFAULT, null, LogConfig.DEFAULT,
                TransportChoice.AUTO);
    }
}
