package lb.connect;

import lb.http.FieldName;
import lb.http.Head;

/**
 * How long a backend keeps an unused connection, where it says so (RFC 2068 §19.7.1.1). A hint, so what is odd is
 * passed over.
 *
 * <pre>
 * Keep-Alive: timeout=5, max=100     5
 * Keep-Alive: max=9, Timeout = "5"   5
 * Keep-Alive: timeout=soon           none
 * </pre>
 *
 * Many backends say it with each response, so no text is made of it. Threading: stateless.
 */
final class KeepAliveHint {
    static final long NONE = -1;

    private static final String NAME = "timeout";
    /** More are not read: some thirty years, or nonsense. */
    private static final int DIGITS = 9;

    private KeepAliveHint() {}

    /** Of several such lines the first one counts. @return seconds, or {@link #NONE} */
    static long seconds(Head response) {
        if (!response.has(FieldName.KEEP_ALIVE)) return NONE;
        int line = response.find(FieldName.KEEP_ALIVE, 0);
        int end = response.valueEnd(line);
        for (int at = response.valueStart(line); at < end; at++) {
            at = pastBlanks(response, at, end);
            int nameEnd = at + NAME.length();
            if (nameEnd < end && response.is(at, nameEnd, NAME, true)) return value(response, nameEnd, end);
            while (at < end && response.octet(at) != ',') at++;
        }
        return NONE;
    }

    /** Of {@code ="5"}, blanks or not. */
    private static long value(Head response, int start, int end) {
        int at = pastBlanks(response, start, end);
        if (at == end || response.octet(at) != '=') return NONE;
        at = pastBlanks(response, at + 1, end);
        if (at < end && response.octet(at) == '"') at++;
        int first = at;
        long number = 0;
        for (; at < end && at - first < DIGITS; at++) {
            int digit = response.octet(at) - '0';
            if (digit < 0 || digit > 9) break;
            number = number * 10 + digit;
        }
        return at == first ? NONE : number;
    }

    private static int pastBlanks(Head response, int start, int end) {
        int at = start;
        while (at < end && (response.octet(at) == ' ' || response.octet(at) == '\t')) at++;
        return at;
    }
}
