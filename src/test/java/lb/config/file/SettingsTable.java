package lb.config.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The README's table of settings, made from the schema: key, default, what it does. Run {@link #main} and put what it
 * prints between the README's two marks.
 */
final class SettingsTable {
    static final String BEGIN = "<!-- settings -->";
    static final String END = "<!-- /settings -->";

    private final List<String> rows =
            new ArrayList<>(List.of("| key | default | what it does |", "| --- | --- | --- |"));

    private SettingsTable() {}

    public static void main(String[] args) {
        System.out.print(markdown());
    }

    /** Lines of a Markdown table, each with its line break. */
    static String markdown() {
        SettingsTable table = new SettingsTable();
        table.members("", Schema.DOCUMENT);
        return String.join("\n", table.rows) + "\n";
    }

    private void members(String prefix, JsonNode object) {
        for (Map.Entry<String, JsonNode> property : object.get("properties").properties()) {
            boolean asAtRoot = !prefix.isEmpty() && Shape.ROOT.keys().contains(property.getKey());
            // a pool's own keys are those of the root, which its row says
            if (property.getKey().equals("$schema") || asAtRoot && prefix.startsWith("pools.")) continue;
            JsonNode followed = row(prefix + property.getKey(), property.getValue());
            if (!asAtRoot) inside(prefix + property.getKey(), followed);
        }
    }

    /** @return the property, or what it refers to */
    private JsonNode row(String key, JsonNode property) {
        JsonNode followed = follow(property);
        String description = property.has("description") ? property.get("description").asText()
                : followed.path("description").asText();
        rows.add("| `" + key + "` | " + shown(defaultOf(property)) + " | " + description.replace("|", "\\|") + " |");
        return followed;
    }

    private void inside(String key, JsonNode followed) {
        JsonNode object = object(followed);
        if (object != null) members(key + ".", object);
        if (followed.path("additionalProperties").isObject()) {
            JsonNode named = object(follow(followed.get("additionalProperties")));
            if (named != null) members(key + ".*.", named);
        }
        if (followed.has("items")) {
            JsonNode item = object(follow(followed.get("items")));
            if (item != null) members(key + "[].", item);
        }
    }

    private static String shown(JsonNode value) {
        if (value == null) return "–";
        return "`" + value.toString().replace(",", ", ") + "`";
    }

    /** The object with properties that this is or may be, or null. */
    private static JsonNode object(JsonNode schema) {
        if (schema.has("properties")) return schema;
        for (JsonNode choice : schema.path("anyOf")) {
            JsonNode followed = follow(choice);
            if (followed.has("properties")) return followed;
        }
        return null;
    }

    /** What a reference stands for, or the schema itself. */
    static JsonNode follow(JsonNode schema) {
        return schema.has("$ref") ? Schema.DOCUMENT.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    /** @return null when it has none */
    static JsonNode defaultOf(JsonNode property) {
        return property.has("default") ? property.get("default") : follow(property).get("default");
    }
}
