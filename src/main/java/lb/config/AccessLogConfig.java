package lb.config;

import java.util.Set;

/**
 * @param format        of a record; default combined
 * @param to            {@code stdout}, the default, or a file's path
 * @param sample        share of exchanges that are logged; 0–1, default 1; failed ones always are
 * @param redactHeaders names, in lower case, whose values are hidden; default authorization, cookie
 */
public record AccessLogConfig(Format format, String to, double sample, Set<String> redactHeaders) {
    public enum Format { COMBINED, JSON }

    public static final String STDOUT = "stdout";
    public static final Set<String> DEFAULT_REDACTED = Set.of("authorization", "cookie");

    public AccessLogConfig {
        if (!(sample >= 0 && sample <= 1)) {
            throw new IllegalArgumentException("sample: " + sample + " (expected: 0–1)");
        }
        if (to.isEmpty()) throw new IllegalArgumentException("to: \"\" (expected: stdout or a path)");
        redactHeaders = Set.copyOf(redactHeaders);
    }

    /** Everything, to stdout. */
    public static AccessLogConfig of(Format format) {
        return new AccessLogConfig(format, STDOUT, 1, DEFAULT_REDACTED);
    }
}
