package lb.config.file;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The objects of the file and the keys that lb knows in each. The schema holds the same; a test compares. */
enum Shape {
    ROOT("listen", "backends", "listeners", "pools", "balance", "health", "retry", "timeouts", "limits", "connections",
            "preserveHost", "outlier", "slowStart", "whenNoneEligible", "sticky", "zone", "enoughEligible", "routes",
            "trustedProxies", "admin", "accessLog", "log", "transport"),
    LISTENER("listen", "pool", "routes"),
    POOL(ROOT, Level.POOL, "backends", "balance", "health", "retry", "timeouts", "limits", "connections",
            "preserveHost", "outlier", "slowStart", "whenNoneEligible", "sticky", "zone", "enoughEligible"),
    BACKEND("url", "id", "weight", "state", "backup", "priority", "zone"),
    BALANCE("hash"),
    HEALTH("path", "expect", "interval", "timeout", "rise", "fall"),
    EXPECT("status"),
    RETRY("attempts", "on", "within", "budget"),
    TIMEOUTS("connect", "response", "stream", "upgrade", "clientHeaders", "clientIdle", "drain"),
    POOL_TIMEOUTS(TIMEOUTS, Level.POOL, "connect", "response", "stream", "upgrade"),
    LIMITS("headers", "headerCount", "line", "body", "bodyRate", "connections", "connectionsPerClient"),
    POOL_LIMITS(LIMITS, Level.POOL, "body"),
    CONNECTIONS("maxPerBackend", "idle", "maxIdle", "queue", "queueTimeout"),
    OUTLIER("consecutiveFailures", "eject", "maxEject", "maxEjected", "on", "successRate", "overruleProbes"),
    SUCCESS_RATE("below", "minRequests", "window"),
    STICKY("cookie", "learn", "ttl", "secure", "sameSite", "domain", "path", "keys"),
    ROUTE("name", "match", "pool", "split", "redirect", "respond", "allow", "deny", "basicAuth", "rateLimit", "rewrite",
            "headers", "compress", "mirror", "timeouts", "retry", "limits"),
    MATCH("host", "path", "method", "header", "query"),
    REDIRECT("to", "status"),
    RESPOND("status", "body", "contentType"),
    BASIC_AUTH("realm", "users"),
    RATE_LIMIT("key", "rate", "burst", "keys"),
    REWRITE("path", "stripPrefix", "addPrefix"),
    HEADERS("request", "response"),
    EDITS("set", "add", "remove"),
    COMPRESS("types", "minSize"),
    MIRROR("pool", "share", "inFlight"),
    ROUTE_TIMEOUTS(TIMEOUTS, Level.ROUTE, "connect", "response", "stream", "upgrade"),
    ROUTE_RETRY(RETRY, Level.ROUTE, "attempts", "on", "within"),
    ROUTE_LIMITS(LIMITS, Level.ROUTE, "body"),
    ADMIN("listen"),
    ACCESS_LOG("format", "to", "sample", "redactHeaders"),
    LOG("format", "level");

    /** Where objects stand that have fewer keys than at the root. */
    private enum Level {
        POOL("stands at the root of the file only, not in a pool"),
        ROUTE("does not stand in a route; it is the pool's or the root's");

        private final String misplaced;

        Level(String misplaced) {
            this.misplaced = misplaced;
        }
    }

    private final Shape atRoot;
    private final Level level;
    private final Set<String> keys;

    Shape(String... keys) {
        this(null, null, keys);
    }

    /** @param atRoot the same object as it stands at the root, with more keys */
    Shape(Shape atRoot, Level level, String... keys) {
        this.atRoot = atRoot;
        this.level = level;
        this.keys = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(keys)));
    }

    Set<String> keys() {
        return keys;
    }

    /** What is said of a key that belongs to more than a pool or a route; null for any other key. */
    String misplaced(String key) {
        return atRoot != null && atRoot.keys.contains(key) ? level.misplaced : null;
    }

    /** True for a key that lb knows or does not look at. */
    boolean allows(String key) {
        return keys.contains(key) || isNote(key) || this == ROOT && key.equals("$schema");
    }

    /** {@code "//…"} and {@code "x-…"} are the operator's own, in every object. */
    static boolean isNote(String key) {
        return key.startsWith("//") || key.startsWith("x-");
    }
}
