package lb.config;

import java.time.Duration;

/**
 * How a backend is checked.
 *
 * @param path     of an HTTP GET, or null for a TCP connect
 * @param expect   statuses that pass; default 200–399; without meaning for TCP
 * @param interval between the starts of two probes; up to 1 day, default 5s; each is moved by up to a tenth, so that
 *                 probes spread
 * @param timeout  of one probe, connect included; at most the interval, so that a backend never has two probes at once;
 *                 default 2s, or the interval where that is shorter
 * @param rise     passes in a row that turn a backend up; 1–100, default 2
 * @param fall     failures in a row that turn a backend down; 1–100, default 3
 */
public record HealthConfig(String path, StatusRanges expect, Duration interval, Duration timeout, int rise, int fall) {
    public static final int MAX_IN_A_ROW = 100;
    public static final Duration MAX_INTERVAL = Duration.ofDays(1);
    public static final HealthConfig DEFAULT =
            new HealthConfig(null, StatusRanges.DEFAULT, Duration.ofSeconds(5), Duration.ofSeconds(2), 2, 3);

    private static final int MAX_PATH = 2048;

    public HealthConfig {
        if (path != null && !isPath(path)) {
            throw new IllegalArgumentException("path: " + Quoted.of(path) + " (expected: a path such as /healthz)");
        }
        Bounds.within("interval", interval, MAX_INTERVAL);
        Bounds.within("timeout", timeout, interval);
        Bounds.within("rise", rise, 1, MAX_IN_A_ROW);
        Bounds.within("fall", fall, 1, MAX_IN_A_ROW);
    }

    /** Begins with a slash; visible ASCII only, as it goes into a request line; no fragment, which is never sent. */
    public static boolean isPath(String text) {
        if (!text.startsWith("/") || text.length() > MAX_PATH) return false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') return false;
        }
        return true;
    }
}
