package lb.config.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import lb.config.Quoted;
import lb.config.route.FieldMatch;
import lb.config.route.HostPattern;
import lb.config.route.MatchConfig;
import lb.config.route.PathPattern;

/** Reads {@code match}: each of host, path and method as one text or a list, headers and query parameters by name. */
final class MatchReading {
    private static final String HOST = "a host such as \"shop.example.com\"";
    private static final String PATH = "a path such as \"/v1/*\"";
    private static final String METHOD = "a method such as \"GET\"";
    private static final String VALUE = "text, or true for any value";
    // RFC 3986 §3.4, without & and #
    private static final Pattern QUERY_NAME = Pattern.compile("[A-Za-z0-9!$'()*+,./:;?@_~%\\[\\]-]{1,256}");
    private static final Pattern QUERY_VALUE = Pattern.compile("[A-Za-z0-9!$'()*+,./:;=?@_~%\\[\\]-]{1,2048}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[!-~]([ -~\\t]{0,2046}[!-~])?");

    private final Values values;

    MatchReading(Values values) {
        this.values = values;
    }

    /** @return null when it is no object */
    MatchConfig read(Node node) {
        if (!node.is(Node.Kind.OBJECT)) return values.wrong(node, "an object such as { \"path\": \"/v1/*\" }");
        Fields fields = new Fields(node, Shape.MATCH, values);
        return new MatchConfig(
                fields.read("host", List.of(), hosts -> some(hosts, HOST, HostPattern::parse)),
                fields.read("path", List.of(), paths -> some(paths, PATH, PathPattern::parse)),
                fields.read("method", List.of(), methods -> some(methods, METHOD, MatchReading::method)),
                fields.read("header", List.of(), this::headers),
                fields.read("query", List.of(), this::query));
    }

    /** One text, or a list of at least one. */
    private <T> List<T> some(Node node, String each, Function<String, T> parse) {
        if (!node.is(Node.Kind.LIST)) {
            T one = values.parsed(node, each + ", or a list", parse);
            return one == null ? List.of() : List.of(one);
        }
        if (node.items().isEmpty()) return values.wrong(node, each + ", or at least one in a list");
        List<T> read = new ArrayList<>(node.items().size());
        for (Node item : node.items()) {
            T one = values.parsed(item, each, parse);
            if (one != null) read.add(one);
        }
        return read;
    }

    private List<FieldMatch> headers(Node node) {
        if (!node.is(Node.Kind.OBJECT)) return values.wrong(node, "an object such as { \"X-Canary\": \"1\" }");
        List<FieldMatch> headers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node member : Named.free(node)) {
            String name = values.key(member, FieldNames::parse);
            if (name != null && !names.add(name.toLowerCase(Locale.ROOT))) {
                values.problems().addAtKey(member, Quoted.of(name) + " appears twice, in different case");
            }
            String value = value(member, HEADER_VALUE, "plain ASCII in one line");
            if (name != null) headers.add(FieldMatch.header(name, value));
        }
        return headers;
    }

    private List<FieldMatch> query(Node node) {
        if (!node.is(Node.Kind.OBJECT)) return values.wrong(node, "an object such as { \"version\": \"2\" }");
        List<FieldMatch> query = new ArrayList<>();
        for (Node member : Named.free(node)) {
            String name = values.key(member, MatchReading::queryName);
            String value = value(member, QUERY_VALUE, "what may stand in a query, such as \"a%20b\"");
            if (name != null) query.add(new FieldMatch(name, value));
        }
        return query;
    }

    /** @return null for any, and after a problem */
    private String value(Node node, Pattern allowed, String expected) {
        if (node.is(Node.Kind.TRUTH) && !node.isFalse()) return null;
        return values.parsed(node, VALUE, text -> {
            if (allowed.matcher(text).matches()) return text;
            throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected " + expected);
        });
    }

    private static String method(String text) {
        String capitals = text.toUpperCase(Locale.ROOT);
        if (!FieldNames.isToken(text)) {
            throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected " + METHOD);
        }
        if (text.equals(capitals)) return text;
        throw new IllegalArgumentException(Quoted.of(text) + " is in lower case, which no common method is; did you "
                + "mean " + Quoted.of(capitals) + "?");
    }

    private static String queryName(String text) {
        if (QUERY_NAME.matcher(text).matches()) return text;
        throw new IllegalArgumentException(Quoted.of(text) + " is not the name of a query parameter; expected such as "
                + "\"version\"");
    }
}
