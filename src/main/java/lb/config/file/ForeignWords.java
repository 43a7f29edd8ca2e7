package lb.config.file;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lb.config.Quoted;

/**
 * What operators write who know other proxies, and keys that stand in another object than where they were written: no
 * spelling of lb's is near, and yet it is clear what was meant. Threading: stateless.
 */
final class ForeignWords {
    private static final String LEAST_REQUESTS = "\"leastRequests\"";
    private static final String BY_ADDRESS = "{ \"hash\": \"clientIp\" }";

    /** By the object, and there by the key in small letters without underscores and dashes. */
    private static final Map<Shape, Map<String, String>> KEYS = new EnumMap<>(Shape.class);
    private static final Map<String, String> BALANCES = Map.ofEntries(
            Map.entry("leastconn", LEAST_REQUESTS), Map.entry("leastconnections", LEAST_REQUESTS),
            Map.entry("leastrequest", LEAST_REQUESTS), Map.entry("p2c", LEAST_REQUESTS),
            Map.entry("ewma", "\"leastLatency\""), Map.entry("leasttime", "\"leastLatency\""),
            Map.entry("rr", "\"roundRobin\""), Map.entry("wrr", "\"weightedRoundRobin\""),
            Map.entry("iphash", BY_ADDRESS), Map.entry("source", BY_ADDRESS), Map.entry("clientip", BY_ADDRESS),
            Map.entry("urihash", "{ \"hash\": \"path\" }"), Map.entry("uri", "{ \"hash\": \"path\" }"));

    static {
        keys(Shape.ROOT, "write \"backends\", or \"pools\" for several groups of them",
                "upstream", "upstreams", "server", "servers", "service", "services", "cluster", "clusters");
        keys(Shape.ROOT, "write \"listen\", or \"listeners\" for several",
                "port", "bind", "frontend", "frontends", "entrypoints");
        keys(Shape.ROOT, "write \"routes\"", "location", "locations", "routers", "rules");
        keys(Shape.POOL, "write \"backends\"", "server", "servers", "endpoints", "targets");
        keys(Shape.BACKEND, "write \"url\"", "address", "host", "server", "target");
        keys(Shape.BACKEND, "write \"id\"", "name");
        keys(Shape.HEALTH, "write \"path\"", "uri", "url");
        keys(Shape.STICKY, "write \"cookie\"", "name");
        keys(Shape.STICKY, "lb's cookie is always HttpOnly; take it out", "httponly");
        keys(Shape.STICKY, "write \"ttl\"", "maxage", "expires", "expire", "maxlife");
        keys(Shape.TIMEOUTS, "write \"response\" for the wait for an answer, \"stream\" for that within one",
                "read", "send", "server");
        keys(Shape.TIMEOUTS, "write \"clientIdle\"", "keepalive", "idle");
        inside(Shape.ROUTE, "match", Shape.MATCH);
        inside(Shape.ROUTE, "rewrite", Shape.REWRITE);
        keys(Shape.ROUTE, "write \"match\": { \"host\": …, \"path\": … }",
                "rule", "location", "prefix", "pathprefix");
        keys(Shape.ROUTE, "write \"pool\"", "service", "backend", "backends", "upstream", "proxypass", "to", "target");
        keys(Shape.ROUTE, "write \"respond\" or \"redirect\"", "return", "status");
        keys(Shape.ROUTE, "write \"compress\"", "gzip", "compression");
        keys(Shape.ROUTE, "it is the pool's or the root's", "sticky", "balance", "health", "outlier", "connections");
        keys(Shape.MIRROR, "write \"share\"", "percent", "percentage", "weight");
    }

    /** What nginx and HAProxy would fill in. */
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{?[a-z][a-z_]+}?|\\$[0-9]|%\\[[a-z._]+[^]]*]");

    private ForeignWords() {}

    /** {@code ; write "url"}, or null where the key says nothing. */
    static String hint(Shape shape, String key) {
        String meant = KEYS.getOrDefault(shape, Map.of()).get(plain(key));
        return meant == null ? null : "; " + meant;
    }

    /** {@code ; write "leastRequests"}, or nothing. @param balance what stands there in place of a balancer's name */
    static String balanceHint(String balance) {
        String meant = BALANCES.get(plain(balance));
        return meant == null ? "" : "; write " + meant;
    }

    private static void keys(Shape shape, String meant, String... keys) {
        Map<String, String> words = KEYS.computeIfAbsent(shape, none -> new HashMap<>());
        for (String key : keys) words.putIfAbsent(key, meant);
    }

    /** Warns of what is filled in elsewhere and not here. @param node a template */
    static void warnOfVariables(Node node, Problems problems) {
        Matcher variable = VARIABLE.matcher(node.is(Node.Kind.TEXT) ? node.text() : "");
        if (!variable.find() || variable.group().startsWith("${env") || variable.group().startsWith("${file")) return;
        problems.warn(node, Quoted.of(variable.group()) + " is sent as it stands here; what is filled in has braces, "
                + "such as {host}");
    }

    /** Keys of a member that were written beside it. */
    private static void inside(Shape shape, String member, Shape its) {
        for (String key : its.keys()) keys(shape, "it stands in " + Quoted.of(member), plain(key));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
