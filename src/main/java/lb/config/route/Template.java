package lb.config.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import lb.config.Quoted;

/**
 * Text with places that the request fills: {@code https://{host}{uri}}. Two braces stand for one that is text:
 * <code>{{"max_age":60}</code> is <code>{"max_age":60}</code>.
 *
 * @param pieces in order; at least one
 */
public record Template(List<Piece> pieces) {
    /** Plain text, or what a request fills in. */
    public sealed interface Piece {}

    public record Text(String text) implements Piece {}

    public record Place(What what) implements Piece {}

    /** What may stand in braces. */
    public enum What {
        /** {@code http} or {@code https}, as the client came. */
        SCHEME("scheme"),
        /** The host that the request is for, in lower case, without its port. */
        HOST("host"),
        /** The path as received. */
        PATH("path"),
        /** The query as received, with its question mark; empty without one. */
        QUERY("query"),
        /** Path and query. */
        URI("uri"),
        METHOD("method"),
        CLIENT_IP("clientIp"),
        /** The one of the log. */
        REQUEST_ID("requestId");

        private final String word;

        What(String word) {
            this.word = word;
        }

        @Override public String toString() {
            return "{" + word + "}";
        }
    }

    private static final String EXPECTED =
            Arrays.stream(What.values()).map(What::toString).collect(Collectors.joining(", "));

    public Template {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty()) throw new IllegalArgumentException("pieces: none (expected: at least one)");
    }

    /**
     * @param text only octets that may stand in a field's value
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static Template parse(String text) {
        if (text.isEmpty()) throw new IllegalArgumentException("\"\" does not fit; expected some text");
        if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == '\t')) {
            throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected plain ASCII in one line");
        }
        List<Piece> pieces = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '{' || text.startsWith("{{", i)) {
                plain.append(c);
                if (c == '{') i++;
                continue;
            }
            int close = text.indexOf('}', i);
            if (close < 0) throw new IllegalArgumentException(Quoted.of(text) + " has a brace that is never closed");
            if (plain.length() > 0) pieces.add(new Text(plain.toString()));
            plain.setLength(0);
            pieces.add(new Place(what(text.substring(i + 1, close))));
            i = close;
        }
        if (plain.length() > 0) pieces.add(new Text(plain.toString()));
        return new Template(pieces);
    }

    private static What what(String word) {
        for (What what : What.values()) {
            if (what.word.toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT))) return what;
        }
        throw new IllegalArgumentException(Quoted.of("{" + word + "}") + " cannot be filled in; expected "
                + EXPECTED + ", or {{ for a plain brace");
    }

    /** As it stands in the file. */
    @Override public String toString() {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            text.append(piece instanceof Text plain ? plain.text.replace("{", "{{") : ((Place) piece).what);
        }
        return text.toString();
    }
}
