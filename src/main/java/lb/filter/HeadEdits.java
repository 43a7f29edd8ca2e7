package lb.filter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lb.config.route.FieldEdits;
import lb.config.route.Template;
import lb.http.Head;
import lb.http.NamedLines;
import lb.proxy.Exchange;

/** What an operator wants done to a head's fields, made ready. Lines of lb's own are none too many. Immutable. */
final class HeadEdits {
    private static final byte[] CRLF = {'\r', '\n'};

    /** In lower case; those that are set, too. */
    private final String[] removed;
    private final Line[] added;

    private record Line(byte[] name, TemplateWriter value) {}

    HeadEdits(FieldEdits edits) {
        List<String> names = new ArrayList<>(edits.remove());
        names.addAll(edits.set().keySet());
        removed = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toArray(String[]::new);
        List<Line> lines = new ArrayList<>();
        lines(edits.set(), lines);
        lines(edits.add(), lines);
        added = lines.toArray(Line[]::new);
    }

    private static void lines(Map<String, Template> fields, List<Line> out) {
        fields.forEach((name, value) -> out.add(
                new Line((name + ": ").getBytes(StandardCharsets.US_ASCII), new TemplateWriter(value))));
    }

    void apply(Head head, Exchange exchange) {
        for (String name : removed) NamedLines.removeAll(head, name);
        for (Line line : added) {
            head.append(line.name);
            line.value.append(head, exchange);
            head.append(CRLF);
        }
    }
}
