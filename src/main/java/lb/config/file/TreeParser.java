package lb.config.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import lb.config.Quoted;

/** JSON text, with comments, to a tree of {@link Node}s. Threading: one thread, one text. */
final class TreeParser {
    private static final int DEEPEST = 64;
    /** Of keys and numbers; a text may be as long as the file. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.defaults();
    private static final JsonFactory JSON = JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .streamReadConstraints(LIMITS).build();

    private final String text;
    private final Problems problems;
    private Node open;
    private int depth;

    private TreeParser(String text, Problems problems) {
        this.text = text;
        this.problems = problems;
    }

    /** Thrown where reading on makes no sense; the problem is noted already. */
    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooDeep() {
            super(null, null, false, false);
        }
    }

    /** @return null, with the problem noted, when it is not JSON; duplicate keys are noted and left out */
    static Node parse(String text, Problems problems) {
        return new TreeParser(text, problems).parse();
    }

    private Node parse() {
        try (JsonParser parser = JSON.createParser(text)) {
            return parse(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private Node parse(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() == null) {
                problems.add(Place.START, "", "the file has only comments; expected an object");
                return null;
            }
            Node root = value(parser, null, Node.Step.ROOT);
            if (parser.nextToken() != null) {
                problems.add(place(parser.currentTokenLocation()), "",
                        "the file goes on after the end of its object; expected one object");
            }
            return root;
        } catch (StreamConstraintsException e) {
            // it does not say where
            problems.add(place(parser.currentLocation()), "", "a key or number is too long; expected at most "
                    + LIMITS.getMaxNameLength() + " characters of a key, " + LIMITS.getMaxNumberLength()
                    + " of a number");
        } catch (JsonProcessingException e) {
            boolean atEnd = e.getLocation().getCharOffset() >= text.length();
            problems.add(place(e.getLocation()), "", atEnd ? "the file ends here" + unclosed() : plain(e));
        } catch (TooDeep noted) {
            return null;
        }
        return null;
    }

    private Node value(JsonParser parser, Node parent, Node.Step step) throws IOException {
        JsonToken token = parser.currentToken();
        Place place = place(parser.currentTokenLocation());
        return switch (token) {
            case START_OBJECT -> object(parser, new Node(Node.Kind.OBJECT, place, parent, step, null));
            case START_ARRAY -> list(parser, new Node(Node.Kind.LIST, place, parent, step, null));
            case VALUE_STRING -> text(new Node(Node.Kind.TEXT, place, parent, step, parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    new Node(Node.Kind.NUMBER, place, parent, step, parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new Node(Node.Kind.TRUTH, place, parent, step, parser.getText());
            case VALUE_NULL -> new Node(Node.Kind.NULL, place, parent, step, null);
            default -> throw new AssertionError(token);
        };
    }

    /** Half of a character, as an escape may name it, would be sent and compared as a question mark. */
    private Node text(Node text) {
        if (text.text().codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            problems.add(text, "has half of a character, such as \\ud83d without \\ude00 behind it");
        }
        return text;
    }

    private Node object(JsonParser parser, Node object) throws IOException {
        enter(object);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Node.Step step = Node.Step.key(parser.currentName(), place(parser.currentTokenLocation()));
            parser.nextToken();
            Node member = value(parser, object, step);
            Node first = object.members().putIfAbsent(step.key(), member);
            if (first != null) {
                problems.addAtKey(member, Quoted.of(step.key()) + " appears twice; the first is on line "
                        + first.keyPlace().line());
            }
        }
        leave(object);
        return object;
    }

    private Node list(JsonParser parser, Node list) throws IOException {
        enter(list);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Place place = place(parser.currentTokenLocation());
            list.items().add(value(parser, list, Node.Step.item(list.items().size(), place)));
        }
        leave(list);
        return list;
    }

    private void enter(Node container) {
        if (++depth > DEEPEST) {
            problems.add(container, "more than " + DEEPEST + " objects and lists inside each other");
            throw new TooDeep();
        }
        open = container;
    }

    private void leave(Node container) {
        depth--;
        open = container.parent();
    }

    private static Place place(JsonLocation location) {
        return new Place(location.getLineNr(), location.getColumnNr());
    }

    private String unclosed() {
        if (open == null) return ", in the middle of a value";
        Place begin = open.place();
        String what = open.is(Node.Kind.LIST) ? "list" : "object";
        return ", but the " + what + " that begins at " + begin.line() + ":" + begin.column() + " is not closed";
    }

    /** What is wrong, in words of somebody who edits a file; the parser's own where it is none of the usual slips. */
    private String plain(JsonProcessingException e) {
        int at = (int) Math.min(Math.max(e.getLocation().getCharOffset(), 0), text.length());
        char found = at < text.length() ? text.charAt(at) : ' ';
        int before = at - 1;
        while (before >= 0 && Character.isWhitespace(text.charAt(before))) before--;
        char previous = before < 0 ? ' ' : text.charAt(before);
        if ((found == '}' || found == ']') && previous == ',') {
            return "there is a comma before this \"" + found + "\"; take it out";
        }
        if (found == '\'' || Character.isLetter(found)) return "text and keys stand in double quotes";
        if (found == '\n' || found == '\r') return "text ends with its line; write \\n for a line break in it";
        boolean begins = found == '"' || found == '{' || found == '[' || Character.isDigit(found);
        boolean ended = previous == '"' || previous == '}' || previous == ']' || Character.isLetterOrDigit(previous);
        if (begins && ended && before < at - 1) return "a comma (or, after a key, a colon) is missing before this";
        return "not JSON: " + e.getOriginalMessage().lines().findFirst().orElse("");
    }
}
