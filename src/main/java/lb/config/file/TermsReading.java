package lb.config.file;

import java.time.Duration;
import lb.config.Limits;
import lb.config.RetryConfig;
import lb.config.Timeouts;
import lb.config.route.TermsConfig;

/** Reads {@code timeouts}, {@code retry} and {@code limits} of a route; what is missing is the pool's. */
final class TermsReading {
    private final Values values;
    private final RetryConfig retry;

    /** @param retry what a route's {@code retry} begins with */
    TermsReading(Values values, RetryConfig retry) {
        this.values = values;
        this.retry = retry;
    }

    TermsConfig read(Fields route) {
        Fields timeouts = object(route.node("timeouts"), Shape.ROUTE_TIMEOUTS, "{ \"response\": \"10s\" }");
        Fields limits = object(route.node("limits"), Shape.ROUTE_LIMITS, "{ \"body\": \"10MiB\" }");
        return new TermsConfig(
                timeout(timeouts, "connect"),
                timeout(timeouts, "response"),
                timeout(timeouts, "stream"),
                timeout(timeouts, "upgrade"),
                route.read("retry", null, node -> new RetryReading(values).ofRoute(node, retry)),
                limits == null ? null : limits.read("body", null, this::body));
    }

    private Fields object(Node node, Shape shape, String example) {
        if (node == null) return null;
        return node.is(Node.Kind.OBJECT) ? new Fields(node, shape, values)
                : values.wrong(node, "an object such as " + example);
    }

    private static Duration timeout(Fields timeouts, String key) {
        return timeouts == null ? null : timeouts.duration(key, null, Timeouts.MAX);
    }

    private Long body(Node node) {
        return node.isFalse() ? Long.valueOf(Limits.NONE)
                : values.size(node, 0, Limits.MAX_BODY, ", or false for no limit");
    }
}
