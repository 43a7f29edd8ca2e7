package lb.config.file;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The objects of the file and the keys that lb knows in each. The schema holds the same; a test compares. */
enum Shape {
    ROOT("listen", "backends", "listeners", "pools", "balance", "health", "retry", "timeouts", "limits", "connections",
            "preserveHost", "outlier", "slowStart", "whenNoneEligible", "trustedProxies", "admin",
            "accessLog", "log", "transport"),
    LISTENER("listen", "pool"),
    POOL(ROOT, "backends", "balance", "health", "retry", "timeouts", "limits", "connections", "preserveHost",
            "outlier", "slowStart", "whenNoneEligible"),
    BACKEND("url", "id", "weight", "state", "backup"),
    BALANCE("hash"),
    HEALTH("path", "expect", "interval", "timeout", "rise", "fall"),
    EXPECT("status"),
    RETRY("attempts", "on", "within", "budget"),
    TIMEOUTS("connect", "response", "stream", "upgrade", "clientHeaders", "clientIdle", "drain"),
    POOL_TIMEOUTS(TIMEOUTS, "connect", "response", "stream", "upgrade"),
    LIMITS("headers", "headerCount", "line", "body", "bodyRate", "connections", "connectionsPerClient"),
    POOL_LIMITS(LIMITS, "body"),
    CONNECTIONS("maxPerBackend", "idle", "maxIdle", "queue", "queueTimeout"),
    OUTLIER("consecutiveFailures", "eject", "maxEject", "maxEjected", "on", "successRate", "overruleProbes"),
    SUCCESS_RATE("below", "minRequests", "window"),
    ADMIN("listen"),
    ACCESS_LOG("format", "to", "sample", "redactHeaders"),
    LOG("format", "level");

    private final Shape atRoot;
    private final Set<String> keys;

    Shape(String... keys) {
        this(null, keys);
    }

    /** @param atRoot the same object as it stands at the root, with more keys */
    Shape(Shape atRoot, String... keys) {
        this.atRoot = atRoot;
        this.keys = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(keys)));
    }

    Set<String> keys() {
        return keys;
    }

    /** True for a key that means the whole process and so cannot stand in a pool. */
    boolean onlyAtRoot(String key) {
        return atRoot != null && atRoot.keys.contains(key);
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
