package lb.filter;

import java.util.List;
import java.util.Locale;
import lb.http.FieldName;
import lb.http.Head;

/** A set of media types, of which some stand for all that begin so ({@code text/*}). Threading: immutable. */
final class MediaTypes {
    private final String[] types;
    /** Such as {@code text/}. */
    private final String[] beginnings;

    /** @param types without parameters, in any case */
    MediaTypes(List<String> types) {
        List<String> lower = types.stream().map(type -> type.toLowerCase(Locale.ROOT)).toList();
        this.types = lower.stream().filter(type -> !type.endsWith("*")).toArray(String[]::new);
        beginnings = lower.stream().filter(type -> type.endsWith("*"))
                .map(type -> type.substring(0, type.length() - 1)).toArray(String[]::new);
    }

    /** Whether the Content-Type is one of them, whatever its parameters; false where there is none. */
    boolean contain(Head response) {
        int line = response.find(FieldName.CONTENT_TYPE, 0);
        if (line < 0 || response.removed(line)) return false;
        int start = response.valueStart(line);
        int end = start;
        while (end < response.valueEnd(line) && !ends(response.octet(end))) end++;
        for (String type : types) {
            if (response.is(start, end, type, true)) return true;
        }
        for (String beginning : beginnings) {
            int stop = start + beginning.length();
            if (stop < end && response.is(start, stop, beginning, true)) return true;
        }
        return false;
    }

    private static boolean ends(byte octet) {
        return octet == ';' || octet == ' ' || octet == '\t';
    }
}
