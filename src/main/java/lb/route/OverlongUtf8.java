package lb.route;

/**
 * ASCII in more bytes than it takes. UTF-8 forbids that (RFC 3629 §10), yet decoders were found again and again that
 * read it, and so see a slash or a dot where nobody who checked the path before them did (CVE-2000-0884,
 * CVE-2008-2938).
 *
 * <pre>
 * C0 AE     E0 80 AE     F0 80 80 AE     a dot
 * C1 A1     E0 81 A1     F0 80 81 A1     the letter a
 * C3 A9     E2 82 AC                     é and the euro: as they should be
 * </pre>
 *
 * Threading: stateless.
 */
final class OverlongUtf8 {
    private OverlongUtf8() {}

    /** Puts the character in place of such a sequence at the end of {@code text}. @return the new length */
    static int shortened(byte[] text, int length) {
        int last = text[length - 1] & 0xff;
        if (last >> 6 != 0b10 || length < 2) return length;
        int high = text[length - 2] & 0xff;
        int lead = length - 2;
        if (high >> 1 == 0x80 >> 1) {
            // between that and the first byte there may be more that hold zeros only
            do lead--; while (lead > 0 && text[lead] == (byte) 0x80);
            if (lead < 0 || !padded(text[lead] & 0xff, length - lead)) return length;
        } else if (high >> 1 != 0xc0 >> 1) {
            return length;
        }
        text[lead] = (byte) ((high & 1) << 6 | last & 0x3f);
        return lead + 1;
    }

    /** Whether a sequence of that many bytes begins so when all bits of its first byte are 0. */
    private static boolean padded(int first, int bytes) {
        return bytes <= 6 && first == (0xff00 >> bytes & 0xff);
    }
}
