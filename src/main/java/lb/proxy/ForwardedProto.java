package lb.proxy;

import lb.http.Head;

/**
 * The protocol in the first element of a {@code Forwarded} (RFC 7239 §5.4), which is that of the client itself.
 *
 * <pre>
 * for=192.0.2.43;<b>proto=https</b>, for=10.0.0.1;proto=http     https
 * for="[2001:db8::1]:80"; Proto="HTTPS"              https
 * for=192.0.2.43, for=10.0.0.1;proto=https           not said
 * </pre>
 *
 * Threading: stateless.
 */
final class ForwardedProto {
    private static final String NAME = "proto=";

    private ForwardedProto() {}

    /** @param protocol in small letters @param end of the line's value */
    static boolean is(String protocol, Head head, int start, int end) {
        for (int at = start; at < end; ) {
            while (at < end && blank(head.octet(at))) at++;
            int stop = pairEnd(head, at, end);
            int value = at + NAME.length();
            if (value <= stop && head.is(at, value, NAME, true)) return valueIs(protocol, head, value, stop);
            if (stop < end && head.octet(stop) == ',') return false;
            at = stop + 1;
        }
        return false;
    }

    private static boolean valueIs(String protocol, Head head, int start, int stop) {
        int from = start;
        int to = stop;
        while (to > from && blank(head.octet(to - 1))) to--;
        if (to - from >= 2 && head.octet(from) == '"' && head.octet(to - 1) == '"') {
            from++;
            to--;
        }
        return head.is(from, to, protocol, true);
    }

    /** Where a semicolon or comma ends it that stands in no quotes (RFC 9110 §5.6.4). */
    private static int pairEnd(Head head, int start, int end) {
        boolean quoted = false;
        for (int at = start; at < end; at++) {
            byte octet = head.octet(at);
            if (octet == '"') quoted = !quoted;
            else if (quoted && octet == '\\') at++;
            else if (!quoted && (octet == ';' || octet == ',')) return at;
        }
        return end;
    }

    private static boolean blank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
