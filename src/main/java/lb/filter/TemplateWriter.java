package lb.filter;

import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import lb.config.route.Template;
import lb.http.Head;
import lb.proxy.Exchange;

/**
 * A template made ready: it appends its text to a head, filled in from the request as received. What a request can fill
 * in was checked when it was read and holds neither spaces nor controls; a host is filled in only if it looks like a
 * name or an address, else its place stays empty.
 *
 * <p>Threading: immutable.
 */
final class TemplateWriter {
    private static final byte[] HTTP = ascii("http");
    private static final byte[] HTTPS = ascii("https");
    private static final byte[] SLASH = {'/'};

    /** Of each piece one of the two, the other null. */
    private final byte[][] texts;
    private final Template.What[] places;

    TemplateWriter(Template template) {
        List<Template.Piece> pieces = template.pieces();
        texts = new byte[pieces.size()][];
        places = new Template.What[pieces.size()];
        for (int i = 0; i < texts.length; i++) {
            if (pieces.get(i) instanceof Template.Text plain) texts[i] = ascii(plain.text());
            else places[i] = ((Template.Place) pieces.get(i)).what();
        }
    }

    void append(Head out, Exchange exchange) {
        for (int i = 0; i < texts.length; i++) {
            if (texts[i] != null) out.append(texts[i]);
            else append(out, places[i], exchange);
        }
    }

    /** True where every place of this kind in it can be filled in. */
    boolean fits(Head request) {
        for (Template.What place : places) {
            if (place == Template.What.HOST && hostEnd(request) == request.hostStart()) return false;
        }
        return true;
    }

    private static void append(Head out, Template.What place, Exchange exchange) {
        Head request = exchange.request();
        switch (place) {
            case SCHEME -> out.append(exchange.https() ? HTTPS : HTTP);
            case HOST -> host(out, request);
            case PATH -> path(out, request);
            case QUERY -> out.append(request, PathSpan.end(request), request.pathEnd());
            case URI -> {
                path(out, request);
                out.append(request, PathSpan.end(request), request.pathEnd());
            }
            case METHOD -> out.append(request, 0, request.methodEnd());
            case CLIENT_IP -> out.append(ascii(NetUtil.toAddressString(exchange.client())));
            case REQUEST_ID -> out.append(ascii(exchange.record().id()));
        }
    }

    /** One slash where the request has no path, which is what goes on to a backend, too. */
    private static void path(Head out, Head request) {
        int end = PathSpan.end(request);
        if (end == request.pathStart() || PathSpan.none(request)) out.append(SLASH);
        else out.append(request, request.pathStart(), end);
    }

    private static void host(Head out, Head request) {
        int start = request.hostStart();
        int end = hostEnd(request);
        for (int i = start; i < end; i++) {
            if (request.octet(i) < 'A' || request.octet(i) > 'Z') continue;
            out.append(ascii(request.text(start, end).toLowerCase(Locale.ROOT)));
            return;
        }
        out.append(request, start, end);
    }

    /** Where the host without its port ends; at its beginning when it has octets that no name or address has. */
    private static int hostEnd(Head request) {
        int start = request.hostStart();
        boolean brackets = start < request.hostEnd() && request.octet(start) == '[';
        int at = start;
        while (at < request.hostEnd() && (brackets || request.octet(at) != ':')) {
            byte octet = request.octet(at++);
            if (brackets && octet == ']') break;
            boolean fits = octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z' || octet >= '0' && octet <= '9'
                    || octet == '.' || (brackets ? octet == ':' || octet == '[' : octet == '-' || octet == '_');
            if (!fits) return start;
        }
        return at;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
