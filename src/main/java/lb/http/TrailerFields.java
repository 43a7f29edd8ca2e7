package lb.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which fields may stand behind a body (RFC 9110 §6.5.1). Whoever merges trailers into the head must not be told
 * anything there that frames or routes the message, authenticates, modifies the request, controls the response or says
 * how to read the content. What lb does not know is kept, and so is what is made to come late.
 *
 * <pre>
 * dropped   Content-Length, Host, Authorization, Cache-Control, Cache_Control, If-Match, Set-Cookie, Location
 * kept      Grpc-Status, Server-Timing, Digest, Content-Digest, ETag, Authentication-Info, X-Anything
 * </pre>
 *
 * Threading: stateless.
 */
final class TrailerFields {
    private static final Set<String> UNFIT = Set.of(
            "age", "allow", "alt-svc", "cache-control", "clear-site-data", "expires", "location", "origin",
            "pragma", "range", "refresh", "set-cookie2", "strict-transport-security", "vary", "warning",
            "www-authenticate");
    private static final List<String> UNFIT_BEGINNINGS = List.of(
            "access-control-", "content-", "if-", "proxy-", "sec-", "x-forwarded-");
    /** RFC 9530 §2: an integrity field that a sender computes while it sends. */
    private static final Set<String> MADE_FOR_TRAILERS = Set.of("content-digest");

    private TrailerFields() {}

    /** Marks the lines removed that must not come in a trailer. */
    static void dropUnfit(Head trailers) {
        for (int i = 0; i < trailers.count(); i++) {
            boolean known = trailers.name(i) != FieldName.OTHER && trailers.name(i) != FieldName.ETAG;
            if (known || unfit(trailers.nameText(i))) trailers.remove(i);
        }
    }

    private static boolean unfit(String received) {
        // some origins read an underscore as a hyphen
        String name = received.toLowerCase(Locale.ROOT).replace('_', '-');
        if (MADE_FOR_TRAILERS.contains(name)) return false;
        return UNFIT.contains(name) || UNFIT_BEGINNINGS.stream().anyMatch(name::startsWith);
    }
}
