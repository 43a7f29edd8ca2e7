package lb.connect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Keep-Alive: timeout=5, max=100} (RFC 2068 §19.7.1.1): how long a backend keeps an unused connection. A hint,
 * so what is odd is passed over. Threading: stateless.
 */
final class KeepAliveHint {
    static final long NONE = -1;
    private static final Pattern TIMEOUT =
            Pattern.compile("(?:^|[,\\s])timeout\\s*=\\s*\"?(\\d{1,9})", Pattern.CASE_INSENSITIVE);

    private KeepAliveHint() {}

    /** @param value of the field @return seconds, or {@link #NONE} */
    static long seconds(String value) {
        Matcher timeout = TIMEOUT.matcher(value);
        return timeout.find() ? Long.parseLong(timeout.group(1)) : NONE;
    }
}
