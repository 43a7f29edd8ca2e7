package lb.http;

import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;

/** uri-host [ ":" port ] (RFC 3986 §3.2, without user info). Threading: stateless. */
final class Authority {
    private Authority() {}

    /** True for a name, an IPv4 address or a bracketed IPv6 literal, with or without a port of 1–5 digits. */
    static boolean valid(byte[] bytes, int start, int end) {
        int at = start;
        if (at < end && bytes[at] == '[') {
            while (++at < end && (Octets.hex(bytes[at]) >= 0 || bytes[at] == ':' || bytes[at] == '.')) {}
            if (at == end || bytes[at] != ']' || !address6(bytes, start + 1, at)) return false;
            at++;
        } else {
            while (at < end && Octets.host(bytes[at])) {
                if (bytes[at] == '%' && !escape(bytes, at, end)) return false;
                at++;
            }
            if (at == start) return false;
        }
        if (at == end) return true;
        if (bytes[at] != ':' || end - at > 6) return false;
        int port = 0;
        while (++at < end) {
            if (!Octets.digit(bytes[at])) return false;
            port = port * 10 + bytes[at] - '0';
        }
        return port <= 65535;
    }

    /** "%" HEXDIG HEXDIG (RFC 3986 §2.1). */
    private static boolean escape(byte[] bytes, int at, int end) {
        return end - at > 2 && Octets.hex(bytes[at + 1]) >= 0 && Octets.hex(bytes[at + 2]) >= 0;
    }

    /** Makes a String, which a Host that is an IPv6 address may cost. */
    private static boolean address6(byte[] bytes, int start, int end) {
        return NetUtil.isValidIpV6Address(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
    }
}
