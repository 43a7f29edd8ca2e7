package lb.config;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** In which fields two configs of one pool differ. Threading: one thread. */
final class PoolDifferences {
    private final Differences told;

    PoolDifferences(Differences told) {
        this.told = told;
    }

    void backend(BackendConfig old, BackendConfig now) {
        String who = "backend " + now.id() + " ";
        told.field(who + "url", "http://" + old.authority(), "http://" + now.authority());
        told.field(who + "weight", old.weight(), now.weight());
        told.field(who + "state", old.state(), now.state());
        told.field(who + "backup", old.backup(), now.backup());
        if (!old.backup() && !now.backup()) told.field(who + "priority", old.priority(), now.priority());
        told.field(who + "zone", old.zone(), now.zone());
    }

    /** All but its backends. */
    void pool(PoolConfig old, PoolConfig now) {
        told.field("balance", old.balance(), now.balance());
        health(old.health(), now.health());
        retry(old.retry(), now.retry());
        told.field("timeouts.connect", old.timeouts().connect(), now.timeouts().connect());
        told.field("timeouts.response", old.timeouts().response(), now.timeouts().response());
        told.field("timeouts.stream", old.timeouts().stream(), now.timeouts().stream());
        told.field("timeouts.upgrade", old.timeouts().upgrade(), now.timeouts().upgrade());
        told.field("limits.body", Differences.size(old.limits().body()), Differences.size(now.limits().body()));
        told.field("connections.maxPerBackend", most(old.connections()), most(now.connections()));
        told.field("connections.idle", old.connections().idle(), now.connections().idle());
        told.field("connections.maxIdle", old.connections().maxIdle(), now.connections().maxIdle());
        told.field("connections.queue", old.connections().queue(), now.connections().queue());
        told.field("connections.queueTimeout", old.connections().queueTimeout(), now.connections().queueTimeout());
        told.field("preserveHost", old.preserveHost(), now.preserveHost());
        outlier(old.outlier(), now.outlier());
        told.field("slowStart", orOff(old.slowStart()), orOff(now.slowStart()));
        told.field("whenNoneEligible", old.whenNoneEligible().word(), now.whenNoneEligible().word());
        sticky(old.sticky(), now.sticky());
        told.field("zone", old.preference().zone(), now.preference().zone());
        told.field("enoughEligible", enough(old.preference()), enough(now.preference()));
    }

    private static String enough(PreferenceConfig preference) {
        return preference.enoughEligible() == 0 ? "off" : Units.writeShare(preference.enoughEligible());
    }

    private void sticky(StickyConfig old, StickyConfig now) {
        told.field("sticky", named(old), named(now));
        if (old == null || now == null) return;
        told.field("sticky.ttl", old.ttl(), now.ttl());
        told.field("sticky.secure", old.secure(), now.secure());
        told.field("sticky.sameSite", old.sameSite(), now.sameSite());
        told.field("sticky.domain", old.domain(), now.domain());
        told.field("sticky.path", old.path(), now.path());
        if (!old.keys().equals(now.keys())) keys(old.keys(), now.keys());
    }

    /** Which cookies hold on depends on it. No key is shown. */
    private void keys(List<String> old, List<String> now) {
        String numbers = "sticky.keys " + Differences.count(old.size(), "key") + " → "
                + Differences.count(now.size(), "key");
        if (old.isEmpty() || now.isEmpty()) {
            told.add(numbers);
            return;
        }
        long kept = now.stream().filter(old::contains).count();
        told.add(numbers + ", " + kept + " kept, " + (old.get(0).equals(now.get(0)) ? "the same" : "another")
                + " one signs");
    }

    private static String named(StickyConfig sticky) {
        if (sticky == null) return null;
        return sticky.cookie() != null ? "cookie " + sticky.cookie() : "learn " + sticky.learn();
    }

    private void outlier(OutlierConfig old, OutlierConfig now) {
        if (old == null || now == null) {
            told.field("outlier", old == null ? "off" : "on", now == null ? "off" : "on");
            return;
        }
        told.field("outlier.consecutiveFailures", old.consecutiveFailures(), now.consecutiveFailures());
        told.field("outlier.eject", old.eject(), now.eject());
        told.field("outlier.maxEject", old.maxEject(), now.maxEject());
        told.field("outlier.maxEjected", Units.writeShare(old.maxEjected()), Units.writeShare(now.maxEjected()));
        told.field("outlier.on", on(old), on(now));
        successRate(old.successRate(), now.successRate());
        told.field("outlier.overruleProbes", old.overruleProbes(), now.overruleProbes());
    }

    private void successRate(SuccessRateConfig old, SuccessRateConfig now) {
        if (old == null || now == null) {
            told.field("outlier.successRate", old == null ? "off" : "on", now == null ? "off" : "on");
            return;
        }
        told.field("outlier.successRate.below", Units.writeShare(old.below()), Units.writeShare(now.below()));
        told.field("outlier.successRate.minRequests", old.minRequests(), now.minRequests());
        told.field("outlier.successRate.window", old.window(), now.window());
    }

    private void health(HealthConfig old, HealthConfig now) {
        if (old == null || now == null) {
            told.field("health", old == null ? "off" : "on", now == null ? "off" : "on");
            return;
        }
        told.field("health.path", old.path() == null ? "TCP" : old.path(), now.path() == null ? "TCP" : now.path());
        told.field("health.expect.status", old.expect(), now.expect());
        told.field("health.interval", old.interval(), now.interval());
        told.field("health.timeout", old.timeout(), now.timeout());
        told.field("health.rise", old.rise(), now.rise());
        told.field("health.fall", old.fall(), now.fall());
    }

    private void retry(RetryConfig old, RetryConfig now) {
        told.field("retry.attempts", old.attempts(), now.attempts());
        told.field("retry.on", on(old), on(now));
        told.field("retry.within", old.within(), now.within());
        told.field("retry.budget", Units.writeShare(old.budget()), Units.writeShare(now.budget()));
    }

    private static String most(ConnectionsConfig connections) {
        return Differences.count(connections.maxPerBackend());
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
}
