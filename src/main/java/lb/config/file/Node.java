package lb.config.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lb.config.Quoted;

/**
 * One value of the file, which remembers where it begins and how it is reached. The path is put together only when a
 * problem asks for it. Threading: one thread.
 */
final class Node {
    enum Kind { OBJECT, LIST, TEXT, NUMBER, TRUTH, NULL }

    /** How a value is reached from the one around it: by a key that begins somewhere, or by an index. */
    record Step(String key, int index, Place place) {
        static final Step ROOT = new Step(null, -1, Place.START);

        static Step key(String key, Place place) {
            return new Step(key, -1, place);
        }

        static Step item(int index, Place place) {
            return new Step(null, index, place);
        }
    }

    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_$-]{1,80}");

    private final Kind kind;
    private final Place place;
    private final Node parent;
    private final Step step;
    private final String text;
    private final Map<String, Node> members;
    private final List<Node> items;

    /**
     * @param parent null at the root
     * @param text   the characters of a text, the literal of a number or truth, else null
     */
    Node(Kind kind, Place place, Node parent, Step step, String text) {
        this.kind = kind;
        this.place = place;
        this.parent = parent;
        this.step = step;
        this.text = text;
        this.members = kind == Kind.OBJECT ? new LinkedHashMap<>() : Map.of();
        this.items = kind == Kind.LIST ? new ArrayList<>() : List.of();
    }

    Kind kind() {
        return kind;
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isFalse() {
        return kind == Kind.TRUTH && text.equals("false");
    }

    /** Where the value begins. */
    Place place() {
        return place;
    }

    /** Where its key begins; its own place in a list and at the root. */
    Place keyPlace() {
        return step.place();
    }

    /** The object or list around it, or null at the root. */
    Node parent() {
        return parent;
    }

    /** The key it stands under, or null. */
    String key() {
        return step.key();
    }

    /** The characters of a text, without lookups; the literal of a number or truth. */
    String text() {
        return text;
    }

    /** Of an object, in file order; the first of duplicates. Filled by {@link TreeParser} only. */
    Map<String, Node> members() {
        return members;
    }

    /** Of a list. Filled by {@link TreeParser} only. */
    List<Node> items() {
        return items;
    }

    /** {@code backends[0].weight}; empty at the root. */
    String path() {
        if (parent == null) return "";
        if (step.key() == null) return parent.path() + "[" + step.index() + "]";
        return parent.pathOf(step.key());
    }

    /** The path of a member, present or not. */
    String pathOf(String key) {
        String mine = path();
        if (!PLAIN_KEY.matcher(key).matches()) return mine + "[" + Quoted.of(key) + "]";
        return mine.isEmpty() ? key : mine + "." + key;
    }

    /** As it is named in a message. */
    String shown() {
        return switch (kind) {
            case OBJECT -> members.isEmpty() ? "an empty object" : "an object";
            case LIST -> items.isEmpty() ? "an empty list" : "a list";
            case TEXT -> Quoted.of(text);
            case NULL -> "null";
            case NUMBER, TRUTH -> text.length() <= 40 ? text : text.substring(0, 40) + "…";
        };
    }
}
