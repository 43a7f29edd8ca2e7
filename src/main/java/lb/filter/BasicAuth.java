package lb.filter;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import lb.config.route.BasicAuthConfig;
import lb.http.Failure;
import lb.http.FieldName;
import lb.http.Head;
import lb.proxy.Exchange;
import lb.proxy.Filter;
import lb.proxy.LocalAnswer;

/**
 * Who may come, by name and password (RFC 7617). What was checked here is not forwarded: the password is for lb, no
 * backend needs to know it. A backend that wants a password of its own gets it by an edit of the request's fields,
 * which comes later.
 *
 * <p>Threading: immutable.
 */
final class BasicAuth implements Filter {
    private static final String SCHEME = "basic ";

    private final Map<String, Secret> users = new HashMap<>();
    private final Secret nobody = Secret.nobodys();
    private final LocalAnswer challenge;

    /** @throws IllegalArgumentException for a realm that cannot stand in a field, or a malformed secret */
    BasicAuth(BasicAuthConfig config) {
        config.users().forEach((name, secret) -> users.put(name, Secret.parse(secret)));
        challenge = LocalAnswer.refusal(Failure.UNAUTHORIZED,
                "WWW-Authenticate: Basic realm=" + QuotedText.of(config.realm()) + ", charset=\"UTF-8\"\r\n");
    }

    @Override public LocalAnswer request(Exchange exchange) {
        return admits(exchange.request()) ? null : challenge;
    }

    @Override public void backendRequest(Head head, Exchange exchange) {
        head.removeAll(FieldName.AUTHORIZATION);
    }

    private boolean admits(Head request) {
        int line = request.find(FieldName.AUTHORIZATION, 0);
        if (line < 0 || request.find(FieldName.AUTHORIZATION, line + 1) >= 0) return false;
        byte[] credentials = credentials(request, request.valueStart(line), request.valueEnd(line));
        int colon = 0;
        while (colon < credentials.length && credentials[colon] != ':') colon++;
        if (colon == credentials.length) return false;
        Secret secret = users.get(new String(credentials, 0, colon, StandardCharsets.UTF_8));
        return (secret == null ? nobody : secret).is(credentials, colon + 1, credentials.length);
    }

    /** Of {@code Basic dXNlcjpwYXNz} the octets {@code user:pass}; none where it is something else. */
    private static byte[] credentials(Head request, int start, int end) {
        int at = start + SCHEME.length();
        if (at > end || !request.is(start, at, SCHEME, true)) return new byte[0];
        while (at < end && request.octet(at) == ' ') at++;
        try {
            return Base64.getDecoder().decode(request.text(at, end));
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }
}
