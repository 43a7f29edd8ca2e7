package lb.sticky;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import lb.http.Head;

/**
 * The form of the value of lb's own cookie: {@value #VERSION} and 29 octets in base64url, {@value #LENGTH} characters
 * in all.
 *
 * <pre>
 * 0        8              13                    29
 * | name   | issued       | tag                 |
 *   of the   seconds since  HMAC-SHA256 over all
 *   backend  1970           that it depends on
 * </pre>
 *
 * There is one spelling of each: no padding, no spare bits, nothing around it. Threading: stateless.
 */
final class CookieValue {
    static final String VERSION = "v1.";
    /** Characters of the text. */
    static final int LENGTH = 42;
    /** Octets that the text stands for. */
    static final int SIZE = 29;
    /** The first octets, which the tag signs. */
    static final int SIGNED = 13;

    private static final int ISSUED = 8;
    private static final byte[] SIX_BITS = new byte[128];

    static {
        Arrays.fill(SIX_BITS, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) SIX_BITS[alphabet.charAt(i)] = (byte) i;
    }

    private CookieValue() {}

    /** What stands in a head. @param fields {@value #SIZE} octets, filled @return false when it is malformed */
    static boolean decode(Head head, int start, int end, byte[] fields) {
        if (end - start != LENGTH || !head.is(start, start + VERSION.length(), VERSION, false)) return false;
        int bits = 0;
        int have = 0;
        int filled = 0;
        for (int i = start + VERSION.length(); i < end; i++) {
            byte octet = head.octet(i);
            int six = octet < 0 ? -1 : SIX_BITS[octet];
            if (six < 0) return false;
            bits = bits << 6 | six;
            have += 6;
            if (have < 8) continue;
            have -= 8;
            fields[filled++] = (byte) (bits >> have);
        }
        int spare = bits & (1 << have) - 1;
        return spare == 0;
    }

    static byte[] encode(byte[] fields) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(fields);
        return (VERSION + text).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A value that lacks its tag. @param issued seconds since 1970; below 2⁴⁰ */
    static byte[] unsigned(long name, long issued) {
        byte[] fields = new byte[SIZE];
        for (int i = 0; i < ISSUED; i++) fields[i] = (byte) (name >>> 8 * (ISSUED - 1 - i));
        for (int i = ISSUED; i < SIGNED; i++) fields[i] = (byte) (issued >>> 8 * (SIGNED - 1 - i));
        return fields;
    }

    static long name(byte[] fields) {
        return number(fields, 0, ISSUED);
    }

    static long issued(byte[] fields) {
        return number(fields, ISSUED, SIGNED);
    }

    private static long number(byte[] fields, int start, int end) {
        long number = 0;
        for (int i = start; i < end; i++) number = number << 8 | fields[i] & 0xff;
        return number;
    }
}
