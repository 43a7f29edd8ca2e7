package lb.sticky;

import lb.http.FieldName;
import lb.http.Head;

/**
 * The values that a response of a backend gives to one cookie, where they stand in its head:
 *
 * <pre>
 * Set-Cookie: <i>name</i>=<b>x</b>; Path=/; HttpOnly
 * Set-Cookie: <i>name</i>=; Path=/                      not one: deleted
 * Set-Cookie: <i>name</i>=x; Max-Age=0                  not one: deleted
 * </pre>
 *
 * A deletion by an Expires in the past is not told from the rest: nobody sends back what it deletes. Lines that were
 * taken out of the response do not count. Event loop only.
 */
final class ResponseCookies {
    private final Head response;
    private final String name;
    private int line = -1;
    private int start;
    private int end;

    ResponseCookies(Head response, String name) {
        this.response = response;
        this.name = name;
    }

    /** Goes to the next value. False when there is none. */
    boolean next() {
        while ((line = response.find(FieldName.SET_COOKIE, line + 1)) >= 0) {
            if (!response.removed(line) && sets()) return true;
        }
        return false;
    }

    int line() {
        return line;
    }

    /** Where the value begins. */
    int start() {
        return start;
    }

    int end() {
        return end;
    }

    private boolean sets() {
        int from = response.valueStart(line);
        int lineEnd = response.valueEnd(line);
        int stop = indexOf(';', from, lineEnd);
        int equals = indexOf('=', from, stop);
        if (equals == stop || !response.is(from, trimmed(from, equals), name, false)) return false;
        start = skipped(equals + 1, stop);
        end = trimmed(start, stop);
        boolean quotesOnly = end - start == 2 && response.octet(start) == '"' && response.octet(start + 1) == '"';
        return end > start && !quotesOnly && !deletes(stop, lineEnd);
    }

    /** RFC 6265 §5.2.2: a Max-Age that is not above zero. The last one counts. */
    private boolean deletes(int from, int lineEnd) {
        boolean deletes = false;
        for (int at = from + 1; at < lineEnd; ) {
            int stop = indexOf(';', at, lineEnd);
            int equals = indexOf('=', at, stop);
            int nameStart = skipped(at, equals);
            if (equals < stop && response.is(nameStart, trimmed(nameStart, equals), "max-age", true)) {
                int value = skipped(equals + 1, stop);
                int valueEnd = trimmed(value, stop);
                while (value < valueEnd && response.octet(value) == '0') value++;
                deletes = value == valueEnd || response.octet(value) == '-';
            }
            at = stop + 1;
        }
        return deletes;
    }

    private int skipped(int from, int to) {
        int position = from;
        while (position < to && space(position)) position++;
        return position;
    }

    private int trimmed(int from, int to) {
        int position = to;
        while (position > from && space(position - 1)) position--;
        return position;
    }

    private boolean space(int position) {
        byte octet = response.octet(position);
        return octet == ' ' || octet == '\t';
    }

    /** Where the octet is, or {@code end}. */
    private int indexOf(char octet, int from, int to) {
        int position = from;
        while (position < to && response.octet(position) != octet) position++;
        return position;
    }
}
