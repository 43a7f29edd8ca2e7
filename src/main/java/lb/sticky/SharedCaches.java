package lb.sticky;

import lb.http.ConnectionOptions;
import lb.http.FieldName;
import lb.http.Head;

/**
 * Whether a response says of itself that caches may give it to everybody (RFC 9111 §5.2.2): a cookie in it would give
 * one client's session to all.
 *
 * <pre>
 * Cache-Control: public, max-age=60       yes
 * Cache-Control: s-maxage=60              yes
 * Cache-Control: s-maxage=60, private     no, nor with no-store
 * Cache-Control: max-age=60               no: not on purpose
 * </pre>
 *
 * Threading: stateless.
 */
final class SharedCaches {
    private static final String FOR_SHARED = "s-maxage=";

    private SharedCaches() {}

    static boolean mayStore(Head response) {
        if (!response.has(FieldName.CACHE_CONTROL) || says(response, "private") || says(response, "no-store")) {
            return false;
        }
        return says(response, "public") || hasAgeForShared(response);
    }

    private static boolean says(Head response, String directive) {
        return ConnectionOptions.listContains(response, FieldName.CACHE_CONTROL, directive);
    }

    private static boolean hasAgeForShared(Head response) {
        int line = -1;
        while ((line = response.find(FieldName.CACHE_CONTROL, line + 1)) >= 0) {
            boolean begins = true;
            int last = response.valueEnd(line) - FOR_SHARED.length();
            for (int at = response.valueStart(line); at <= last; at++) {
                if (begins && response.is(at, at + FOR_SHARED.length(), FOR_SHARED, true)) return true;
                byte octet = response.octet(at);
                begins = octet == ',' || begins && (octet == ' ' || octet == '\t');
            }
        }
        return false;
    }
}
