package lb.sticky;

import lb.http.FieldName;
import lb.http.Head;

/**
 * The values of one cookie in a request, where they stand in its head:
 *
 * <pre>
 * Cookie: a=1; <i>name</i>=<b>x</b>;<i>name</i>=<b>"y"</b>
 * Cookie: <i>name</i>=<b>z</b>
 * </pre>
 *
 * Names are told apart by case, quotes are part of the value (RFC 6265 §5.4, which sends back what was set). No more
 * than {@value #MOST} of them are looked at: a client may send as many as its head can hold. Event loop only.
 */
final class RequestCookies {
    static final int MOST = 8;

    private final Head request;
    private final String name;
    private int line;
    private int at;
    private int lineEnd;
    private int looked;
    private int start;
    private int end;

    RequestCookies(Head request, String name) {
        this.request = request;
        this.name = name;
        line = -1;
    }

    /** Goes to the next value. False when there is none, or enough were looked at. */
    boolean next() {
        if (looked == MOST) return false;
        while (at < lineEnd || nextLine()) {
            int stop = indexOf(';', at, lineEnd);
            int from = at;
            at = stop + 1;
            while (from < stop && space(from)) from++;
            int equals = indexOf('=', from, stop);
            if (equals == stop || !request.is(from, equals, name, false)) continue;
            start = equals + 1;
            end = stop;
            while (end > start && space(end - 1)) end--;
            looked++;
            return true;
        }
        return false;
    }

    /** Where the value begins. */
    int start() {
        return start;
    }

    int end() {
        return end;
    }

    private boolean nextLine() {
        line = request.find(FieldName.COOKIE, line + 1);
        if (line < 0) {
            looked = MOST;
            return false;
        }
        at = request.valueStart(line);
        lineEnd = request.valueEnd(line);
        return true;
    }

    private boolean space(int position) {
        byte octet = request.octet(position);
        return octet == ' ' || octet == '\t';
    }

    /** Where the octet is, or {@code end}. */
    private int indexOf(char octet, int from, int to) {
        int position = from;
        while (position < to && request.octet(position) != octet) position++;
        return position;
    }
}
