package lb.observe;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * How octets that a peer chose stand in a log line, so that nobody outside can end a line, close a quote or talk to a
 * terminal.
 *
 * <pre>
 * octet           TEXT    JSON
 * "               \x22    \"
 * \               \x5C    \\
 * 00–1F, 7F–FF    \xHH    &#92;u00hh
 * any other       itself  itself
 * </pre>
 *
 * TEXT is what nginx writes. Octets beyond ASCII are shown by number because a log has no way to know their charset.
 * Threading: immutable.
 */
enum Escape {
    TEXT("\\x%02X", "\\x22", "\\x5C"),
    JSON("\\u%04x", "\\\"", "\\\\");

    private final byte[][] written = new byte[256][];

    Escape(String number, String quote, String backslash) {
        for (int octet = 0; octet < 256; octet++) {
            if (octet < 0x20 || octet >= 0x7f) written[octet] = ascii(String.format(Locale.ROOT, number, octet));
        }
        written['"'] = ascii(quote);
        written['\\'] = ascii(backslash);
    }

    /** What to write in place of the octet, or null for the octet itself. Not to be changed. */
    byte[] of(byte octet) {
        return written[octet & 0xff];
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
