package lb.http;

/**
 * Standard fields that are for the backend or the client behind it and that lb has no other use for. Connection must
 * not nominate such a field (RFC 9110 §7.6.1); a peer that does so anyway would have a proxy take away what a backend
 * relies on: who asks from where, what is asked for, what the content is.
 *
 * <pre>
 * kept       Origin, Range, If-Match, Sec-Fetch-Site, Content-Language, Access-Control-Request-Method, WWW-Authenticate
 * removed    X-Anything, what nobody here knows
 * </pre>
 *
 * Threading: stateless.
 */
final class EndToEnd {
    private static final String[] NAMES = {
        "age", "alt-svc", "allow", "expires", "from", "last-modified", "link", "location", "origin", "pragma",
        "priority", "range", "server", "strict-transport-security", "traceparent", "tracestate", "www-authenticate"
    };
    private static final String[] BEGINNINGS = {
        "accept-", "access-control-", "authentication-", "content-", "if-", "sec-", "x-csrf-", "x-xsrf-"
    };

    private EndToEnd() {}

    /** True when these bytes of the head, in any case, are the name of one. */
    static boolean named(Head head, int from, int to) {
        for (String name : NAMES) {
            if (head.is(from, to, name, true)) return true;
        }
        for (String beginning : BEGINNINGS) {
            int end = from + beginning.length();
            if (end < to && head.is(from, end, beginning, true)) return true;
        }
        return false;
    }
}
