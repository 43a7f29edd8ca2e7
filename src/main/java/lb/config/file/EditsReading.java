package lb.config.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lb.config.Quoted;
import lb.config.route.FieldEdits;
import lb.config.route.Template;

/** Reads {@code headers}: what is set, added and removed in requests and in responses. */
final class EditsReading {
    private static final String VALUES = "an object such as { \"X-Frame-Options\": \"DENY\" }";
    private static final String NAMES = "a list such as [\"Server\"]";

    private final Values values;

    EditsReading(Values values) {
        this.values = values;
    }

    /** @param node null when it is not there @return null then, and after a problem */
    Fields headers(Node node) {
        if (node == null) return null;
        if (node.is(Node.Kind.OBJECT)) return new Fields(node, Shape.HEADERS, values);
        return values.wrong(node, "an object such as { \"response\": { \"remove\": [\"Server\"] } }");
    }

    /** @param headers or null @param side {@code request} or {@code response} */
    FieldEdits read(Fields headers, String side) {
        return headers == null ? FieldEdits.NONE
                : headers.read(side, FieldEdits.NONE, node -> edits(node, side.equals("request")));
    }

    private FieldEdits edits(Node node, boolean request) {
        if (!node.is(Node.Kind.OBJECT)) return values.wrong(node, "an object such as { \"remove\": [\"Server\"] }");
        Fields fields = new Fields(node, Shape.EDITS, values);
        return new FieldEdits(
                fields.read("set", Map.of(), written -> templates(written, request)),
                fields.read("add", Map.of(), written -> templates(written, request)),
                fields.read("remove", List.of(), written -> names(written, request)));
    }

    private Map<String, Template> templates(Node node, boolean request) {
        if (!node.is(Node.Kind.OBJECT)) return values.wrong(node, VALUES);
        Map<String, Template> templates = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (Node member : Named.free(node)) {
            String name = values.key(member, key -> FieldNames.editable(key, request));
            if (name != null && !seen.add(name.toLowerCase(Locale.ROOT))) {
                values.problems().addAtKey(member, Quoted.of(name) + " appears twice, in different case");
            }
            Template value = values.parsed(member, "text", Template::parse);
            if (value != null) ForeignWords.warnOfVariables(member, values.problems());
            if (name != null && value != null) templates.put(name, value);
        }
        return templates;
    }

    private List<String> names(Node node, boolean request) {
        if (!node.is(Node.Kind.LIST)) return values.wrong(node, NAMES);
        List<String> names = new ArrayList<>(node.items().size());
        for (Node item : node.items()) {
            String name = values.parsed(item, "the name of a header field", key -> FieldNames.editable(key, request));
            if (name != null) names.add(name);
        }
        return names;
    }
}
