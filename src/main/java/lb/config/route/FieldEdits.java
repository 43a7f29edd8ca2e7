package lb.config.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Edits of a head's fields: first {@code remove}, then {@code set}, then {@code add}. Never of those that frame a
 * message or belong to one connection, nor of {@code Host}.
 *
 * @param set    in place of every line of that name
 * @param add    one more line
 * @param remove names
 */
public record FieldEdits(Map<String, Template> set, Map<String, Template> add, List<String> remove) {
    public static final FieldEdits NONE = new FieldEdits(Map.of(), Map.of(), List.of());

    public FieldEdits {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        add = Collections.unmodifiableMap(new LinkedHashMap<>(add));
        remove = List.copyOf(remove);
    }

    public boolean none() {
        return set.isEmpty() && add.isEmpty() && remove.isEmpty();
    }
}
