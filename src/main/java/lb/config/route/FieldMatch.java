package lb.config.route;

import java.util.Locale;
import java.util.Objects;

/**
 * What a header or a query parameter must be.
 *
 * @param name  of a header in lower case; of a query parameter in any spelling, as it is compared decoded
 * @param value the one it must have in one of its lines; of a query parameter decoded, too; null for any, as long as it
 *              is there
 */
public record FieldMatch(String name, String value) {
    public FieldMatch {
        Objects.requireNonNull(name, "name");
    }

    public static FieldMatch header(String name, String value) {
        return new FieldMatch(name.toLowerCase(Locale.ROOT), value);
    }
}
