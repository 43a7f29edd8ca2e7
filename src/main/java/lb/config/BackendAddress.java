package lb.config;

import java.util.Locale;

/**
 * Where a backend listens, written as its {@code url}.
 *
 * @param host name or IP literal, IPv6 without brackets
 * @param port 1–65535
 */
public record BackendAddress(String host, int port) {
    private static final String SCHEME = "http://";
    private static final int DEFAULT_PORT = 80;
    private static final int MAX_NAME = 253;                            // RFC 1035 §2.3.4, without the final dot
    private static final int MAX_LABEL = 63;

    /**
     * {@code http://10.0.0.7:8080}, {@code http://[::1]:8080}, {@code http://api.internal} (port 80). A final slash is
     * let pass; anything else behind the port is refused, since the request's own path is what is sent.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static BackendAddress parse(String url) {
        if (url.regionMatches(true, 0, "https://", 0, 8)) {
            throw new IllegalArgumentException(Quoted.of(url) + ": lb does not have TLS to backends yet");
        }
        if (!url.startsWith(SCHEME)) {
            boolean bare = url.indexOf("://") < 0 && authority(url) != null;
            throw new IllegalArgumentException(Quoted.of(url) + " does not begin with \"http://\"; "
                    + (bare ? "write " + Quoted.of(SCHEME + url) : "expected a url such as \"http://10.0.0.7:8080\""));
        }
        String rest = url.substring(SCHEME.length());
        if (rest.endsWith("/")) rest = rest.substring(0, rest.length() - 1);
        for (String part : new String[] {"/", "?", "#", "@"}) {
            if (rest.contains(part)) throw new IllegalArgumentException(shown(url) + ": " + unwanted(part));
        }
        BackendAddress address = authority(rest);
        if (address == null) {
            throw new IllegalArgumentException(Quoted.of(url)
                    + " does not fit; expected \"http://HOST:PORT\" with a name or IP address and a port of 1–65535");
        }
        return address;
    }

    /** Without a password. */
    private static String shown(String url) {
        int at = url.lastIndexOf('@');
        return Quoted.of(at < 0 ? url : SCHEME + "…" + url.substring(at));
    }

    private static String unwanted(String part) {
        return switch (part) {
            case "/" -> "a backend has no path; the request's own is sent";
            case "?" -> "a backend has no query; the request's own is sent";
            case "#" -> "a backend has no fragment";
            default -> "a backend has no user or password";
        };
    }

    /** @return null when it is neither {@code host} nor {@code host:port} */
    private static BackendAddress authority(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        if (bracketed && colon < text.indexOf(']')) colon = -1;
        String host = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? DEFAULT_PORT : ListenAddress.port(text.substring(colon + 1));
        if (bracketed) {
            if (!host.endsWith("]")) return null;
            host = host.substring(1, host.length() - 1);
        }
        if (bracketed != host.indexOf(':') >= 0 || !isHost(host) || port < 1) return null;
        return new BackendAddress(host.toLowerCase(Locale.ROOT), port);
    }

    /** An IP literal, or a name whose last label is no number: {@code 10.0.0.300} is a slip, not a name. */
    static boolean isHost(String text) {
        if (IpLiteral.parse(text) != null) return true;
        if (text.isEmpty() || text.length() > MAX_NAME) return false;
        int labelStart = 0;
        boolean onlyDigits = true;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.') {
                if (i == labelStart || i - labelStart > MAX_LABEL) return false;
                if (i == text.length()) return !onlyDigits;
                labelStart = i + 1;
                onlyDigits = true;
            } else if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_') {
                onlyDigits = false;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    /** {@code host:port}, an IPv6 literal in brackets. */
    @Override public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
