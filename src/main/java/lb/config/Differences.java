package lb.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects, in words, in which fields two configs of one thing differ. Threading: one thread. */
final class Differences {
    /** A line of ten thousand backends helps nobody. */
    private static final int MOST = 20;

    private final List<String> told = new ArrayList<>();
    private int untold;
    private String last;

    boolean none() {
        return told.isEmpty();
    }

    List<String> told() {
        List<String> all = new ArrayList<>(told);
        if (untold > 0) all.add("and " + untold + " more");
        if (last != null) all.add(last);
        return all;
    }

    void add(String change) {
        if (told.size() < MOST) {
            told.add(change);
        } else {
            untold++;
        }
    }

    /** Ends the list. */
    void note(String note) {
        last = note;
    }

    /** {@code weight 1 → 3}, when they differ. */
    void field(String name, Object before, Object after) {
        if (!Objects.equals(before, after)) add(name + " " + written(before) + " → " + written(after));
    }

    void backend(BackendConfig old, BackendConfig now) {
        String who = "backend " + now.id() + " ";
        field(who + "url", "http://" + old.authority(), "http://" + now.authority());
        field(who + "weight", old.weight(), now.weight());
        field(who + "state", old.state(), now.state());
        field(who + "backup", old.backup(), now.backup());
    }

    /** All but its backends. */
    void pool(PoolConfig old, PoolConfig now) {
        field("balance", old.balance(), now.balance());
        health(old.health(), now.health());
        retry(old.retry(), now.retry());
        field("timeouts.connect", old.timeouts().connect(), now.timeouts().connect());
        field("timeouts.response", old.timeouts().response(), now.timeouts().response());
        field("timeouts.stream", old.timeouts().stream(), now.timeouts().stream());
        field("timeouts.upgrade", old.timeouts().upgrade(), now.timeouts().upgrade());
        field("limits.body", size(old.limits().body()), size(now.limits().body()));
        field("connections.maxPerBackend", most(old.connections()), most(now.connections()));
        field("connections.idle", old.connections().idle(), now.connections().idle());
        field("connections.maxIdle", old.connections().maxIdle(), now.connections().maxIdle());
        field("connections.queue", old.connections().queue(), now.connections().queue());
        field("connections.queueTimeout", old.connections().queueTimeout(), now.connections().queueTimeout());
        field("preserveHost", old.preserveHost(), now.preserveHost());
        outlier(old.outlier(), now.outlier());
        field("slowStart", orOff(old.slowStart()), orOff(now.slowStart()));
        field("whenNoneEligible", old.whenNoneEligible().word(), now.whenNoneEligible().word());
        sticky(old.sticky(), now.sticky());
    }

    private void sticky(StickyConfig old, StickyConfig now) {
        field("sticky", named(old), named(now));
        if (old == null || now == null) return;
        field("sticky.ttl", old.ttl(), now.ttl());
        field("sticky.secure", old.secure(), now.secure());
        field("sticky.sameSite", old.sameSite(), now.sameSite());
        field("sticky.domain", old.domain(), now.domain());
        field("sticky.path", old.path(), now.path());
        if (!old.keys().equals(now.keys())) {
            add("sticky.keys " + count(old.keys().size(), "key") + " → " + count(now.keys().size(), "other key"));
        }
    }

    private static String named(StickyConfig sticky) {
        if (sticky == null) return null;
        return sticky.cookie() != null ? "cookie " + sticky.cookie() : "learn " + sticky.learn();
    }

    private void outlier(OutlierConfig old, OutlierConfig now) {
        if (old == null || now == null) {
            field("outlier", old == null ? "off" : "on", now == null ? "off" : "on");
            return;
        }
        field("outlier.consecutiveFailures", old.consecutiveFailures(), now.consecutiveFailures());
        field("outlier.eject", old.eject(), now.eject());
        field("outlier.maxEject", old.maxEject(), now.maxEject());
        field("outlier.maxEjected", Units.writeShare(old.maxEjected()), Units.writeShare(now.maxEjected()));
        field("outlier.on", on(old), on(now));
        successRate(old.successRate(), now.successRate());
        field("outlier.overruleProbes", old.overruleProbes(), now.overruleProbes());
    }

    private void successRate(SuccessRateConfig old, SuccessRateConfig now) {
        if (old == null || now == null) {
            field("outlier.successRate", old == null ? "off" : "on", now == null ? "off" : "on");
            return;
        }
        field("outlier.successRate.below", Units.writeShare(old.below()), Units.writeShare(now.below()));
        field("outlier.successRate.minRequests", old.minRequests(), now.minRequests());
        field("outlier.successRate.window", old.window(), now.window());
    }

    private void health(HealthConfig old, HealthConfig now) {
        if (old == null || now == null) {
            field("health", old == null ? "off" : "on", now == null ? "off" : "on");
            return;
        }
        field("health.path", old.path() == null ? "TCP" : old.path(), now.path() == null ? "TCP" : now.path());
        field("health.expect.status", old.expect(), now.expect());
        field("health.interval", old.interval(), now.interval());
        field("health.timeout", old.timeout(), now.timeout());
        field("health.rise", old.rise(), now.rise());
        field("health.fall", old.fall(), now.fall());
    }

    private void retry(RetryConfig old, RetryConfig now) {
        field("retry.attempts", old.attempts(), now.attempts());
        field("retry.on", on(old), on(now));
        field("retry.within", old.within(), now.within());
        field("retry.budget", Units.writeShare(old.budget()), Units.writeShare(now.budget()));
    }

    /** What belongs to no pool and no listener. */
    void process(Config old, Config now) {
        field("timeouts.clientHeaders", old.timeouts().clientHeaders(), now.timeouts().clientHeaders());
        field("timeouts.clientIdle", old.timeouts().clientIdle(), now.timeouts().clientIdle());
        field("timeouts.drain", old.timeouts().drain(), now.timeouts().drain());
        field("limits.headers", size(old.limits().headers()), size(now.limits().headers()));
        field("limits.headerCount", old.limits().headerCount(), now.limits().headerCount());
        field("limits.line", size(old.limits().line()), size(now.limits().line()));
        field("limits.bodyRate", rate(old.limits().bodyRate()), rate(now.limits().bodyRate()));
        field("limits.connections", clients(old.limits()), clients(now.limits()));
        field("limits.connectionsPerClient", count(old.limits().connectionsPerClient()),
                count(now.limits().connectionsPerClient()));
        field("trustedProxies", old.trustedProxies(), now.trustedProxies());
        field("admin", old.admin() == null ? null : old.admin().listen(),
                now.admin() == null ? null : now.admin().listen());
        accessLog(old.accessLog(), now.accessLog());
        field("log.format", old.log().format(), now.log().format());
        field("log.level", old.log().level(), now.log().level());
        field("transport", old.transport(), now.transport());
    }

    private void accessLog(AccessLogConfig old, AccessLogConfig now) {
        if (old == null || now == null) {
            field("accessLog", old == null ? null : old.format(), now == null ? null : now.format());
            return;
        }
        field("accessLog.format", old.format(), now.format());
        field("accessLog.to", old.to(), now.to());
        field("accessLog.sample", Units.writeShare(old.sample()), Units.writeShare(now.sample()));
        field("accessLog.redactHeaders", new TreeSet<>(old.redactHeaders()), new TreeSet<>(now.redactHeaders()));
    }

    static String written(Object value) {
        if (value == null) return "off";
        if (value instanceof Duration duration) return Units.write(duration);
        if (value instanceof Enum<?> word) return word.name().toLowerCase(Locale.ROOT);
        return value.toString();
    }

    static String size(long bytes) {
        return bytes == Limits.NONE ? "none" : Units.write(bytes);
    }

    private static String most(ConnectionsConfig connections) {
        return count(connections.maxPerBackend());
    }

    private static String rate(long perSecond) {
        return perSecond == 0 ? "none" : Units.writeRate(perSecond);
    }

    private static String count(int limit) {
        return limit == 0 ? "none" : "" + limit;
    }

    private static String clients(Limits limits) {
        return limits.connections() == 0 ? "auto" : "" + limits.connections();
    }

    private static String on(RetryConfig retry) {
        return retry.on().isEmpty() ? "nothing" : String.join(", ", retry.on());
    }

    private static String on(OutlierConfig outlier) {
        return outlier.on().stream().map(OutlierConfig.On::word).collect(Collectors.joining(", "));
    }

    private static Duration orOff(Duration duration) {
        return duration.isZero() ? null : duration;
    }

    /** {@code 1 pool}, {@code 3 pools}. */
    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
