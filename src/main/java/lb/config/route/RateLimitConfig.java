package lb.config.route;

import java.time.Duration;
import java.util.Objects;
import lb.config.Bounds;
import lb.config.HashSource;

/**
 * How many requests one key may make.
 *
 * @param key      what of a request tells one client from another; default {@code clientIp}
 * @param requests in each period; 1–1,000,000
 * @param period   a second, a minute or an hour
 * @param burst    how many may come at once; 1–1,000,000, default as many as {@code requests}
 * @param keys     how many are kept in mind; 1,000–10,000,000, default 100,000. Beyond that, those who used least of
 *                 their share are forgotten
 */
public record RateLimitConfig(HashSource key, int requests, Duration period, int burst, int keys) {
    public static final int MOST = 1_000_000;
    public static final int MIN_KEYS = 1_000;
    public static final int MAX_KEYS = 10_000_000;
    public static final int DEFAULT_KEYS = 100_000;
    public static final HashSource DEFAULT_KEY = HashSource.parse("clientIp");

    public RateLimitConfig {
        Objects.requireNonNull(key, "key");
        Bounds.within("burst", burst, 1, MOST);
        Bounds.within("keys", keys, MIN_KEYS, MAX_KEYS);
        new RequestRate(requests, period);          // which refuses what is out of range
    }

    /** With every default. */
    public static RateLimitConfig of(RequestRate rate) {
        return new RateLimitConfig(DEFAULT_KEY, rate.requests(), rate.period(), rate.requests(), DEFAULT_KEYS);
    }

    public RequestRate rate() {
        return new RequestRate(requests, period);
    }
}
