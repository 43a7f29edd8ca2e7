package lb.config;

import java.util.Locale;

/**
 * What of a request decides which backend its client keeps: {@code clientIp}, {@code header:X-User},
 * {@code cookie:session}, {@code query:user} or {@code path}.
 *
 * @param name of the header (in lower case), cookie or query parameter; null for the client's address and the path
 */
public record HashSource(Kind kind, String name) {
    public enum Kind {
        CLIENT_IP("clientIp"), HEADER("header"), COOKIE("cookie"), QUERY("query"), PATH("path");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        boolean named() {
            return this == HEADER || this == COOKIE || this == QUERY;
        }
    }

    public static final String EXPECTED = "\"clientIp\", \"header:NAME\", \"cookie:NAME\", \"query:NAME\" or \"path\"";

    private static final int LONGEST = 256;
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";         // RFC 9110 §5.6.2
    private static final String QUERY_MARKS = "!$'()*+,-./:;?@_~%[]";    // RFC 3986 §3.4, without & and =

    public HashSource {
        if (kind.named() ? !isName(name, kind == Kind.QUERY ? QUERY_MARKS : TOKEN_MARKS) : name != null) {
            throw new IllegalArgumentException("name: " + name + " (expected: what a " + kind.word + " may be called)");
        }
        if (kind == Kind.HEADER) name = name.toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException with a sentence for the operator */
    public static HashSource parse(String text) {
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon);
        String name = colon < 0 ? null : text.substring(colon + 1);
        for (Kind kind : Kind.values()) {
            if (!kind.word.equals(word)) continue;
            if (kind.named() ? name == null : name != null) break;
            if (kind.named() && !isName(name, kind == Kind.QUERY ? QUERY_MARKS : TOKEN_MARKS)) break;
            return new HashSource(kind, name);
        }
        throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected " + EXPECTED);
    }

    private static boolean isName(String name, String marks) {
        if (name == null || name.isEmpty() || name.length() > LONGEST) return false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && marks.indexOf(c) < 0) return false;
        }
        return true;
    }

    /** As it stands in the file. */
    @Override public String toString() {
        return name == null ? kind.word : kind.word + ":" + name;
    }
}
