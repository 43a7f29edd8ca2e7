package lb.config.route;

import java.util.List;

/**
 * What a request must be: one of the hosts, one of the paths, one of the methods, and every header and query parameter.
 * An empty list asks for nothing.
 *
 * @param methods as they stand in requests, such as {@code GET}
 */
public record MatchConfig(List<HostPattern> hosts, List<PathPattern> paths, List<String> methods,
        List<FieldMatch> headers, List<FieldMatch> query) {

    /** Takes every request. */
    public static final MatchConfig ALL = new MatchConfig(List.of(), List.of(), List.of(), List.of(), List.of());

    public MatchConfig {
        hosts = List.copyOf(hosts);
        paths = List.copyOf(paths);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        query = List.copyOf(query);
    }
}
