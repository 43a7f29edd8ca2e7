package lb.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lb.config.route.FieldMatch;
import lb.config.route.HostPattern;
import lb.config.route.MatchConfig;
import lb.config.route.PathPattern;

/** The same as the index, with Strings and regular expressions, one entry after the other, in every reading always. */
final class LinearMatcher {
    private static final Pattern CONTROL = Pattern.compile("%([01].|7[fF])");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9a-fA-F]{2})");
    private static final Reading AS_RECEIVED = new Reading(false, false, false, false, false);
    private static final List<Reading> READINGS = Stream.concat(Stream.of(AS_RECEIVED), IntStream.range(0, 16)
            .mapToObj(i -> new Reading(true, (i & 1) > 0, (i & 2) > 0, (i & 4) > 0, (i & 8) > 0))).toList();

    /** @param decoded at least what is unreserved @param all the rest, too @param parameters and so on: removed */
    private record Reading(boolean decoded, boolean all, boolean parameters, boolean empty, boolean dots) {}

    /** What is looked for. @param query may be null */
    record Request(String method, String host, String path, String query, String header) {}

    private record Entry(MatchConfig match, List<List<Pattern>> pathsOfReadings) {
        boolean takes(Request request, String host, int reading, String path) {
            List<Pattern> paths = pathsOfReadings.get(reading);
            return (match.hosts().isEmpty() || match.hosts().stream().anyMatch(each -> host(each, host)))
                    && (paths.isEmpty() || paths.stream().anyMatch(each -> each.matcher(path).matches()))
                    && (match.methods().isEmpty() || match.methods().contains(request.method))
                    && match.headers().stream().allMatch(header -> header(header, request.header))
                    && match.query().stream().allMatch(query -> query(query, request.query));
        }
    }

    private final Map<String, Pattern> patterns = new HashMap<>();
    private final List<Entry> entries;

    LinearMatcher(List<MatchConfig> matches) {
        entries = matches.stream().map(match -> new Entry(match, READINGS.stream()
                .map(reading -> match.paths().stream().map(path -> pattern(path, reading)).toList())
                .toList())).toList();
    }

    int find(Request request) {
        Set<Integer> found = new HashSet<>();
        String host = request.host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "").replaceFirst("\\.$", "");
        boolean byPath = entries.stream().anyMatch(entry -> !entry.match.paths().isEmpty());
        if (byPath && CONTROL.matcher(request.path).find()) return RouteIndex.AMBIGUOUS;
        for (Reading reading : byPath ? READINGS : READINGS.subList(0, 1)) {
            found.add(first(request, host, READINGS.indexOf(reading), read(request.path, reading)));
        }
        return found.size() > 1 ? RouteIndex.AMBIGUOUS : found.iterator().next();
    }

    private int first(Request request, String host, int reading, String path) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).takes(request, host, reading, path)) return i;
        }
        return RouteIndex.NONE;
    }

    private static boolean host(HostPattern expected, String host) {
        return expected.wildcard() ? host.endsWith("." + expected.name()) : host.equals(expected.name());
    }

    private static boolean header(FieldMatch expected, String header) {
        return header != null && expected.name().equals("x-h")
                && (expected.value() == null || expected.value().equals(header));
    }

    private static boolean query(FieldMatch expected, String query) {
        return query != null && Arrays.stream(query.split("&")).map(pair -> pair.split("=", 2)).anyMatch(pair ->
                form(pair[0]).equals(form(expected.name())) && (expected.value() == null
                        || pair.length == 2 && form(pair[1]).equals(form(expected.value()))));
    }

    private static String form(String text) {
        return URLDecoder.decode(text, StandardCharsets.ISO_8859_1);
    }

    /** A NUL stands for a star while a pattern is read. */
    private Pattern pattern(PathPattern path, Reading reading) {
        return patterns.computeIfAbsent(read(path.text().replace('*', '\0'), reading), LinearMatcher::compiled);
    }

    private static Pattern compiled(String text) {
        String read = text;
        String tail = "";
        if (read.endsWith("/\0")) {
            read = read.substring(0, read.length() - 2);
            tail = "(/.*)?";
        } else if (read.endsWith("\0") && read.indexOf('\0') == read.length() - 1) {
            read = read.substring(0, read.length() - 1);
            tail = ".*";
        }
        return Pattern.compile(Arrays.stream(read.split("\0", -1)).map(Pattern::quote)
                .collect(Collectors.joining("[^/]+")) + tail, Pattern.DOTALL);
    }

    private static String read(String path, Reading reading) {
        if (!reading.decoded) return path;
        String decoded = ESCAPE.matcher(path).replaceAll(escape -> {
            String octet = String.valueOf((char) Integer.parseInt(escape.group(1), 16));
            boolean decode = reading.all || octet.matches("[a-zA-Z0-9._~-]");
            return Matcher.quoteReplacement(decode ? octet : escape.group().toUpperCase(Locale.ROOT));
        });
        if (reading.all) decoded = decoded.replace('\\', '/');
        if (reading.parameters) decoded = decoded.replaceAll(";[^/]*", "");
        Deque<String> in = new ArrayDeque<>(List.of(decoded.substring(1).split("/", -1)));
        List<String> dots = reading.dots ? List.of(".", "..") : List.of();
        boolean folder = in.getLast().isEmpty() || dots.contains(in.getLast());
        if (in.getLast().isEmpty()) in.removeLast();
        if (reading.empty) in.removeAll(Collections.singleton(""));
        Deque<String> out = new ArrayDeque<>();
        for (String segment : in) {
            if (!dots.contains(segment)) out.addLast(segment);
            else if (segment.equals("..")) out.pollLast();
        }
        return "/" + String.join("/", out) + (folder && !out.isEmpty() ? "/" : "");
    }
}
