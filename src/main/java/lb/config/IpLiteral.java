package lb.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Reads IP addresses that are written as such; never asks a name server. */
public final class IpLiteral {
    private IpLiteral() {}

    /**
     * {@code 10.0.0.1}, {@code ::1}; not {@code 010.0.0.1}, {@code 10.1}, {@code [::1]} or {@code fe80::1%eth0}.
     *
     * @return null when it is none
     */
    public static InetAddress parse(String text) {
        try {
            if (text.indexOf(':') >= 0) return v6(text);
            byte[] bytes = v4(text);
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }

    private static InetAddress v6(String text) throws UnknownHostException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.' || c > 'f') return null;
        }
        // the brackets make the JDK refuse what is not an IPv6 literal, instead of looking it up
        return InetAddress.getByName("[" + text + "]");
    }

    private static byte[] v4(String text) {
        byte[] bytes = new byte[4];
        int part = 0;
        int value = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.') {
                if (value < 0 || part == 4) return null;
                bytes[part++] = (byte) value;
                value = -1;
            } else {
                if (c < '0' || c > '9' || value == 0) return null;      // 010 is 8 to some and 10 to others
                value = Math.max(value, 0) * 10 + c - '0';
                if (value > 255) return null;
            }
        }
        return part == 4 ? bytes : null;
    }
}
