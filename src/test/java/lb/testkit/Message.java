package lb.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A request or a response as a peer received it. All text is ISO 8859-1, one char per byte.
 *
 * @param startLine without its CRLF
 * @param fields    in their order
 * @param body      without any framing, as much of it as came
 * @param trailers  behind a chunked body, in their order
 * @param ending    how it ended
 * @param wire      its first megabyte as received, framing included
 */
public record Message(String startLine, List<Field> fields, byte[] body, List<Field> trailers, Ending ending,
                      byte[] wire) {

    /** WHOLE: as its framing says; CLOSED, RESET: the connection ended first, by FIN or by RST. */
    public enum Ending { WHOLE, CLOSED, RESET }

    public boolean whole() {
        return ending == Ending.WHOLE;
    }

    /** Of a response. */
    public int status() {
        return Integer.parseInt(startLine.substring(9, 12));
    }

    /** Of a request. */
    public String method() {
        return startLine.substring(0, startLine.indexOf(' '));
    }

    /** Of a request. */
    public String target() {
        return startLine.substring(startLine.indexOf(' ') + 1, startLine.lastIndexOf(' '));
    }

    /** The values of all lines of this name, whatever its case, in their order. */
    public List<String> values(String name) {
        return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(Field::value).toList();
    }

    /** All values of this name, joined by {@code ", "}; null when there is no such line. */
    public String value(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    public boolean has(String name) {
        return !values(name).isEmpty();
    }

    /** The head as received, its empty line included. */
    public String head() {
        String all = new String(wire, StandardCharsets.ISO_8859_1);
        return all.substring(0, all.indexOf("\r\n\r\n") + 4);
    }

    public String text() {
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    @Override public String toString() {
        int shown = Math.min(wire.length, 2000);
        String start = new String(Arrays.copyOf(wire, shown), StandardCharsets.ISO_8859_1);
        return ending + (shown < wire.length ? ", first " + shown + " of " + wire.length + " bytes:\n" : ":\n") + start;
    }
}
