package lb.filter;

import java.nio.charset.StandardCharsets;
import lb.http.FieldName;
import lb.http.Head;

/**
 * The {@code ETag} of a response whose bytes change on their way: it still stands for the same content, but no longer
 * for the same bytes, and so becomes weak (RFC 9110 §8.8.1). Clients come back with the weak one, which backends take
 * for the same when they compare it as §13.1.2 says.
 *
 * <pre>
 * If-None-Match: "v0", W/"v1"     304 with ETag: "v1"     the client knows W/"v1", and reads that
 * If-None-Match: "v1"             304 with ETag: "v1"     it got those very bytes once, and reads "v1"
 * </pre>
 *
 * <p>Threading: stateless.
 */
final class EntityTag {
    private static final byte[] WEAK = "ETag: W/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CRLF = {'\r', '\n'};

    private EntityTag() {}

    /** Leaves one that is weak, or malformed, and one that an edit has taken away. */
    static void weaken(Head response) {
        int line = strong(response);
        if (line < 0) return;
        response.removeAll(FieldName.ETAG);
        response.append(WEAK);
        response.appendOwn(response.valueStart(line), response.valueEnd(line));
        response.append(CRLF);
    }

    /** Whether the request named the response's tag as a weak one, which the response itself has as a strong one. */
    static boolean askedForWeakly(Head response, Head request) {
        int tag = strong(response);
        if (tag < 0) return false;
        for (int line = 0; line < request.count(); line++) {
            if (request.name(line) != FieldName.OTHER) continue;
            boolean asks = request.is(request.nameStart(line), request.nameEnd(line), "if-none-match", true);
            if (asks && containsWeakly(request, line, response, tag)) return true;
        }
        return false;
    }

    /** The line of a strong tag, or -1. */
    private static int strong(Head response) {
        int line = response.find(FieldName.ETAG, 0);
        if (line < 0 || response.removed(line)) return -1;
        int start = response.valueStart(line);
        return start < response.valueEnd(line) && response.octet(start) == '"' ? line : -1;
    }

    /** A tag has no quotes inside, so that its octets with their quotes stand nowhere but for themselves. */
    private static boolean containsWeakly(Head request, int line, Head response, int tag) {
        int start = response.valueStart(tag);
        int length = response.valueEnd(tag) - start;
        int last = request.valueEnd(line) - length;
        for (int at = request.valueStart(line) + 2; at <= last; at++) {
            if (request.octet(at - 1) != '/' || request.octet(at - 2) != 'W') continue;
            int same = 0;
            while (same < length && request.octet(at + same) == response.octet(start + same)) same++;
            if (same == length) return true;
        }
        return false;
    }
}
