package lb.config.file;

import java.util.Set;

/**
 * What is planned to stand in the file and what lb does not have yet: it is refused by that name, so that nobody looks
 * for a slip of the pen. Whoever builds a thing takes its line out here.
 */
final class NotYet {
    private record Key(Shape shape, String key) {}

    private static final Set<Key> KEYS = Set.of(
            new Key(Shape.ROOT, "discover"),
            new Key(Shape.ROOT, "tls"),
            new Key(Shape.LISTENER, "http2"),
            new Key(Shape.LISTENER, "proxyProtocol"),
            new Key(Shape.LISTENER, "redirectToHttps"),
            new Key(Shape.LISTENER, "tls"),
            new Key(Shape.POOL, "discover"),
            new Key(Shape.POOL, "tls"),
            new Key(Shape.BACKEND, "maxConnections"),
            new Key(Shape.ADMIN, "dashboard"),
            new Key(Shape.ADMIN, "metrics"),
            new Key(Shape.ADMIN, "token"));

    private NotYet() {}

    static boolean key(Shape shape, String key) {
        return KEYS.contains(new Key(shape, key));
    }
}
