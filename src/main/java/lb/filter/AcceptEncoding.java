package lb.filter;

import lb.http.FieldName;
import lb.http.Head;

/**
 * What a client says about content codings (RFC 9110 §12.5.3).
 *
 * <pre>
 * gzip, br                     gzip
 * br;q=1, *;q=0.1              gzip
 * GZIP ; Q=0.5                 gzip
 * gzip;q=0, *                  not gzip
 * gzip;q=0.5, identity         not gzip: it would rather not
 * (empty, or no such line)     not gzip: nobody asked for it
 * </pre>
 *
 * <p>Threading: stateless.
 */
final class AcceptEncoding {
    private static final int NOT_SAID = -1;
    private static final int WHOLE = 1000;

    private AcceptEncoding() {}

    static boolean gzip(Head request) {
        int gzip = NOT_SAID;
        int any = NOT_SAID;
        int identity = NOT_SAID;
        for (int line = request.find(FieldName.ACCEPT_ENCODING, 0); line >= 0;
                line = request.find(FieldName.ACCEPT_ENCODING, line + 1)) {
            int end = request.valueEnd(line);
            for (int at = request.valueStart(line); at < end; ) {
                int stop = indexOf(',', request, at, end);
                int from = trimStart(request, at, stop);
                int parameters = indexOf(';', request, from, stop);
                int to = trimEnd(request, from, parameters);
                int quality = quality(request, parameters, stop);
                if (request.is(from, to, "gzip", true) || request.is(from, to, "x-gzip", true)) gzip = quality;
                else if (request.is(from, to, "*", false)) any = quality;
                else if (request.is(from, to, "identity", true)) identity = quality;
                at = stop + 1;
            }
        }
        if (gzip == NOT_SAID) gzip = any;
        return gzip > 0 && gzip >= identity;
    }

    /** Of {@code ;q=0.5}, in thousandths; 0 for what is malformed, as nothing is worse than an unreadable body. */
    private static int quality(Head request, int start, int end) {
        int at = trimStart(request, Math.min(start + 1, end), end);
        if (at == end) return WHOLE;
        if (end - at < 3 || !request.is(at, at + 2, "q=", true)) return 0;
        at += 2;
        int whole = request.octet(at++) - '0';
        int stop = trimEnd(request, at, end);
        if (whole != 0 && whole != 1) return 0;
        if (at < stop && request.octet(at++) != '.') return 0;
        if (stop - at > 3) return 0;
        int quality = whole;
        for (int i = 0; i < 3; i++) {
            int digit = at < stop ? request.octet(at++) - '0' : 0;
            if (digit < 0 || digit > 9) return 0;
            quality = quality * 10 + digit;
        }
        return Math.min(quality, WHOLE);
    }

    private static int indexOf(char octet, Head head, int start, int end) {
        int at = start;
        while (at < end && head.octet(at) != octet) at++;
        return at;
    }

    private static int trimStart(Head head, int from, int to) {
        while (from < to && blank(head.octet(from))) from++;
        return from;
    }

    private static int trimEnd(Head head, int from, int to) {
        while (to > from && blank(head.octet(to - 1))) to--;
        return to;
    }

    private static boolean blank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
