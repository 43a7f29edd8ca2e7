package lb.filter;

import java.nio.charset.StandardCharsets;
import lb.config.route.RewriteConfig;
import lb.http.Head;
import lb.proxy.Exchange;
import lb.proxy.Filter;

/**
 * Another path for the backend, made from the octets that would have gone on; the query stays as it is.
 *
 * <pre>
 * stripPrefix /api                   /api/users?a=1 → /users?a=1    /api → /    /apiary → /apiary
 *                                    /api//evil.example → /evil.example: with two slashes it would be a host to some
 * addPrefix /v2                      /users → /v2/users             / → /v2/
 * stripPrefix /api, addPrefix /v2    /api/users → /v2/users
 * path /index.html                   /users?a=1 → /index.html?a=1
 * </pre>
 *
 * A prefix means the same with a slash at its end. {@code OPTIONS *} stays what it is.
 *
 * <p>Threading: immutable.
 */
final class Rewrite implements Filter {
    /** In place of the whole path, or null. */
    private final byte[] path;
    /** Without a slash at its end; empty for none. */
    private final byte[] strip;
    private final byte[] add;

    Rewrite(RewriteConfig config) {
        path = config.path() == null ? null : ascii(absolute(config.path()));
        strip = prefix(config.stripPrefix());
        add = prefix(config.addPrefix());
    }

    @Override public void backendRequest(Head head, Exchange exchange) {
        if (!PathSpan.none(head)) head.target(target(head));
    }

    private byte[] target(Head head) {
        int end = PathSpan.end(head);
        int start = path == null ? rest(head, end) : end;
        byte[] front = path == null ? add : path;
        // also where an absolute-form target has no path at all
        boolean slash = path == null && (start == end || head.octet(start) != '/');
        byte[] target = new byte[front.length + (slash ? 1 : 0) + head.pathEnd() - start];
        System.arraycopy(front, 0, target, 0, front.length);
        int at = front.length;
        if (slash) target[at++] = '/';
        for (int i = start; i < head.pathEnd(); i++) target[at++] = head.octet(i);
        return target;
    }

    /** Where what the prefix leaves begins, of several slashes with the last. */
    private int rest(Head head, int end) {
        int taken = stripped(head, end);
        int start = head.pathStart() + taken;
        while (taken > 0 && start + 1 < end && head.octet(start) == '/' && head.octet(start + 1) == '/') start++;
        return start;
    }

    /** Octets of the path that the prefix takes away. */
    private int stripped(Head head, int end) {
        int start = head.pathStart();
        int after = start + strip.length;
        if (after > end || after < end && head.octet(after) != '/') return 0;
        for (int i = 0; i < strip.length; i++) {
            if (head.octet(start + i) != strip[i]) return 0;
        }
        return strip.length;
    }

    private static byte[] prefix(String text) {
        if (text == null) return new byte[0];
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') end--;
        return end == 0 ? new byte[0] : ascii(absolute(text.substring(0, end)));
    }

    private static String absolute(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
