package lb.route;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import lb.config.route.FieldMatch;
import lb.config.route.MatchConfig;
import lb.http.Head;

/** What an entry asks for beside host and path: method, headers, query parameters. Threading: immutable. */
final class Conditions {
    private final String[] methods;
    private final FieldMatch[] headers;
    private final byte[][] headerValues;
    private final byte[][] queryNames;
    private final byte[][] queryValues;

    private Conditions(MatchConfig match) {
        methods = match.methods().toArray(String[]::new);
        headers = match.headers().toArray(FieldMatch[]::new);
        headerValues = values(match.headers(), text -> text.getBytes(StandardCharsets.UTF_8));
        queryNames = match.query().stream().map(field -> FormText.read(field.name())).toArray(byte[][]::new);
        queryValues = values(match.query(), FormText::read);
    }

    /** Null when it asks for nothing. */
    static Conditions of(MatchConfig match) {
        boolean none = match.methods().isEmpty() && match.headers().isEmpty() && match.query().isEmpty();
        return none ? null : new Conditions(match);
    }

    boolean hold(Head head) {
        if (methods.length > 0 && !method(head)) return false;
        for (int i = 0; i < headers.length; i++) {
            if (!header(head, headers[i].name(), headerValues[i])) return false;
        }
        return queryNames.length == 0 || query(head);
    }

    private boolean method(Head head) {
        for (String method : methods) {
            if (head.methodIs(method)) return true;
        }
        return false;
    }

    /** @param value or null for any */
    private static boolean header(Head head, String name, byte[] value) {
        for (int line = 0; line < head.count(); line++) {
            if (!head.is(head.nameStart(line), head.nameEnd(line), name, true) || head.removed(line)) continue;
            if (value == null) return true;
            if (RequestOctets.same(value, head, null, head.valueStart(line), head.valueEnd(line))) return true;
        }
        return false;
    }

    private boolean query(Head head) {
        int start = RequestOctets.pathEnd(head) + 1;
        for (int i = 0; i < queryNames.length; i++) {
            if (!parameter(head, start, queryNames[i], queryValues[i])) return false;
        }
        return true;
    }

    /** Among {@code a=1&b=2&c}. @param value or null for any, or none at all */
    private static boolean parameter(Head head, int start, byte[] name, byte[] value) {
        int end = head.pathEnd();
        for (int at = start, stop; at < end; at = stop + 1) {
            stop = RequestOctets.indexOf('&', head, null, at, end);
            int equals = RequestOctets.indexOf('=', head, null, at, stop);
            if (!FormText.is(name, head, at, equals)) continue;
            if (value == null || equals < stop && FormText.is(value, head, equals + 1, stop)) return true;
        }
        return false;
    }

    private static byte[][] values(List<FieldMatch> fields, Function<String, byte[]> octets) {
        return fields.stream().map(field -> field.value() == null ? null : octets.apply(field.value()))
                .toArray(byte[][]::new);
    }
}
