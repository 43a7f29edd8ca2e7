package lb.admin;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which page answers which method and path. The first pattern that fits wins; {@code {name}} stands for any one
 * segment. HEAD is taken wherever GET is.
 *
 * <pre>
 * /api/v1/pools/{pool}/backends/{id}   /api/v1/pools/api/backends/10.0.0.7%3A8080 → pool "api", id "10.0.0.7:8080"
 * </pre>
 *
 * Threading: immutable once built.
 */
final class Routes {
    private final List<Route> routes = new ArrayList<>();

    private record Route(HttpMethod method, List<String> pattern, Page page) {
        /** The named segments, or null when the path is another. */
        Map<String, String> match(List<String> segments) {
            if (segments.size() != pattern.size()) return null;
            Map<String, String> parts = new LinkedHashMap<>();
            for (int i = 0; i < segments.size(); i++) {
                String expected = pattern.get(i);
                if (expected.startsWith("{")) parts.put(expected.substring(1, expected.length() - 1), segments.get(i));
                else if (!expected.equals(segments.get(i))) return null;
            }
            return parts;
        }
    }

    Routes add(HttpMethod method, String pattern, Page page) {
        routes.add(new Route(method, List.of(pattern.split("/", -1)), page));
        return this;
    }

    /** @param request the caller's still */
    Answer answer(FullHttpRequest request) {
        String path = path(request.uri());
        List<String> segments = segments(path);
        if (segments == null) return Answer.problem(400, "Bad Request", "the path is malformed", path);
        HttpMethod method = request.method().equals(HttpMethod.HEAD) ? HttpMethod.GET : request.method();
        Set<String> allowed = new LinkedHashSet<>();
        for (Route route : routes) {
            Map<String, String> parts = route.match(segments);
            if (parts == null) continue;
            if (route.method.equals(method)) return route.page.answer(new Call(request, path, parts));
            allowed.add(route.method.name());
            if (route.method.equals(HttpMethod.GET)) allowed.add(HttpMethod.HEAD.name());
        }
        if (allowed.isEmpty()) return Answer.notFound("there is nothing here", path);
        return Answer.notAllowed(String.join(", ", allowed), path);
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** Decoded one by one, so that an encoded slash ends no segment; null when the path is malformed. */
    private static List<String> segments(String path) {
        if (!path.startsWith("/")) return null;
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            String decoded = decoded(segment);
            if (decoded == null) return null;
            segments.add(decoded);
        }
        return segments;
    }

    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) return segment;
        byte[] octets = segment.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < octets.length; i++) {
            byte octet = octets[i];
            if (octet == '%') {
                if (i + 2 >= octets.length) return null;
                int high = Character.digit(octets[++i], 16);
                int low = Character.digit(octets[++i], 16);
                if (high < 0 || low < 0) return null;
                octet = (byte) (high << 4 | low);
            }
            octets[length++] = octet;
        }
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }
}
