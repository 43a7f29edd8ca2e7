package lb.config.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import lb.config.HashSource;
import lb.config.Quoted;
import lb.config.RetryConfig;
import lb.config.route.CompressConfig;
import lb.config.route.MirrorConfig;
import lb.config.route.RateLimitConfig;
import lb.config.route.RequestRate;
import lb.config.route.RewriteConfig;
import lb.config.route.RouteRules;

/** Reads what else a route says of its requests than where they go. */
final class RulesReading {
    private static final String RATE = "a rate such as \"100/s\"";
    private static final String PATH = "a path such as \"/v1\"";
    private static final String TYPE = "a media type such as \"text/html\" or \"text/*\"";
    // RFC 3986 §3.3: path-absolute; with two slashes it would begin with a host
    private static final Pattern SEGMENTS =
            Pattern.compile("/(?!/)([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2}){0,2047}");
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[a-z0-9!#$&^_.+-]{1,127}/([a-z0-9!#$&^_.+-]{1,127}|\\*)");

    private static final String REWRITE = "an object such as { \"stripPrefix\": \"/v1\" }";

    private final Values values;
    private final PoolNames pools;
    private final RangesReading ranges;
    private final BasicAuthReading basicAuth;
    private final EditsReading edits;
    private final TermsReading terms;

    RulesReading(Values values, PoolNames pools, RetryConfig retry) {
        this.values = values;
        this.pools = pools;
        this.ranges = new RangesReading(values);
        this.basicAuth = new BasicAuthReading(values);
        this.edits = new EditsReading(values);
        this.terms = new TermsReading(values, retry);
    }

    RouteRules read(Fields route) {
        Fields headers = edits.headers(route.node("headers"));
        return new RouteRules(
                route.read("allow", List.of(), ranges::readSome),
                route.read("deny", List.of(), ranges::read),
                route.read("basicAuth", null, basicAuth::read),
                route.read("rateLimit", null, this::rateLimit),
                route.read("rewrite", null, this::rewrite),
                edits.read(headers, "request"),
                edits.read(headers, "response"),
                route.read("compress", null, this::compress),
                route.read("mirror", null, this::mirror),
                terms.read(route));
    }

    private RateLimitConfig rateLimit(Node node) {
        if (!node.is(Node.Kind.OBJECT)) {
            RequestRate rate = values.requests(node, ", or an object");
            return rate == null ? null : RateLimitConfig.of(rate);
        }
        Fields fields = new Fields(node, Shape.RATE_LIMIT, values);
        if (!fields.has("rate")) values.problems().addMissing(node, "rate", "write " + RATE);
        HashSource key = fields.parsed("key", RateLimitConfig.DEFAULT_KEY, HashSource.EXPECTED, HashSource::parse);
        int burst = fields.whole("burst", 0, 1, RateLimitConfig.MOST);
        int keys = fields.whole("keys", RateLimitConfig.DEFAULT_KEYS, RateLimitConfig.MIN_KEYS,
                RateLimitConfig.MAX_KEYS);
        RequestRate rate = fields.read("rate", null, written -> values.requests(written, ""));
        return rate == null ? null : new RateLimitConfig(key, rate.requests(), rate.period(),
                burst == 0 ? rate.requests() : burst, keys);
    }

    private RewriteConfig rewrite(Node node) {
        if (!node.is(Node.Kind.OBJECT) || node.members().isEmpty()) return values.wrong(node, REWRITE);
        if (node.members().keySet().stream().allMatch(Shape::isNote)) {
            values.problems().add(node, "has only notes; expected " + REWRITE);
            return null;
        }
        Fields fields = new Fields(node, Shape.REWRITE, values);
        String path = fields.parsed("path", null, PATH, RulesReading::path);
        String strip = fields.parsed("stripPrefix", null, PATH, RulesReading::prefix);
        String add = fields.parsed("addPrefix", null, PATH, RulesReading::prefix);
        for (String key : List.of("stripPrefix", "addPrefix")) {
            if (!fields.has("path") || !fields.has(key)) continue;
            values.problems().addAtKey(fields.node(key), "beside \"path\", which takes the place of the whole path");
            return null;
        }
        return path == null && strip == null && add == null ? null : new RewriteConfig(path, strip, add);
    }

    private static String path(String text) {
        if (SEGMENTS.matcher(text).matches()) return text;
        throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected " + PATH
                + (text.startsWith("//") ? ", with one slash in front" : ", without a query"));
    }

    private static String prefix(String text) {
        if (SEGMENTS.matcher(text).matches() && !text.endsWith("/")) return text;
        String likely = text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : "";
        throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected " + PATH
                + (text.startsWith("//") ? ", with one slash in front" : ", without a slash at its end")
                + (SEGMENTS.matcher(likely).matches() ? "; did you mean " + Quoted.of(likely) + "?" : ""));
    }

    private CompressConfig compress(Node node) {
        if (node.is(Node.Kind.TRUTH)) return node.isFalse() ? null : CompressConfig.DEFAULT;
        if (!node.is(Node.Kind.OBJECT)) return values.wrong(node, "true, false or an object");
        Fields fields = new Fields(node, Shape.COMPRESS, values);
        List<String> types = fields.read("types", CompressConfig.DEFAULT.types(), this::types);
        long minSize = fields.read("minSize", CompressConfig.DEFAULT_MIN_SIZE,
                written -> values.size(written, 0, CompressConfig.MAX_MIN_SIZE, ""));
        return types.isEmpty() ? null : new CompressConfig(types, minSize);
    }

    private List<String> types(Node node) {
        boolean some = node.is(Node.Kind.LIST) && !node.items().isEmpty();
        if (!some) return values.wrong(node, "a list such as [\"text/*\"]");
        List<String> types = new ArrayList<>(node.items().size());
        for (Node item : node.items()) {
            String type = values.parsed(item, TYPE, RulesReading::type);
            if (type != null) types.add(type);
        }
        return types;
    }

    private static String type(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (MEDIA_TYPE.matcher(lower).matches()) return lower;
        throw new IllegalArgumentException(Quoted.of(text) + " does not fit; expected " + TYPE
                + (text.indexOf(';') > 0 ? ", without parameters" : ""));
    }

    private MirrorConfig mirror(Node node) {
        if (!node.is(Node.Kind.OBJECT)) {
            String pool = pools.read(node, ", or an object");
            return pool == null ? null : new MirrorConfig(pool, 1, MirrorConfig.DEFAULT_IN_FLIGHT);
        }
        Fields fields = new Fields(node, Shape.MIRROR, values);
        if (!fields.has("pool")) values.problems().addMissing(node, "pool", "write the name of a pool");
        String pool = fields.read("pool", null, written -> pools.read(written, ""));
        double share = fields.read("share", 1.0, this::share);
        int inFlight = fields.whole("inFlight", MirrorConfig.DEFAULT_IN_FLIGHT, 1, MirrorConfig.MAX_IN_FLIGHT);
        return pool == null ? null : new MirrorConfig(pool, share, inFlight);
    }

    private Double share(Node node) {
        Double share = values.share(node);
        return share == null || share > 0 ? share : values.wrong(node, "above 0%, up to 100%");
    }
}
