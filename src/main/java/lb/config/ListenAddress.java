package lb.config;

import java.net.InetAddress;
import java.util.Locale;

/**
 * An address to listen on. {@code 8080} and {@code ":8080"} mean every address; a host is an IP literal.
 *
 * @param host IPv4 or IPv6 literal without brackets; {@code 0.0.0.0} when none was written
 * @param port 0–65535; 0 lets the kernel choose
 */
public record ListenAddress(String host, int port) {
    public static final int MAX_PORT = 65535;
    private static final String EVERY = "0.0.0.0";
    private static final String EXPECTED = "expected a port such as 8080, or an address such as \"127.0.0.1:8080\"";

    public ListenAddress {
        Bounds.within("port", port, 0, MAX_PORT);
        if (IpLiteral.parse(host) == null) {
            throw new IllegalArgumentException("host: " + Quoted.of(host) + " (expected: an IP address)");
        }
    }

    /** Every IPv4 address of this machine. @param port 0–65535 */
    public static ListenAddress every(int port) {
        return new ListenAddress(EVERY, port);
    }

    /**
     * {@code 8080}, {@code :8080}, {@code 127.0.0.1:8080}, {@code [::1]:8080}.
     *
     * @throws IllegalArgumentException with a sentence for the operator that names the text and what was expected
     */
    public static ListenAddress parse(String text) {
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            throw new IllegalArgumentException(Quoted.of(text) + " does not fit; leave out "
                    + Quoted.of(text.substring(0, scheme + 3)));
        }
        int colon = text.lastIndexOf(':');
        int port = port(text.substring(colon + 1));
        if (port < 0) throw new IllegalArgumentException(Quoted.of(text) + " does not fit; " + EXPECTED);
        if (colon <= 0) return every(port);
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]") && host.indexOf(':') > 0) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException(Quoted.of(text) + " does not fit; write an IPv6 address in brackets, "
                    + "such as \"[::1]:" + port + "\"");
        }
        if (host.equals("*")) {
            throw new IllegalArgumentException(Quoted.of(text) + " does not fit; write \":" + port + "\"");
        }
        if (IpLiteral.parse(host) == null) {
            throw new IllegalArgumentException(Quoted.of(text) + " does not begin with an IP address; " + EXPECTED);
        }
        return new ListenAddress(host.toLowerCase(Locale.ROOT), port);
    }

    /** @return -1 when it is none */
    static int port(String text) {
        if (text.isEmpty() || text.length() > 5) return -1;
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') return -1;
            port = port * 10 + c - '0';
        }
        return port <= MAX_PORT ? port : -1;
    }

    /** The host as an address; never looked up. */
    public InetAddress address() {
        return IpLiteral.parse(host);
    }

    /** True where a bind to both must fail or, worse, share: same port, and same host or one of them every host. */
    public boolean overlaps(ListenAddress other) {
        return port != 0 && port == other.port && (address().isAnyLocalAddress() || other.address().isAnyLocalAddress()
                || address().equals(other.address()));
    }

    @Override public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
