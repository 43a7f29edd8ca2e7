package lb.config.route;

import java.net.IDN;
import java.util.Locale;
import lb.config.IpLiteral;
import lb.config.Quoted;

/**
 * {@code shop.example.com}, or {@code *.example.com}, which takes every name below that one but not that one itself.
 * Ports do not matter.
 *
 * @param wildcard true for all names below {@code name}
 * @param name     in lower case, without the {@code *.}
 */
public record HostPattern(boolean wildcard, String name) {
    private static final String EXPECTED = "a host such as \"shop.example.com\" or \"*.example.com\"";

    /** @throws IllegalArgumentException with a sentence for the operator */
    public static HostPattern parse(String text) {
        boolean wildcard = text.startsWith("*.");
        String name = (wildcard ? text.substring(2) : text).toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) name = name.substring(0, name.length() - 1);
        if (!isHost(name) || wildcard && name.startsWith("[")) {
            throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected " + EXPECTED
                    + (text.indexOf(':') > 0 && !text.startsWith("[") ? ", without a port" : "")
                    + asSent(wildcard ? "*." : "", name));
        }
        return new HostPattern(wildcard, name);
    }

    /** A reg-name as hosts have them, or an IPv6 address in brackets. */
    private static boolean isHost(String name) {
        if (name.startsWith("[") && name.endsWith("]")) {
            String address = name.substring(1, name.length() - 1);
            return address.indexOf(':') >= 0 && IpLiteral.parse(address) != null;
        }
        return name.length() <= 253 && name.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
    }

    /** A name beyond ASCII comes as RFC 5891 codes it. */
    private static String asSent(String front, String name) {
        if (name.chars().allMatch(c -> c < 0x80)) return "";
        try {
            String sent = IDN.toASCII(name);
            return isHost(sent) ? "; did you mean " + Quoted.of(front + sent) + "?" : "";
        } catch (IllegalArgumentException none) {
            return "";
        }
    }

    @Override public String toString() {
        return wildcard ? "*." + name : name;
    }
}
