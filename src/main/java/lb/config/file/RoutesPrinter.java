package lb.config.file;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lb.config.AddressRange;
import lb.config.Units;
import lb.config.route.BasicAuthConfig;
import lb.config.route.CompressConfig;
import lb.config.route.FieldEdits;
import lb.config.route.FieldMatch;
import lb.config.route.MatchConfig;
import lb.config.route.MirrorConfig;
import lb.config.route.RateLimitConfig;
import lb.config.route.RewriteConfig;
import lb.config.route.RouteConfig;
import lb.config.route.RouteRules;
import lb.config.route.RouteTarget;
import lb.config.route.RouteTarget.Forward;
import lb.config.route.RouteTarget.Redirect;
import lb.config.route.RouteTarget.Respond;
import lb.config.route.Template;
import lb.config.route.TermsConfig;

/** Prints routes. What a route does not say is left out: it is the pool's, or is not done. Threading: one thread. */
final class RoutesPrinter {
    private final JsonGenerator out;
    private final PoolPrinter pools;

    RoutesPrinter(JsonGenerator out, PoolPrinter pools) {
        this.out = out;
        this.pools = pools;
    }

    void print(List<RouteConfig> routes) throws IOException {
        out.writeArrayFieldStart("routes");
        for (RouteConfig route : routes) {
            out.writeStartObject();
            text("name", route.name());
            if (!route.match().equals(MatchConfig.ALL)) match(route.match());
            target(route.target());
            rules(route.rules());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void match(MatchConfig match) throws IOException {
        out.writeObjectFieldStart("match");
        some("host", match.hosts());
        some("path", match.paths());
        some("method", match.methods());
        fields("header", match.headers());
        fields("query", match.query());
        out.writeEndObject();
    }

    private void fields(String key, List<FieldMatch> fields) throws IOException {
        if (fields.isEmpty()) return;
        out.writeObjectFieldStart(key);
        for (FieldMatch field : fields) {
            if (field.value() == null) {
                out.writeBooleanField(field.name(), true);
            } else {
                value(field.name(), field.value());
            }
        }
        out.writeEndObject();
    }

    private void target(RouteTarget target) throws IOException {
        if (target instanceof Forward forward) forward(forward.split());
        if (target instanceof Redirect redirect) {
            out.writeObjectFieldStart("redirect");
            text("to", redirect.location().toString());
            out.writeNumberField("status", redirect.status());
            out.writeEndObject();
        }
        if (target instanceof Respond respond) {
            out.writeObjectFieldStart("respond");
            out.writeNumberField("status", respond.status());
            if (!respond.body().isEmpty()) text("body", respond.body());
            text("contentType", respond.contentType());
            out.writeEndObject();
        }
    }

    private void forward(Map<String, Integer> split) throws IOException {
        String first = split.keySet().iterator().next();
        if (split.equals(Forward.to(first).split())) {
            text("pool", first);
            return;
        }
        out.writeObjectFieldStart("split");
        for (Map.Entry<String, Integer> each : split.entrySet()) out.writeNumberField(each.getKey(), each.getValue());
        out.writeEndObject();
    }

    private void rules(RouteRules rules) throws IOException {
        some("allow", rules.allow());
        some("deny", rules.deny());
        if (rules.basicAuth() != null) basicAuth(rules.basicAuth());
        if (rules.rateLimit() != null) rateLimit(rules.rateLimit());
        if (rules.rewrite() != null) rewrite(rules.rewrite());
        if (!rules.request().none() || !rules.response().none()) {
            out.writeObjectFieldStart("headers");
            edits("request", rules.request());
            edits("response", rules.response());
            out.writeEndObject();
        }
        if (rules.compress() != null) compress(rules.compress());
        if (rules.mirror() != null) mirror(rules.mirror());
        terms(rules.terms());
    }

    private void some(String key, List<?> values) throws IOException {
        if (values.isEmpty()) return;
        out.writeArrayFieldStart(key);
        for (Object value : values) out.writeString(Lookups.escape(value.toString()));
        out.writeEndArray();
    }

    private void basicAuth(BasicAuthConfig basicAuth) throws IOException {
        out.writeObjectFieldStart("basicAuth");
        text("realm", basicAuth.realm());
        out.writeObjectFieldStart("users");
        for (String user : basicAuth.users().keySet()) out.writeStringField(user, Secrets.HIDDEN);
        out.writeEndObject();
        out.writeEndObject();
    }

    private void rateLimit(RateLimitConfig limit) throws IOException {
        out.writeObjectFieldStart("rateLimit");
        text("key", limit.key().toString());
        text("rate", limit.rate().toString());
        out.writeNumberField("burst", limit.burst());
        out.writeNumberField("keys", limit.keys());
        out.writeEndObject();
    }

    private void rewrite(RewriteConfig rewrite) throws IOException {
        out.writeObjectFieldStart("rewrite");
        if (rewrite.path() != null) text("path", rewrite.path());
        if (rewrite.stripPrefix() != null) text("stripPrefix", rewrite.stripPrefix());
        if (rewrite.addPrefix() != null) text("addPrefix", rewrite.addPrefix());
        out.writeEndObject();
    }

    private void edits(String side, FieldEdits edits) throws IOException {
        if (edits.none()) return;
        out.writeObjectFieldStart(side);
        templates("set", edits.set());
        templates("add", edits.add());
        some("remove", edits.remove());
        out.writeEndObject();
    }

    private void templates(String key, Map<String, Template> templates) throws IOException {
        if (templates.isEmpty()) return;
        out.writeObjectFieldStart(key);
        for (Map.Entry<String, Template> each : templates.entrySet()) value(each.getKey(), each.getValue().toString());
        out.writeEndObject();
    }

    private void compress(CompressConfig compress) throws IOException {
        out.writeObjectFieldStart("compress");
        some("types", compress.types());
        text("minSize", Units.write(compress.minSize()));
        out.writeEndObject();
    }

    private void mirror(MirrorConfig mirror) throws IOException {
        out.writeObjectFieldStart("mirror");
        text("pool", mirror.pool());
        text("share", Units.writeShare(mirror.share()));
        out.writeNumberField("inFlight", mirror.inFlight());
        out.writeEndObject();
    }

    private void terms(TermsConfig terms) throws IOException {
        if (terms.connect() != null || terms.response() != null || terms.stream() != null || terms.upgrade() != null) {
            out.writeObjectFieldStart("timeouts");
            timeout("connect", terms.connect());
            timeout("response", terms.response());
            timeout("stream", terms.stream());
            timeout("upgrade", terms.upgrade());
            out.writeEndObject();
        }
        if (terms.retry() != null) pools.retry(terms.retry(), false);
        if (terms.body() == null) return;
        out.writeObjectFieldStart("limits");
        pools.body(terms.body());
        out.writeEndObject();
    }

    private void timeout(String key, Duration timeout) throws IOException {
        if (timeout != null) text(key, Units.write(timeout));
    }

    /** Of a field or parameter, which may be a secret. */
    private void value(String name, String value) throws IOException {
        text(name, Secrets.inside(name) ? Secrets.HIDDEN : value);
    }

    private void text(String key, String value) throws IOException {
        out.writeStringField(key, Lookups.escape(value));
    }
}
