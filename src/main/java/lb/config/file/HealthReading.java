package lb.config.file;

import java.time.Duration;
import lb.config.HealthConfig;
import lb.config.Quoted;
import lb.config.StatusRanges;
import lb.config.Units;

/** Reads {@code health}: {@code false}, {@code "/healthz"}, or an object whose missing keys are those of the root. */
final class HealthReading {
    private static final String PATH = "a path such as \"/healthz\"";

    private final Values values;

    HealthReading(Values values) {
        this.values = values;
    }

    /** @param base what missing keys are, or null when checks are off there @return null when turned off */
    HealthConfig read(Node node, HealthConfig base) {
        if (node.isFalse()) return null;
        HealthConfig from = base == null ? HealthConfig.DEFAULT : base;
        if (node.is(Node.Kind.OBJECT)) return object(new Fields(node, Shape.HEALTH, values), from);
        String path = values.parsed(node, PATH + ", an object, or false", HealthReading::path);
        return path == null ? from
                : new HealthConfig(path, from.expect(), from.interval(), from.timeout(), from.rise(), from.fall());
    }

    private HealthConfig object(Fields fields, HealthConfig base) {
        String path = base.path();
        if (fields.has("path")) {
            Node written = fields.node("path");
            path = written.isFalse() ? null : values.parsed(written, PATH + ", or false", HealthReading::path);
        }
        // a refused interval is one problem: it must not make the timeout a second one
        Duration otherwise = fields.has("interval") ? HealthConfig.MAX_INTERVAL : base.interval();
        Duration interval = fields.duration("interval", otherwise, HealthConfig.MAX_INTERVAL);
        Duration timeout = fields.duration("timeout", shorter(base.timeout(), interval), HealthConfig.MAX_INTERVAL);
        if (timeout.compareTo(interval) > 0) {
            values.problems().add(fields.node("timeout"), Units.write(timeout)
                    + " is longer than the interval; expected at most " + Units.write(interval));
            timeout = interval;
        }
        StatusRanges expect = fields.read("expect", base.expect(), this::expect);
        if (path == null) {
            if (fields.has("expect") && !refused(fields, "path")) {
                values.problems().addAtKey(fields.node("expect"), "means nothing for a TCP connect; add a \"path\"");
            }
            expect = StatusRanges.DEFAULT;
        }
        int rise = fields.whole("rise", base.rise(), 1, HealthConfig.MAX_IN_A_ROW);
        int fall = fields.whole("fall", base.fall(), 1, HealthConfig.MAX_IN_A_ROW);
        return new HealthConfig(path, expect, interval, timeout, rise, fall);
    }

    /** True when the key is there with a value that was refused, which is one problem and not two. */
    private static boolean refused(Fields fields, String key) {
        return fields.has(key) && !fields.node(key).isFalse();
    }

    private StatusRanges expect(Node node) {
        if (!node.is(Node.Kind.OBJECT)) return values.wrong(node, "an object such as { \"status\": \"200-399\" }");
        Fields fields = new Fields(node, Shape.EXPECT, values);
        return fields.read("status", null, status -> {
            if (status.is(Node.Kind.NUMBER)) {
                Integer one = values.whole(status, 100, 599, ", or a range such as \"200-399\"");
                return one == null ? null : StatusRanges.parse(one.toString());
            }
            return values.parsed(status, "statuses such as \"200-399\"", StatusRanges::parse);
        });
    }

    private static String path(String text) {
        if (HealthConfig.isPath(text)) return text;
        throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected " + PATH);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
