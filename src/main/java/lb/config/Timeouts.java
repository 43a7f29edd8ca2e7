package lb.config;

import java.time.Duration;

/**
 * Deadlines, each from 1ms to 30 days. The first four belong to a pool, the rest to the process.
 *
 * @param connect       a connection to a backend; default 3s
 * @param response      from the request sent to the response's head; default 60s
 * @param stream        no byte either way during a body; default 60s
 * @param upgrade       no byte either way in a tunnel; default 1h
 * @param clientHeaders from a request's first byte to the end of its head, not prolonged by bytes; default 10s
 * @param clientIdle    between requests of a client; default 60s
 * @param drain         how long running exchanges may go on when lb stops or their backend is removed; default 25s
 */
public record Timeouts(
        Duration connect,
        Duration response,
        Duration stream,
        Duration upgrade,
        Duration clientHeaders,
        Duration clientIdle,
        Duration drain) {

    public static final Duration MAX = Duration.ofDays(30);
    public static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(3), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofHours(1),
            Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(25));

    public Timeouts {
        Bounds.within("connect", connect, MAX);
        Bounds.within("response", response, MAX);
        Bounds.within("stream", stream, MAX);
        Bounds.within("upgrade", upgrade, MAX);
        Bounds.within("clientHeaders", clientHeaders, MAX);
        Bounds.within("clientIdle", clientIdle, MAX);
        Bounds.within("drain", drain, MAX);
    }
}
