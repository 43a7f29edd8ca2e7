package lb.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lb.config.route.FieldMatch;
import lb.config.route.HostPattern;
import lb.config.route.MatchConfig;
import lb.config.route.PathPattern;
import lb.http.Head;
import lb.http.Received;

/** Matches and requests as tests write them down. */
final class Matches {
    private Matches() {}

    /**
     * @param text words such as {@code host:a.example path:/v1/* method:GET header:x-canary=1 header:x-any query:a=1};
     *             nothing for all requests
     */
    static MatchConfig match(String text) {
        List<HostPattern> hosts = new ArrayList<>();
        List<PathPattern> paths = new ArrayList<>();
        List<String> methods = new ArrayList<>();
        List<FieldMatch> headers = new ArrayList<>();
        List<FieldMatch> query = new ArrayList<>();
        for (String word : text.isBlank() ? new String[0] : text.trim().split(" +")) {
            String[] parts = word.split(":", 2);
            switch (parts[0]) {
                case "host" -> hosts.add(HostPattern.parse(parts[1]));
                case "path" -> paths.add(PathPattern.parse(parts[1]));
                case "method" -> methods.add(parts[1]);
                case "header" -> headers.add(FieldMatch.header(name(parts[1]), value(parts[1])));
                case "query" -> query.add(new FieldMatch(name(parts[1]), value(parts[1])));
                default -> throw new IllegalArgumentException(word);
            }
        }
        return new MatchConfig(hosts, paths, methods, headers, query);
    }

    /** In the order given. */
    static RouteIndex index(String... matches) {
        return new RouteIndex(Arrays.stream(matches).map(Matches::match).toList());
    }

    /** To {@code a.example}. */
    static Head get(String target) {
        return request("GET", "a.example", target);
    }

    static Head request(String method, String host, String target, String... fields) {
        List<String> lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1", "Host: " + host));
        lines.addAll(List.of(fields));
        return Received.requestHead(lines.toArray(String[]::new));
    }

    private static String name(String field) {
        return field.split("=", 2)[0];
    }

    private static String value(String field) {
        return field.contains("=") ? field.split("=", 2)[1] : null;
    }
}
