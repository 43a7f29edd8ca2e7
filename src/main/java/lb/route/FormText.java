package lb.route;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lb.http.Head;

/**
 * Names and values of a query as backends read them: with {@code %41} for an A, and a plus for a blank. Every spelling
 * of one text is that text, so that none goes past a route. Threading: stateless.
 */
final class FormText {
    private FormText() {}

    /** @param text as it stands in the config */
    static byte[] read(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < octets.length; i++) {
            int coded = PercentCode.octet(octets, i);
            octets[length++] = coded >= 0 ? (byte) coded : plain(octets[i]);
            if (coded >= 0) i += 2;
        }
        return Arrays.copyOf(octets, length);
    }

    /** Whether that part of a query is this text. @param text read */
    static boolean is(byte[] text, Head head, int start, int end) {
        int at = start;
        for (byte expected : text) {
            if (at == end) return false;
            int coded = PercentCode.octet(head, at, end);
            if (expected != (coded >= 0 ? (byte) coded : plain(head.octet(at)))) return false;
            at += coded >= 0 ? 3 : 1;
        }
        return at == end;
    }

    private static byte plain(byte octet) {
        return octet == '+' ? (byte) ' ' : octet;
    }
}
