package lb.config;

/** Text as it stands in a message to the operator: in double quotes, on one line, not longer than is read. */
public final class Quoted {
    private static final int MOST = 80;

    private Quoted() {}

    /** {@code a"b} → {@code "a\"b"}; control characters by number; beyond 80 characters cut with an ellipsis. */
    public static String of(String text) {
        StringBuilder quoted = new StringBuilder(Math.min(text.length(), MOST) + 2).append('"');
        for (int i = 0; i < text.length() && i < MOST; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        if (text.length() > MOST) quoted.append('…');
        return quoted.append('"').toString();
    }
}
