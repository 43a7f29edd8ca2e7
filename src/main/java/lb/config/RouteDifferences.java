package lb.config;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lb.config.route.BasicAuthConfig;
import lb.config.route.CompressConfig;
import lb.config.route.FieldEdits;
import lb.config.route.FieldMatch;
import lb.config.route.MatchConfig;
import lb.config.route.MirrorConfig;
import lb.config.route.RateLimitConfig;
import lb.config.route.RewriteConfig;
import lb.config.route.RouteConfig;
import lb.config.route.RouteTarget;
import lb.config.route.RouteTarget.Forward;
import lb.config.route.RouteTarget.Redirect;
import lb.config.route.RouteTarget.Respond;
import lb.config.route.Template;
import lb.config.route.TermsConfig;

/**
 * Tells in which fields two configs of one route differ. Values of headers and parameters are not told, nor passwords
 * and bodies: what a reload changes stands in the log. Threading: one thread.
 */
final class RouteDifferences {
    private final String who;
    private final Differences differences;

    /** @param who begins each change, such as {@code route api } */
    RouteDifferences(String who, Differences differences) {
        this.who = who;
        this.differences = differences;
    }

    void tell(RouteConfig old, RouteConfig now) {
        match(old.match(), now.match());
        target(old.target(), now.target());
        list("allow", old.rules().allow(), now.rules().allow());
        list("deny", old.rules().deny(), now.rules().deny());
        basicAuth(old.rules().basicAuth(), now.rules().basicAuth());
        rateLimit(old.rules().rateLimit(), now.rules().rateLimit());
        field("rewrite", written(old.rules().rewrite()), written(now.rules().rewrite()));
        edits("headers.request.", old.rules().request(), now.rules().request());
        edits("headers.response.", old.rules().response(), now.rules().response());
        compress(old.rules().compress(), now.rules().compress());
        mirror(old.rules().mirror(), now.rules().mirror());
        terms(old.rules().terms(), now.rules().terms());
    }

    private void match(MatchConfig old, MatchConfig now) {
        list("match.host", old.hosts(), now.hosts(), "any");
        list("match.path", old.paths(), now.paths(), "any");
        list("match.method", old.methods(), now.methods(), "any");
        matches("match.header", old.headers(), now.headers());
        matches("match.query", old.query(), now.query());
    }

    private void matches(String key, Collection<FieldMatch> old, Collection<FieldMatch> now) {
        String names = names(old);
        if (!names.equals(names(now))) {
            field(key, names, names(now));
        } else if (!old.equals(now)) {
            differences.add(who + key + " " + names + " has another value");
        }
    }

    private static String names(Collection<FieldMatch> fields) {
        return fields.isEmpty() ? "any" : fields.stream().map(FieldMatch::name).collect(Collectors.joining(", "));
    }

    private void target(RouteTarget old, RouteTarget now) {
        String before = written(old);
        String after = written(now);
        if (!before.equals(after)) {
            differences.add(who + before + " → " + after);
        } else if (now instanceof Respond && !old.equals(now)) {
            differences.add(who + after + " with another body");
        }
    }

    /** Without the body of an answer, which may be long. */
    private static String written(RouteTarget target) {
        if (target instanceof Redirect redirect) return "redirect " + redirect.status() + " " + redirect.location();
        if (target instanceof Respond respond) return "respond " + respond.status();
        return (((Forward) target).split().size() == 1 ? "pool " : "split ") + target;
    }

    private void basicAuth(BasicAuthConfig old, BasicAuthConfig now) {
        if (old == null || now == null) {
            field("basicAuth", old == null ? "off" : "on", now == null ? "off" : "on");
            return;
        }
        field("basicAuth.realm", old.realm(), now.realm());
        each("basicAuth.users ", old.users(), now.users(), "another password");
    }

    private void rateLimit(RateLimitConfig old, RateLimitConfig now) {
        if (old == null || now == null) {
            field("rateLimit", old == null ? null : old.rate(), now == null ? null : now.rate());
            return;
        }
        field("rateLimit.key", old.key(), now.key());
        field("rateLimit.rate", old.rate(), now.rate());
        field("rateLimit.burst", old.burst(), now.burst());
        field("rateLimit.keys", old.keys(), now.keys());
    }

    private static String written(RewriteConfig rewrite) {
        if (rewrite == null || rewrite.path() != null) return rewrite == null ? null : rewrite.path();
        return (rewrite.stripPrefix() == null ? "" : "without " + rewrite.stripPrefix())
                + (rewrite.stripPrefix() == null || rewrite.addPrefix() == null ? "" : " ")
                + (rewrite.addPrefix() == null ? "" : "behind " + rewrite.addPrefix());
    }

    private void edits(String side, FieldEdits old, FieldEdits now) {
        this.<Template>each(side + "set ", old.set(), now.set(), "another value");
        this.<Template>each(side + "add ", old.add(), now.add(), "another value");
        list(side + "remove", old.remove(), now.remove());
    }

    private <T> void each(String key, Map<String, T> old, Map<String, T> now, String changed) {
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            if (Objects.equals(old.get(name), now.get(name))) continue;
            String became = !old.containsKey(name) ? "added" : !now.containsKey(name) ? "removed" : changed;
            differences.add(who + key + name + ": " + became);
        }
    }

    private void compress(CompressConfig old, CompressConfig now) {
        if (old == null || now == null) {
            field("compress", old == null ? "off" : "on", now == null ? "off" : "on");
            return;
        }
        list("compress.types", old.types(), now.types());
        field("compress.minSize", Units.write(old.minSize()), Units.write(now.minSize()));
    }

    private void mirror(MirrorConfig old, MirrorConfig now) {
        field("mirror", old == null ? null : old.pool(), now == null ? null : now.pool());
        if (old == null || now == null) return;
        field("mirror.share", Units.writeShare(old.share()), Units.writeShare(now.share()));
        field("mirror.inFlight", old.inFlight(), now.inFlight());
    }

    private void terms(TermsConfig old, TermsConfig now) {
        ofPool("timeouts.connect", old.connect(), now.connect());
        ofPool("timeouts.response", old.response(), now.response());
        ofPool("timeouts.stream", old.stream(), now.stream());
        ofPool("timeouts.upgrade", old.upgrade(), now.upgrade());
        ofPool("retry", written(old.retry()), written(now.retry()));
        ofPool("limits.body", old.body() == null ? null : Differences.size(old.body()),
                now.body() == null ? null : Differences.size(now.body()));
    }

    private static String written(RetryConfig retry) {
        if (retry == null) return null;
        if (retry.equals(RetryConfig.NEVER)) return "off";
        return retry.attempts() + " on " + String.join(", ", retry.on()) + " within " + Units.write(retry.within());
    }

    /** A value that is the pool's when it is null. */
    private void ofPool(String name, Object old, Object now) {
        field(name, old == null ? "the pool's" : old, now == null ? "the pool's" : now);
    }

    private void list(String name, Collection<?> old, Collection<?> now) {
        list(name, old, now, "none");
    }

    private void list(String name, Collection<?> old, Collection<?> now, String empty) {
        field(name, listed(old, empty), listed(now, empty));
    }

    private static String listed(Collection<?> values, String empty) {
        return values.isEmpty() ? empty : values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private void field(String name, Object old, Object now) {
        differences.field(who + name, old, now);
    }
}
