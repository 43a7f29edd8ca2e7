package lb.config;

import java.time.Duration;

/**
 * How many connections there are to a pool's backends, how they are kept, and who waits for one.
 *
 * @param maxPerBackend connections to one backend at the same time, 1–65536, or 0 for no limit (default)
 * @param idle          how long an unused connection is kept; up to 30 days, default 30s
 * @param maxIdle       unused connections kept per backend and event loop; 0–65536, default 32
 * @param queue         requests that wait while all backends are at their limit; 0–65536, default 0
 * @param queueTimeout  the longest wait; up to 30 days, default 1s
 */
public record ConnectionsConfig(int maxPerBackend, Duration idle, int maxIdle, int queue, Duration queueTimeout) {
    public static final int MAX = 65536;                                // ports of one address towards one backend
    public static final int MAX_QUEUE = 65536;
    public static final ConnectionsConfig DEFAULT = new ConnectionsConfig(0, Duration.ofSeconds(30), 32);

    public ConnectionsConfig {
        Bounds.within("maxPerBackend", maxPerBackend, 0, MAX);
        Bounds.within("idle", idle, Timeouts.MAX);
        Bounds.within("maxIdle", maxIdle, 0, MAX);
        Bounds.within("queue", queue, 0, MAX_QUEUE);
        Bounds.within("queueTimeout", queueTimeout, Timeouts.MAX);
    }

    /** Where nobody waits. */
    public ConnectionsConfig(int maxPerBackend, Duration idle, int maxIdle) {
        this(maxPerBackend, idle, maxIdle, 0, Duration.ofSeconds(1));
    }
}
