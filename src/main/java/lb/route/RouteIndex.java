package lb.route;

import java.util.List;
import java.util.stream.Collectors;
import lb.config.Quoted;
import lb.config.route.FieldMatch;
import lb.config.route.MatchConfig;
import lb.config.route.PathPattern;
import lb.http.Head;

/**
 * Finds the entry of a list of matches that takes a request: the first that fits.
 *
 * <p>The cost does not grow with the number of entries, but for those that ask for the same host and path, and for
 * patterns that share host and literal: they are tried in turn. Makes no objects, unless the path is spelled so that
 * backends may disagree about it, see {@link PathReading}; such a path is looked for in every reading, and only taken
 * when all lead to the same entry. So no spelling carries a request past an entry that was meant for it.
 *
 * <p>Threading: immutable; any event loop.
 */
public final class RouteIndex {
    /** No entry takes the request. */
    public static final int NONE = -1;
    /** A backend may read the path in a way that leads to another entry: the request is to be refused. */
    public static final int AMBIGUOUS = -2;

    private static final byte[] EMPTY_PATH = {'/'};
    private static final byte[] WHOLE_SERVER = {'*'};

    private final List<MatchConfig> entries;
    private final HostTable asReceived;
    /** Null when no entry asks for a path. */
    private final PathReadings readings;

    /** @param entries in the order in which they are tried */
    public RouteIndex(List<MatchConfig> entries) {
        this.entries = List.copyOf(entries);
        asReceived = table(null);
        List<byte[]> forms = entries.stream().flatMap(match -> match.paths().stream()).map(PathRule::form).toList();
        readings = forms.isEmpty() ? null : new PathReadings(forms, asReceived, this::table);
    }

    /** The position of the first entry that takes this request, {@link #NONE} or {@link #AMBIGUOUS}. */
    public int find(Head request) {
        int start = request.pathStart();
        int end = RequestOctets.pathEnd(request);
        int found;
        if (start == end) {
            byte[] path = request.pathLead() == '*' ? WHOLE_SERVER : EMPTY_PATH;
            found = asReceived.first(request, path, 0, path.length);
        } else {
            found = asReceived.first(request, null, start, end);
            boolean plain = readings == null || !PathReading.mayDiffer(request, start, end);
            if (!plain && !readings.agree(found, request, start, end)) return AMBIGUOUS;
        }
        return found == HostTable.NOTHING ? NONE : found;
    }

    /**
     * Which condition of an entry keeps this request from it. For an operator who asks; makes Strings.
     *
     * @return a sentence such as {@code method PUT is none of GET, HEAD}; null when the entry fits
     */
    public String whyNot(int entry, Head request) {
        MatchConfig match = entries.get(entry);
        if (refuses(new MatchConfig(match.hosts(), List.of(), List.of(), List.of(), List.of()), request)) {
            String host = request.text(request.hostStart(), request.hostEnd());
            return "host " + Quoted.of(host) + noneOf(match.hosts());
        }
        MatchConfig paths = new MatchConfig(List.of(), match.paths(), List.of(), List.of(), List.of());
        int byPath = new RouteIndex(List.of(paths)).find(request);
        if (byPath != 0) {
            return "path " + Quoted.of(path(request)) + (byPath == NONE ? noneOf(match.paths())
                    : " can be read in more than one way, and not in each of them as one of " + list(match.paths()));
        }
        if (refuses(new MatchConfig(List.of(), List.of(), match.methods(), List.of(), List.of()), request)) {
            return "method " + request.method() + noneOf(match.methods());
        }
        for (FieldMatch header : match.headers()) {
            MatchConfig alone = new MatchConfig(List.of(), List.of(), List.of(), List.of(header), List.of());
            if (refuses(alone, request)) return "header " + missing(header);
        }
        for (FieldMatch parameter : match.query()) {
            MatchConfig alone = new MatchConfig(List.of(), List.of(), List.of(), List.of(), List.of(parameter));
            if (refuses(alone, request)) return "query parameter " + missing(parameter);
        }
        return null;
    }

    /** @param reading of the paths, or null for as they are */
    private HostTable table(PathReading reading) {
        HostTable table = new HostTable();
        for (int i = entries.size() - 1; i >= 0; i--) {
            MatchConfig match = entries.get(i);
            List<PathRule> rules = match.paths().stream().map(path -> rule(path, reading)).toList();
            table.add(i, match.hosts(), rules, Conditions.of(match));
        }
        return table;
    }

    private static PathRule rule(PathPattern path, PathReading reading) {
        byte[] form = PathRule.form(path);
        return PathRule.of(reading == null ? form : reading.ofForm(form));
    }

    private static String path(Head request) {
        String path = request.text(request.pathStart(), RequestOctets.pathEnd(request));
        return path.isEmpty() ? String.valueOf((char) request.pathLead()) : path;
    }

    private static boolean refuses(MatchConfig condition, Head request) {
        return new RouteIndex(List.of(condition)).find(request) != 0;
    }

    private static String noneOf(List<?> expected) {
        return (expected.size() == 1 ? " is not " : " is none of ") + list(expected);
    }

    private static String list(List<?> expected) {
        return expected.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String missing(FieldMatch field) {
        return field.name() + (field.value() == null ? " is not there" : " is not " + Quoted.of(field.value()));
    }
}
