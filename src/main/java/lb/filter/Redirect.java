package lb.filter;

import lb.config.route.RouteTarget;
import lb.config.route.Template;
import lb.http.Failure;
import lb.http.Head;
import lb.proxy.Exchange;
import lb.proxy.Filter;
import lb.proxy.LocalAnswer;

/**
 * Tells the client to ask elsewhere. Where the config names no other server, no request can: a location that begins
 * with two slashes, or what browsers read as such, would lead to whatever host the client wrote into its path.
 *
 * <pre>
 * location /new{uri}        GET /a          → /new/a
 * location {path}/          GET //evil.example → /evil.example/
 * location https://{host}{uri} without a host to fill in → 400
 * </pre>
 *
 * <p>Threading: immutable.
 */
final class Redirect implements Filter {
    private static final LocalAnswer NO_HOST = LocalAnswer.refusal(Failure.REQUEST_HOST, "");

    private final TemplateWriter location;
    private final int status;
    private final boolean sameServer;

    Redirect(RouteTarget.Redirect target) {
        location = new TemplateWriter(target.location());
        status = target.status();
        String begins = target.location().pieces().get(0) instanceof Template.Text plain ? plain.text() : "";
        boolean scheme = target.location().toString().startsWith("{scheme}");
        sameServer = !scheme && !begins.startsWith("//") && begins.indexOf(':') < 0;
    }

    @Override public LocalAnswer request(Exchange exchange) {
        if (!location.fits(exchange.request())) return NO_HOST;
        String text = text(exchange);
        return LocalAnswer.of(status, "Location: " + (sameServer ? oneSlash(text) : text) + "\r\n");
    }

    private String text(Exchange exchange) {
        Head head = exchange.lane().heads().acquire();
        location.append(head, exchange);
        String text = head.appended();
        exchange.lane().heads().release(head);
        return text;
    }

    private static String oneSlash(String location) {
        int at = 0;
        while (at < location.length() && (location.charAt(at) == '/' || location.charAt(at) == '\\')) at++;
        return at < 2 ? location : "/" + location.substring(at);
    }
}
