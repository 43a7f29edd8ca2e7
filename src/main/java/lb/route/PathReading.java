package lb.route;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import lb.http.Head;

/**
 * How a backend may take a path that it does not take as received. Backends differ in what they decode and in what they
 * remove from what they decoded, each in its own mixture, so a path that more than one route could claim must be looked
 * for in all of them:
 *
 * <pre>
 * decoded          UNRESERVED          ALL               removed        none           all
 * %61  %2E         a  .                a  .              /a;v=1/b       /a;v=1/b       /a/b
 * %2f  %5c  \      %2F  %5C  \         /                 /a//b          /a//b          /a/b
 * %20  %253a       %20  %253a          a space  %3a      /a/./b         /a/./b         /a/b
 * %00  %0a  %7f    %00  %0A  %7F       no reading        /a/x/../b      /a/x/../b      /a/b
 * %c0%ae           %C0%AE              .
 * </pre>
 *
 * What RFC 3986 §6.2.2 calls the same is one of them: unreserved octets decoded, dot segments removed, and nothing
 * else. Most others matter to a path such as {@code /admin%2f../x} only, which is {@code /x} to who removes dot
 * segments, {@code /admin/../x}, and so of the administrators, to who does not.
 *
 * <p>Threading: stateless.
 *
 * @param decoding   what of percent codes
 * @param parameters are removed: what follows a semicolon in a segment
 * @param empty      segments are removed
 * @param dots       dot segments are removed (RFC 3986 §5.2.4), after the others
 */
record PathReading(PathDecoding decoding, boolean parameters, boolean empty, boolean dots) {
    private static final int REMOVALS = 8;
    private static final int REMOVES_DOTS = 4;
    private static final int REMOVES_EMPTY = 2;
    private static final int REMOVES_PARAMETERS = 1;

    /** All readings of one decoding; first the one that removes all. */
    static List<PathReading> of(PathDecoding decoding) {
        return IntStream.range(0, REMOVALS).mapToObj(kept -> new PathReading(decoding,
                (kept & REMOVES_PARAMETERS) == 0, (kept & REMOVES_EMPTY) == 0, (kept & REMOVES_DOTS) == 0)).toList();
    }

    /** Whether some reading of this path may be another than its octets. */
    static boolean mayDiffer(Head head, int start, int end) {
        for (int i = start; i < end; i++) {
            byte octet = head.octet(i);
            if (octet == '%' || octet == ';' || octet == '\\') return true;
            if (octet == '/' && i + 1 < end && (head.octet(i + 1) == '/' || head.octet(i + 1) == '.')) return true;
        }
        return false;
    }

    /**
     * The path in this reading.
     *
     * @param path begins with a slash; stays as it is
     * @return or null when it holds control characters
     */
    byte[] of(byte[] path) {
        byte[] decoded = decoding.of(path);
        return decoded == null ? null : removed(decoded);
    }

    /** The same of a path of the config. One with control characters stays: it takes nothing, as nobody may ask so. */
    byte[] ofForm(byte[] form) {
        byte[] read = of(form);
        return read == null ? form : read;
    }

    /**
     * What it leaves of a path.
     *
     * @param decoded begins with a slash; stays as it is
     */
    byte[] removed(byte[] decoded) {
        byte[] path = decoded.clone();
        int out = 0;
        for (int at = 0, stop; at < path.length; at = stop) {
            stop = at + 1;
            while (stop < path.length && path[stop] != '/') stop++;
            int end = parameters ? withoutParameters(path, at, stop) : stop;
            boolean last = stop == path.length;
            boolean dot = dots && end == at + 2 && path[at + 1] == '.';
            boolean twoDots = dots && end == at + 3 && path[at + 1] == '.' && path[at + 2] == '.';
            if (twoDots && out > 0) {
                do out--; while (path[out] != '/');
            }
            if (dot || twoDots || empty && end == at + 1) {
                if (last) path[out++] = '/';
            } else {
                System.arraycopy(path, at, path, out, end - at);
                out += end - at;
            }
        }
        return Arrays.copyOf(path, out);
    }

    private static int withoutParameters(byte[] path, int at, int stop) {
        int end = at;
        while (end < stop && path[end] != ';') end++;
        return end;
    }
}
