package lb.proxy;

import java.util.Locale;
import lb.http.ConnectionOptions;
import lb.http.FieldName;
import lb.http.Framing;
import lb.http.Head;

/** Which requests may switch protocols (RFC 9110 §7.8). Threading: stateless. */
final class Upgrade {
    private Upgrade() {}

    /**
     * True when the client asks for another protocol in a way that may be passed on. Not in HTTP/1.0, where it means
     * nothing; not for h2c, which RFC 9113 took back and which would open a tunnel past every check; not with a body,
     * as a backend that switches before the body's end would get the rest of it, its framing included, as the tunnel's.
     */
    static boolean asked(Head request) {
        int line = request.find(FieldName.UPGRADE, 0);
        if (line < 0 || request.minor() == 0 || request.framing() == Framing.CHUNKED || request.contentLength() > 0) {
            return false;
        }
        if (request.find(FieldName.UPGRADE, line + 1) >= 0 || request.valueStart(line) == request.valueEnd(line)) {
            return false;
        }
        return ConnectionOptions.contains(request, "upgrade")
                && !ConnectionOptions.listContains(request, FieldName.UPGRADE, "h2c");
    }

    /** True when the backend's 101 names one of the protocols that were asked for. */
    static boolean agreed(Head request, Head response) {
        String protocol = response.value(FieldName.UPGRADE);
        return protocol != null && ConnectionOptions.contains(response, "upgrade")
                && ConnectionOptions.listContains(request, FieldName.UPGRADE, protocol.toLowerCase(Locale.ROOT));
    }
}
