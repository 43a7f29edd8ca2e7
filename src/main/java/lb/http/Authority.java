package lb.http;

/** uri-host [ ":" port ] (RFC 3986 §3.2, without user info). Threading: stateless. */
final class Authority {
    private Authority() {}

    /** True for a name, an IPv4 address or a bracketed IPv6 literal, with or without a port of 1–5 digits. */
    static boolean valid(byte[] bytes, int start, int end) {
        int at = start;
        if (at < end && bytes[at] == '[') {
            while (++at < end && (Octets.hex(bytes[at]) >= 0 || bytes[at] == ':' || bytes[at] == '.')) {}
            if (at == end || bytes[at] != ']' || at - start < 3) return false;
            at++;
        } else {
            while (at < end && Octets.host(bytes[at])) at++;
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
}
