package lb.config.file;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import lb.config.Quoted;

/**
 * One object of the file, read by its shape. Unknown keys are noted at once. A key that is missing, or whose value is
 * refused, gives the default; where anything was refused no config comes out, so the latter is never seen.
 */
final class Fields {
    /** So many keys are told to who wrote one that is like none of them. */
    private static final int FEW = 8;

    private final Node object;
    private final Shape shape;
    private final Values values;

    /** @param object of kind OBJECT */
    Fields(Node object, Shape shape, Values values) {
        this.object = object;
        this.shape = shape;
        this.values = values;
        for (Node member : object.members().values()) {
            if (!shape.allows(member.key())) refuse(member);
        }
    }

    private void refuse(Node member) {
        String key = member.key();
        if (NotYet.key(shape, key)) {
            values.problems().addAtKey(member, "lb does not have " + Quoted.of(key) + " yet; take it out");
        } else if (shape.misplaced(key) != null) {
            values.problems().addAtKey(member, shape.misplaced(key));
        } else {
            values.problems().addAtKey(member, "unknown key" + hint(key));
        }
    }

    private String hint(String key) {
        String foreign = ForeignWords.hint(shape, key);
        String near = foreign == null ? Nearest.hint(key, shape.keys()) : foreign;
        return near.isEmpty() && shape.keys().size() <= FEW ? "; expected " + Words.listed(shape.keys(), "") : near;
    }

    Node object() {
        return object;
    }

    /** @return null when it is not there */
    Node node(String key) {
        assert shape.keys().contains(key) : shape + " does not list " + key;
        return object.members().get(key);
    }

    boolean has(String key) {
        return node(key) != null;
    }

    /** The member read by a function that gives null after noting a problem. */
    <T> T read(String key, T otherwise, Function<Node, T> reading) {
        Node node = node(key);
        T value = node == null ? null : reading.apply(node);
        return value == null ? otherwise : value;
    }

    Duration duration(String key, Duration otherwise, Duration most) {
        return read(key, otherwise, node -> values.duration(node, most));
    }

    int whole(String key, int otherwise, int least, int most) {
        return read(key, otherwise, node -> values.whole(node, least, most, ""));
    }

    boolean truth(String key, boolean otherwise) {
        return read(key, otherwise, values::truth);
    }

    <T> T word(String key, T otherwise, Map<String, T> words) {
        return read(key, otherwise, node -> values.word(node, words));
    }

    <T> T parsed(String key, T otherwise, String expected, Function<String, T> parse) {
        return read(key, otherwise, node -> values.parsed(node, expected, parse));
    }
}
