package lb.config;

import java.util.List;
import java.util.Objects;
import lb.config.route.RouteConfig;

/**
 * @param name   its key under {@code listeners}, or {@code default}
 * @param listen where clients connect
 * @param routes asked in this order; default none
 * @param shared the routes are those of the root, and one with every other listener that has them: what they count,
 *               they count once; default true
 * @param pool   gets the requests that no route takes; default {@code default}; null when there is no such pool: then
 *               they are answered with 404
 */
public record ListenerConfig(String name, ListenAddress listen, List<RouteConfig> routes, boolean shared, String pool) {
    public ListenerConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(listen, "listen");
        routes = List.copyOf(routes);
        if (pool == null && routes.isEmpty()) {
            throw new IllegalArgumentException("pool: none, and no routes (expected: one or the other)");
        }
    }

    /** Without routes. */
    public ListenerConfig(String name, ListenAddress listen, String pool) {
        this(name, listen, List.of(), true, pool);
    }
}
