package lb.route;

import java.util.Arrays;

/**
 * What of its percent codes a backend decodes in a path. That is done once; a percent sign without two digits is left
 * alone. Threading: stateless.
 */
enum PathDecoding {
    /** Octets for which no code is needed (RFC 3986 §2.3); the others get capital digits. */
    UNRESERVED,
    /** Everything, even a dot in more bytes than UTF-8 allows for it; and a backslash is a slash. */
    ALL;

    /**
     * @param path stays as it is
     * @return or null when it holds control characters
     */
    byte[] of(byte[] path) {
        byte[] decoded = path.clone();
        int length = 0;
        for (int i = 0; i < path.length; i++) {
            int octet = PercentCode.octet(path, i);
            if (octet >= 0 && (this == ALL || unreserved(octet))) {
                decoded[length++] = (byte) octet;
                i += 2;
                if (this == ALL) length = OverlongUtf8.shortened(decoded, length);
                if (this == ALL && control(decoded[length - 1])) return null;
            } else if (octet >= 0) {
                decoded[length++] = '%';
                decoded[length++] = upper(path[++i]);
                decoded[length++] = upper(path[++i]);
            } else {
                decoded[length++] = path[i];
            }
            if (this == ALL && decoded[length - 1] == '\\') decoded[length - 1] = '/';
        }
        return Arrays.copyOf(decoded, length);
    }

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
