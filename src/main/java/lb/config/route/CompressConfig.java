package lb.config.route;

import java.util.List;
import lb.config.Bounds;

/**
 * Responses are sent with gzip to clients that accept it.
 *
 * @param types   media types without parameters, such as {@code text/html}, or {@code text/*}
 * @param minSize responses known to be smaller are left as they are; bytes, 0–1 GiB, default 1 KiB
 */
public record CompressConfig(List<String> types, long minSize) {
    public static final long DEFAULT_MIN_SIZE = 1024;
    public static final long MAX_MIN_SIZE = 1L << 30;
    public static final CompressConfig DEFAULT = new CompressConfig(List.of("text/*", "application/json",
            "application/javascript", "application/xml", "application/xhtml+xml", "application/rss+xml",
            "application/atom+xml", "application/manifest+json", "application/problem+json", "application/ld+json",
            "application/wasm", "image/svg+xml"), DEFAULT_MIN_SIZE);

    public CompressConfig {
        types = List.copyOf(types);
        if (types.isEmpty()) throw new IllegalArgumentException("types: none (expected: at least one)");
        Bounds.within("minSize", minSize, 0, MAX_MIN_SIZE);
    }
}
