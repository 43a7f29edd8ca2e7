package lb.config;

import java.time.Duration;
import java.util.List;

/**
 * Sessions that stay with their backend: by a cookie that lb sets, or by one of the application's.
 *
 * @param cookie   the name of lb's own cookie; null when {@code learn} is given
 * @param learn    the name of the application's session cookie; null when {@code cookie} is given
 * @param ttl      how long a session stays without a request; null until the browser is closed
 * @param secure   the cookie's {@code Secure} for every client; default false: for those who come by https
 * @param sameSite the cookie's {@code SameSite}; default LAX
 * @param domain   the cookie's {@code Domain}, or null: only the host that was asked
 * @param path     the cookie's {@code Path}; default {@code /}
 * @param keys     secrets: the first signs, all are believed, so that they can be rotated. With none, a key is made of
 *                 the pool's and the cookie's name, which guards against slips but not against a forger
 */
public record StickyConfig(String cookie, String learn, Duration ttl, boolean secure, SameSite sameSite, String domain,
        String path, List<String> keys) {
    /** RFC 6265bis §5.6.7. */
    public enum SameSite { STRICT, LAX, NONE }

    public static final Duration MAX_TTL = Duration.ofDays(400);
    public static final int MIN_KEY = 16;
    public static final String DEFAULT_PATH = "/";

    public StickyConfig {
        if ((cookie == null) == (learn == null)) {
            throw new IllegalArgumentException("sticky: " + cookie + ", " + learn + " (expected: cookie or learn)");
        }
        if (ttl != null) Bounds.within("ttl", ttl, MAX_TTL);
        keys = List.copyOf(keys);
        for (String key : keys) {
            if (key.length() < MIN_KEY) {
                throw new IllegalArgumentException("keys: one of " + key.length() + " characters (expected: at least "
                        + MIN_KEY + ")");
            }
        }
    }

    public static StickyConfig cookie(String name) {
        return new StickyConfig(name, null, null, false, SameSite.LAX, null, DEFAULT_PATH, List.of());
    }

    /** The same with another cookie of lb's own. */
    public StickyConfig named(String other) {
        return new StickyConfig(other, null, ttl, secure, sameSite, domain, path, keys);
    }

    /** Without the secrets. */
    @Override public String toString() {
        return (cookie != null ? "cookie " + cookie : "learn " + learn) + (ttl == null ? "" : " ttl " + Units.show(ttl))
                + " keys " + keys.size();
    }
}
