package lb.admin;

import io.netty.handler.codec.http.FullHttpRequest;
import java.util.Map;

/**
 * A request to the admin listener that found its page.
 *
 * @param request the caller's still
 * @param path    without the query, as it was sent
 * @param parts   of the path, by the names in the pattern, decoded
 */
record Call(FullHttpRequest request, String path, Map<String, String> parts) {
    String part(String name) {
        return parts.get(name);
    }
}
