package lb.route;

import java.util.Arrays;
import lb.http.Head;

/**
 * How a backend may take a path that it does not take as received. Backends differ in what they decode and in which
 * order, so a path that more than one route could claim must be looked for in the two extremes of what is customary:
 *
 * <pre>
 *                      STRICT                     LENIENT
 * %61  %2E             a  .                       a  .
 * %2f  %5c  \          %2F  %5C  \                /
 * %20  %253a           %20  %253a                 a space  %3a
 * /a;v=1/b             /a;v=1/b                   /a/b
 * /a//b                /a//b                      /a/b
 * /a/./b  /a/x/../b    /a/b                       /a/b
 * /a//../b             /a/b                       /b
 * %00  %0a  %7f        %00  %0A  %7F              nothing: no reading
 * %c0%ae  %e0%80%ae    %C0%AE  %E0%80%AE          .
 * </pre>
 *
 * Decoding is done once; a percent sign without two digits is left alone. The last line is a dot in more bytes than
 * UTF-8 allows for it, which some decoders take nevertheless. Threading: stateless.
 */
enum PathReading {
    /** What RFC 3986 §6.2.2 calls the same: unreserved octets decoded, dot segments removed, and nothing else. */
    STRICT,
    /** Everything decoded, a backslash for a slash, without parameters and empty segments, dot segments removed. */
    LENIENT;

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
        byte[] read = path.clone();
        int decoded = decode(read);
        return decoded < 0 ? null : Arrays.copyOf(read, resolve(read, decoded));
    }

    /** In place. @return the new length, or -1 when there is a control character */
    private int decode(byte[] path) {
        int length = 0;
        for (int i = 0; i < path.length; i++) {
            int octet = PercentCode.octet(path, i);
            if (octet >= 0 && (this == LENIENT || unreserved(octet))) {
                path[length++] = (byte) octet;
                i += 2;
                if (this == LENIENT) length = OverlongUtf8.shortened(path, length);
                if (this == LENIENT && control(path[length - 1])) return -1;
            } else if (octet >= 0) {
                path[length++] = '%';
                path[length++] = upper(path[++i]);
                path[length++] = upper(path[++i]);
            } else {
                path[length++] = path[i];
            }
            if (this == LENIENT && path[length - 1] == '\\') path[length - 1] = '/';
        }
        return length;
    }

    /** Removes in place what a reading removes of segments, dot segments as RFC 3986 §5.2.4. @return the new length */
    private int resolve(byte[] path, int length) {
        int out = 0;
        for (int at = 0, stop; at < length; at = stop) {
            stop = at + 1;
            while (stop < length && path[stop] != '/') stop++;
            int end = this == LENIENT ? withoutParameters(path, at, stop) : stop;
            boolean last = stop == length;
            boolean dot = end == at + 2 && path[at + 1] == '.';
            boolean dots = end == at + 3 && path[at + 1] == '.' && path[at + 2] == '.';
            boolean empty = end == at + 1 && this == LENIENT;
            if (dots && out > 0) {
                do out--; while (path[out] != '/');
            }
            if (dot || dots || empty) {
                if (last) path[out++] = '/';
            } else {
                System.arraycopy(path, at, path, out, end - at);
                out += end - at;
            }
        }
        return out;
    }

    private static int withoutParameters(byte[] path, int at, int stop) {
        int end = at;
        while (end < stop && path[end] != ';') end++;
        return end;
    }

    /** RFC 3986 §2.3. */
    private static boolean unreserved(int octet) {
        return octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z' || octet >= '0' && octet <= '9'
                || octet == '-' || octet == '.' || octet == '_' || octet == '~';
    }

    private static byte upper(byte digit) {
        return digit >= 'a' ? (byte) (digit - 32) : digit;
    }

    private static boolean control(byte octet) {
        return octet >= 0 && octet < ' ' || octet == 0x7f;
    }
}
