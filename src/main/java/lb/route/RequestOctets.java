package lb.route;

import lb.http.Head;

/**
 * The octets that a route is looked for by: those of the head, or those of its path in another reading.
 *
 * <p>{@code read} is that reading, from 0, or null for the head itself, here and in every signature of this package.
 * Threading: stateless.
 */
final class RequestOctets {
    private RequestOctets() {}

    static byte at(Head head, byte[] read, int position) {
        return read == null ? head.octet(position) : read[position];
    }

    /** Where the octet is, or {@code end}. */
    static int indexOf(char octet, Head head, byte[] read, int start, int end) {
        int at = start;
        while (at < end && at(head, read, at) != octet) at++;
        return at;
    }

    static boolean same(byte[] text, Head head, byte[] read, int start, int end) {
        if (end - start != text.length) return false;
        for (int i = 0; i < text.length; i++) {
            if (at(head, read, start + i) != text[i]) return false;
        }
        return true;
    }

    /** @param text in lower case */
    static boolean sameIgnoringCase(byte[] text, Head head, byte[] read, int start, int end) {
        if (end - start != text.length) return false;
        for (int i = 0; i < text.length; i++) {
            if (lower(at(head, read, start + i)) != text[i]) return false;
        }
        return true;
    }

    static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
    }

    /** Where the path ends: at the question mark or where the target does. */
    static int pathEnd(Head head) {
        return indexOf('?', head, null, head.pathStart(), head.pathEnd());
    }
}
