package lb.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The field names that lb itself looks at; every other name is {@link #OTHER}. Found once, while a head is parsed, so
 * that no later step compares names.
 */
public enum FieldName {
    OTHER(""),
    /** A name known to lb but spelled with an underscore, which some origins read as a hyphen: never forwarded. */
    UNDERSCORED(""),
    HOST("host"),
    CONNECTION("connection"),
    CONTENT_LENGTH("content-length"),
    TRANSFER_ENCODING("transfer-encoding"),
    TE("te"),
    TRAILER("trailer"),
    UPGRADE("upgrade"),
    KEEP_ALIVE("keep-alive"),
    PROXY_CONNECTION("proxy-connection"),
    PROXY_AUTHENTICATE("proxy-authenticate"),
    PROXY_AUTHORIZATION("proxy-authorization"),
    HTTP2_SETTINGS("http2-settings"),
    EXPECT("expect"),
    MAX_FORWARDS("max-forwards"),
    VIA("via"),
    DATE("date"),
    FORWARDED("forwarded"),
    X_FORWARDED_FOR("x-forwarded-for"),
    X_FORWARDED_PROTO("x-forwarded-proto"),
    X_FORWARDED_HOST("x-forwarded-host"),
    X_FORWARDED_PORT("x-forwarded-port"),
    X_FORWARDED_SERVER("x-forwarded-server"),
    X_FORWARDED_SSL("x-forwarded-ssl"),
    X_FORWARDED_SCHEME("x-forwarded-scheme"),
    X_FORWARDED_PREFIX("x-forwarded-prefix"),
    /** Any other name that begins with {@code x-forwarded-}. */
    X_FORWARDED_REST(""),
    X_REAL_IP("x-real-ip"),
    COOKIE("cookie"),
    SET_COOKIE("set-cookie"),
    AUTHORIZATION("authorization"),
    ACCEPT("accept"),
    USER_AGENT("user-agent"),
    REFERER("referer"),
    RETRY_AFTER("retry-after"),
    IDEMPOTENCY_KEY("idempotency-key"),
    CONTENT_ENCODING("content-encoding"),
    CONTENT_TYPE("content-type"),
    CONTENT_RANGE("content-range"),
    ACCEPT_ENCODING("accept-encoding"),
    ACCEPT_RANGES("accept-ranges"),
    CACHE_CONTROL("cache-control"),
    ETAG("etag"),
    VARY("vary");

    private static final byte[] FORWARDED_PREFIX = "x-forwarded-".getBytes(StandardCharsets.US_ASCII);
    private static final FieldName[] BY_ORDINAL = values();
    private static final int TABLE = 512;
    private static final FieldName[] BY_HASH = new FieldName[TABLE];

    static {
        for (FieldName each : BY_ORDINAL) {
            if (each.lower.length == 0) continue;
            int slot = slot(hash(each.lower, 0, each.lower.length));
            while (BY_HASH[slot] != null) slot = (slot + 1) & (TABLE - 1);
            BY_HASH[slot] = each;
        }
    }

    private final byte[] lower;
    private final String text;

    FieldName(String text) {
        this.text = text;
        this.lower = text.getBytes(StandardCharsets.US_ASCII);
    }

    static FieldName of(byte ordinal) {
        return BY_ORDINAL[ordinal];
    }

    /**
     * The known name that these bytes spell, in any case, with {@code _} read as {@code -} (which is why a caller that
     * must not be fooled asks for the underscore too), or {@link #OTHER}.
     *
     * @param hash of the folded bytes, as {@link #fold} and {@link #step} make it
     */
    static FieldName lookup(int hash, byte[] bytes, int start, int end) {
        for (int slot = slot(hash); BY_HASH[slot] != null; slot = (slot + 1) & (TABLE - 1)) {
            if (BY_HASH[slot].spelled(bytes, start, end)) return BY_HASH[slot];
        }
        return end - start >= FORWARDED_PREFIX.length && prefixed(bytes, start) ? X_FORWARDED_REST : OTHER;
    }

    static FieldName lookup(byte[] bytes, int start, int end) {
        return lookup(hash(bytes, start, end), bytes, start, end);
    }

    static int step(int hash, byte folded) {
        return hash * 31 + folded;
    }

    /** In lower case, as documents write it. */
    @Override public String toString() {
        return text.isEmpty() ? name().toLowerCase(Locale.ROOT) : text;
    }

    private boolean spelled(byte[] bytes, int start, int end) {
        if (end - start != lower.length) return false;
        for (int i = 0; i < lower.length; i++) {
            if (Octets.fold(bytes[start + i]) != lower[i]) return false;
        }
        return true;
    }

    private static boolean prefixed(byte[] bytes, int start) {
        for (int i = 0; i < FORWARDED_PREFIX.length; i++) {
            if (Octets.fold(bytes[start + i]) != FORWARDED_PREFIX[i]) return false;
        }
        return true;
    }

    private static int hash(byte[] bytes, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) hash = step(hash, Octets.fold(bytes[i]));
        return hash;
    }

    private static int slot(int hash) {
        return (hash ^ (hash >>> 9) ^ (hash >>> 18)) & (TABLE - 1);
    }
}
