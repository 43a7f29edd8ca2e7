package lb.http;

/** What each octet may be part of (RFC 9110 §5.5, §5.6.2; RFC 9112 §3). Threading: stateless. */
final class Octets {
    static final byte CR = '\r';
    static final byte LF = '\n';
    static final byte SP = ' ';
    static final byte HTAB = '\t';

    /** Token octets folded: letters to lower case, {@code _} to {@code -}; 0 for what no token may hold. */
    private static final byte[] FOLD = new byte[256];
    /** VCHAR, obs-text, SP and HTAB. */
    private static final boolean[] VALUE = new boolean[256];
    /** Octets that lb accepts in a request target: visible ASCII but the fragment's mark. */
    private static final boolean[] TARGET = new boolean[256];
    /** reg-name octets but the comma, which would read as a list (RFC 3986 §3.2.2). */
    private static final boolean[] HOST = new boolean[256];

    static {
        String tokens = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (char c : tokens.toCharArray()) FOLD[c] = (byte) (c == '_' ? '-' : c >= 'A' && c <= 'Z' ? c + 32 : c);
        for (int c = 0; c < 256; c++) {
            VALUE[c] = c == '\t' || (c >= 0x20 && c != 0x7f);
            TARGET[c] = c > 0x20 && c < 0x7f && c != '#';
            HOST[c] = c < 0x7f && (Character.isLetterOrDigit(c) || "-._~!$&'()*+;=%".indexOf(c) >= 0);
        }
    }

    private Octets() {}

    static byte fold(byte octet) {
        return FOLD[octet & 0xff];
    }

    static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
    }

    static boolean token(byte octet) {
        return FOLD[octet & 0xff] != 0;
    }

    static boolean value(byte octet) {
        return VALUE[octet & 0xff];
    }

    static boolean target(byte octet) {
        return TARGET[octet & 0xff];
    }

    static boolean host(byte octet) {
        return HOST[octet & 0xff];
    }

    static boolean digit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    /** 0–15, or -1. */
    static int hex(byte octet) {
        if (octet >= '0' && octet <= '9') return octet - '0';
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** @param lower in lower case */
    static boolean equalsIgnoreCase(byte[] bytes, int start, int end, String lower) {
        if (end - start != lower.length()) return false;
        for (int i = start; i < end; i++) {
            if (lower(bytes[i]) != lower.charAt(i - start)) return false;
        }
        return true;
    }
}
