package lb.config.route;

import lb.config.Quoted;

/**
 * Which paths a route takes; compared octet by octet, in the case they came in.
 *
 * <pre>
 * EXACT    /login          this path
 * PREFIX   /v1/*           /v1 and everything below it, but not /v10
 * PREFIX   /img*           every path that begins so
 * PATTERN  /users/*&#47;orders  the star is one segment, whatever it is but empty
 * PATTERN  /a/*&#47;b/*       with a last star: and everything below
 * </pre>
 *
 * @param text as it stands in the file
 */
public record PathPattern(Kind kind, String text) {
    public enum Kind { EXACT, PREFIX, PATTERN }

    private static final String EXPECTED = "a path such as \"/login\", \"/v1/*\" or \"/users/*/orders\"";
    private static final String MARKS = "/-._~!$&'()*+,;=:@%";

    /** @throws IllegalArgumentException with a sentence for the operator */
    public static PathPattern parse(String text) {
        if (!text.startsWith("/")) throw refused(text, "");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || MARKS.indexOf(c) >= 0) continue;
            throw refused(text, c == '?' ? "; a query is matched by \"query\"" : "");
        }
        int star = text.indexOf('*');
        if (star < 0) return new PathPattern(Kind.EXACT, text);
        if (star == text.length() - 1) return new PathPattern(Kind.PREFIX, text);
        for (String segment : text.substring(1).split("/", -1)) {
            if (segment.indexOf('*') >= 0 && !segment.equals("*")) throw refused(text, "; a star stands for a segment");
        }
        return new PathPattern(Kind.PATTERN, text);
    }

    private static IllegalArgumentException refused(String text, String hint) {
        return new IllegalArgumentException(Quoted.of(text) + " does not fit; expected " + EXPECTED + hint);
    }

    /** As it stands in the file. */
    @Override public String toString() {
        return text;
    }
}
