package lb.config.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import lb.config.Bounds;

/** Where the requests of a route go. */
public sealed interface RouteTarget {

    /**
     * To pools.
     *
     * @param split the weight of each pool by its name, in file order; 0–1,000,000 each, at least one above 0. One
     *              entry for a route with {@code "pool"}
     */
    record Forward(Map<String, Integer> split) implements RouteTarget {
        public static final int MAX_WEIGHT = 1_000_000;

        public Forward {
            split = Collections.unmodifiableMap(new LinkedHashMap<>(split));
            split.values().forEach(weight -> Bounds.within("weight", weight, 0, MAX_WEIGHT));
            if (split.values().stream().allMatch(weight -> weight == 0)) {
                throw new IllegalArgumentException("split: nobody (expected: a pool with a weight above 0)");
            }
        }

        public static Forward to(String pool) {
            return new Forward(Map.of(pool, 1));
        }

        /** {@code shop}, {@code shop 95, next 5}. */
        @Override public String toString() {
            if (split.size() == 1) return split.keySet().iterator().next();
            return split.entrySet().stream().map(each -> each.getKey() + " " + each.getValue())
                    .collect(Collectors.joining(", "));
        }
    }

    /**
     * Nowhere: the client is told to ask elsewhere.
     *
     * @param location of the {@code Location} field
     * @param status   301, 302, 303, 307 or 308; default 308
     */
    record Redirect(Template location, int status) implements RouteTarget {
        public static final int DEFAULT_STATUS = 308;

        public Redirect {
            Objects.requireNonNull(location, "location");
            if (!allows(status)) {
                throw new IllegalArgumentException("status: " + status + " (expected: 301, 302, 303, 307 or 308)");
            }
        }

        public static boolean allows(int status) {
            return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        }
    }

    /**
     * Nowhere: lb answers.
     *
     * @param status      200–599
     * @param body        UTF-8; may be empty; at most 64 KiB
     * @param contentType of the body; default {@code text/plain; charset=utf-8}
     */
    record Respond(int status, String body, String contentType) implements RouteTarget {
        public static final String TEXT = "text/plain; charset=utf-8";
        public static final int MAX_BODY = 64 * 1024;
        public static final int DEFAULT_STATUS = 200;
        public static final int MIN_STATUS = 200;
        public static final int MAX_STATUS = 599;

        public Respond {
            Bounds.within("status", status, MIN_STATUS, MAX_STATUS);
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(contentType, "contentType");
        }
    }
}
