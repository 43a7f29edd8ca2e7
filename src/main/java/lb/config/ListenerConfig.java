package lb.config;

import java.util.Objects;

/**
 * @param name   its key under {@code listeners}, or {@code default}
 * @param listen where clients connect
 * @param pool   the pool that gets every request of this listener; default {@code default}
 */
public record ListenerConfig(String name, ListenAddress listen, String pool) {
    public ListenerConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(listen, "listen");
        Objects.requireNonNull(pool, "pool");
    }
}
