package lb.config.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lb.config.AccessLogConfig;
import lb.config.LogConfig;
import lb.config.Quoted;

/** Reads {@code accessLog} and {@code log}. */
final class LogReading {
    private static final String OFF = "off";
    private static final Map<String, String> FORMATS_OR_OFF = Words.themselves(List.of("combined", "json", OFF));

    private final Values values;

    LogReading(Values values) {
        this.values = values;
    }

    /** @param node null when it is not in the file @return null when turned off */
    AccessLogConfig accessLog(Node node) {
        if (node == null || node.isFalse()) return null;
        if (!node.is(Node.Kind.OBJECT)) {
            String word = values.word(node, FORMATS_OR_OFF, "an object");
            return word == null || word.equals(OFF) ? null : AccessLogConfig.of(Words.ACCESS_LOG_FORMATS.get(word));
        }
        Fields fields = new Fields(node, Shape.ACCESS_LOG, values);
        return new AccessLogConfig(
                fields.word("format", AccessLogConfig.Format.COMBINED, Words.ACCESS_LOG_FORMATS),
                fields.parsed("to", AccessLogConfig.STDOUT, "\"stdout\" or a path", LogReading::target),
                fields.read("sample", 1.0, values::share),
                fields.read("redactHeaders", AccessLogConfig.DEFAULT_REDACTED, this::names));
    }

    /** A lone word is more likely a slip than a file in whatever folder lb was started from. */
    private static String target(String text) {
        if (text.equals(AccessLogConfig.STDOUT)) return text;
        if (text.indexOf('/') < 0) {
            throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected \"stdout\", or a path such "
                    + "as \"/var/log/lb/access.log\" or " + Quoted.of("./" + text));
        }
        try {
            Path.of(text);
            return text;
        } catch (InvalidPathException e) {
            // such as letters that the system's locale does not have
            throw new IllegalArgumentException(Quoted.of(text) + " is no path here: " + e.getReason());
        }
    }

    private Set<String> names(Node node) {
        if (!node.is(Node.Kind.LIST)) return values.wrong(node, "a list such as [\"Authorization\", \"Cookie\"]");
        Set<String> names = new TreeSet<>();
        for (Node item : node.items()) {
            String name = values.parsed(item, "the name of a header field", FieldNames::parse);
            if (name != null) names.add(name.toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /** @param node null when it is not in the file */
    LogConfig log(Node node) {
        LogConfig otherwise = LogConfig.DEFAULT;
        if (node == null) return otherwise;
        if (!node.is(Node.Kind.OBJECT)) {
            LogConfig.Format format = values.word(node, Words.LOG_FORMATS, "an object");
            return format == null ? otherwise : new LogConfig(format, otherwise.level());
        }
        Fields fields = new Fields(node, Shape.LOG, values);
        return new LogConfig(
                fields.word("format", otherwise.format(), Words.LOG_FORMATS),
                fields.word("level", otherwise.level(), Words.LEVELS));
    }
}
