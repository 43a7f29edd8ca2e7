package lb.filter;

/** Text in double quotes, as field values have it (RFC 9110 §5.6.4, RFC 9651 §3.3.3). Threading: stateless. */
final class QuotedText {
    private QuotedText() {}

    /** @throws IllegalArgumentException for what cannot stand there: all but visible ASCII and spaces */
    static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ' || c > '~') throw new IllegalArgumentException(text + " (expected: visible ASCII)");
            if (c == '"' || c == '\\') quoted.append('\\');
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}
