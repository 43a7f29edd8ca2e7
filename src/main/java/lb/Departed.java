package lb;

import java.util.HashMap;
import java.util.Map;
import lb.config.BackendConfig;
import lb.pool.Backend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backends that the running config has no more and whose exchanges have not ended. One that is added to the same pool
 * again meanwhile, with the same id and address, is that very object: it goes on with its counters, its connections'
 * count and what is in flight, and no limit is exceeded because two objects count for one server.
 *
 * <p>Threading: control thread.
 */
final class Departed {
    private static final Logger log = LoggerFactory.getLogger(Departed.class);

    private final Map<Key, Backend> draining = new HashMap<>();

    private record Key(String pool, String id, String host, int port) {
        static Key of(String pool, BackendConfig config) {
            return new Key(pool, config.id(), config.host(), config.port());
        }
    }

    /** It has just left its pool. */
    void add(String pool, Backend backend) {
        if (backend.inFlight() == 0) return;
        draining.put(Key.of(pool, backend.config()), backend);
        log.info("pool={} backend={} removed; {} running exchanges go on", pool, backend.id(), backend.inFlight());
    }

    /** Changes nothing, as the topology that asks may never run. @return null when there is none */
    Backend find(String pool, BackendConfig config) {
        return draining.get(Key.of(pool, config));
    }

    /** Now and then, and after each reload: forgets those that are back and those that have nothing in flight. */
    void purge() {
        draining.entrySet().removeIf(entry -> {
            Backend backend = entry.getValue();
            if (!backend.removed()) {
                log.info("pool={} backend={} is back before its exchanges ended; {} go on",
                        entry.getKey().pool, backend.id(), backend.inFlight());
                return true;
            }
            if (backend.inFlight() > 0) return false;
            log.info("pool={} backend={} removed: its last exchange has ended", entry.getKey().pool, backend.id());
            return true;
        });
    }

    int size() {
        return draining.size();
    }
}
