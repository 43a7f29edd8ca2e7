package lb.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import lb.config.file.ConfigProblems;
import lb.config.file.ConfigReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConfigChangesTest {
    private static Config read(String text) {
        try {
            return new ConfigReader(Set.of("roundRobin", "weightedRoundRobin"), name -> null)
                    .read(text.getBytes(StandardCharsets.UTF_8));
        } catch (ConfigProblems e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> lines(String before, String after) {
        return ConfigChanges.between(read(before), read(after)).lines();
    }

    private static String pool(String backends, String members) {
        return "{ \"listen\": 80, \"pools\": { \"default\": { \"backends\": [" + backends + "]" + members + " } } }";
    }

    private static final String FOUR = "'http://b1', { 'url': 'http://b2', 'weight': 1 }, 'http://b3', 'http://b5'"
            .replace('\'', '"');

    @Test void tellsNothingWhereNothingDiffers() {
        ConfigChanges changes = ConfigChanges.between(read(pool(FOUR, "")), read(pool(FOUR, "")));
        assertThat(changes.none()).isTrue();
        assertThat(changes.lines()).containsExactly("1 listener and 1 pool untouched");
    }

    @Test void tellsWhatBecameOfEachBackend() {
        String after = "\"http://b1\", "
                + "{ \"url\": \"http://b2\", \"weight\": 3, \"state\": \"drain\", \"backup\": true }, "
                + "\"http://b3\", \"http://b4\"";
        assertThat(lines(pool(FOUR, ""), pool(after, ", \"health\": { \"interval\": \"10s\" }"))).containsExactly(
                "pool=default: backend b2:80 weight 1 → 3; backend b2:80 state ready → drain; "
                        + "backend b2:80 backup false → true; backend b4:80 added; "
                        + "backend b5:80 removed; health.interval 5s → 10s; 2 backends untouched",
                "1 listener and 0 pools untouched");
    }

    @Test void tellsWhoComesBeforeOthers() {
        String before = "{ \"url\": \"http://b1\", \"zone\": \"a\" }, { \"url\": \"http://b2\", \"backup\": true }";
        String after = "{ \"url\": \"http://b1\", \"priority\": 2 }, { \"url\": \"http://b2\", \"zone\": \"b\" }";
        assertThat(lines(pool(before, ""), pool(after, ", \"zone\": \"b\", \"enoughEligible\": false"))).contains(
                "pool=default: backend b1:80 priority 0 → 2; backend b1:80 zone a → off; "
                        + "backend b2:80 backup true → false; backend b2:80 zone off → b; "
                        + "zone off → b; enoughEligible 70% → off; 0 backends untouched");
    }

    @Test void tellsThatABackendMoved() {
        String before = "{ \"id\": \"one\", \"url\": \"http://a:1\" }";
        assertThat(lines(pool(before, ""), pool(before.replace("a:1", "a:2"), ""))).contains(
                "pool=default: backend one url http://a:1 → http://a:2; 0 backends untouched");
    }

    @Test void tellsAnotherOrder() {
        assertThat(lines(pool("\"http://a\", \"http://b\"", ""), pool("\"http://b\", \"http://a\"", ""))).contains(
                "pool=default: backends in another order; 2 backends untouched");
    }

    @Test void tellsWhatIsOfTheProcess() {
        String after = "{ \"listen\": 80, \"backends\": [\"http://a\"], \"timeouts\": { \"drain\": \"10s\" },"
                + " \"admin\": false, \"accessLog\": \"json\", \"transport\": \"nio\","
                + " \"limits\": { \"line\": \"4KiB\", \"bodyRate\": false, \"connectionsPerClient\": 9 } }";
        assertThat(lines("{ \"listen\": 80, \"backends\": [\"http://a\"] }", after)).containsExactly(
                "lb: timeouts.drain 25s → 10s; limits.line 8KiB → 4KiB; limits.bodyRate 10B/s → none; "
                        + "limits.connectionsPerClient none → 9; admin 127.0.0.1:9901 → off; "
                        + "accessLog off → json; transport auto → nio",
                "1 listener and 1 pool untouched");
    }

    @Test void tellsListenersAndPoolsThatComeAndGo() {
        String before = "{ \"listeners\": { \"a\": { \"listen\": 80, \"pool\": \"p\" }, \"b\": { \"listen\": 81,"
                + " \"pool\": \"p\" } }, \"pools\": { \"p\": { \"backends\": [\"http://x\"] } } }";
        String after = "{ \"listeners\": { \"a\": { \"listen\": 82, \"pool\": \"q\" }, \"c\": { \"listen\": 83,"
                + " \"pool\": \"q\" } }, \"pools\": { \"q\": { \"backends\": [\"http://x\", \"http://y\"] } } }";
        assertThat(lines(before, after)).containsExactly(
                "listener=b: removed from 0.0.0.0:81",
                "listener=a: listen 0.0.0.0:80 → 0.0.0.0:82; pool p → q",
                "listener=c: added on 0.0.0.0:83 to pool=q",
                "pool=p: removed with 1 backend",
                "pool=q: added with 2 backends",
                "0 listeners and 0 pools untouched");
    }

    /** Any field of any record that is left out here would be changed by a reload without a word. */
    @Test void tellsEveryFieldOfAPool() {
        PoolConfig before = PoolConfig.of("p", List.of(backend(1)));
        Duration other = Duration.ofMillis(1500);
        PoolConfig after = new PoolConfig("p", before.backends(), BalanceConfig.hash(HashSource.parse("path")),
                new HealthConfig("/h", StatusRanges.parse("200"), other, other, 1, 1), new RetryConfig(3, true, false),
                new Timeouts(other, other, other, other, other, other, other), Limits.DEFAULT.withBody(1024),
                new ConnectionsConfig(7, other, 1), false);
        assertThat(between(before, after).parts().get(0).changes()).containsExactly(
                "balance weightedRoundRobin → hash path", "health.path TCP → /h",
                "health.expect.status 200-399 → 200", "health.interval 5s → 1500ms", "health.timeout 2s → 1500ms",
                "health.rise 2 → 1", "health.fall 3 → 1", "retry.attempts 2 → 3",
                "retry.on connect, reset → connect", "timeouts.connect 3s → 1500ms",
                "timeouts.response 1m → 1500ms", "timeouts.stream 1m → 1500ms", "timeouts.upgrade 1h → 1500ms",
                "limits.body none → 1KiB", "connections.maxPerBackend none → 7", "connections.idle 30s → 1500ms",
                "connections.maxIdle 32 → 1", "preserveHost true → false", "1 backend untouched");
    }

    /** The other half: more than twenty changes of one pool are not told one by one. */
    @Test void tellsEveryFieldThatSaysWhoIsTriedAgainAndWhoWaits() {
        PoolConfig before = PoolConfig.of("p", List.of(backend(1)));
        Duration other = Duration.ofMillis(1500);
        PoolConfig after = new PoolConfig("p", before.backends(), before.balance(), before.health(),
                new RetryConfig(3, false, false, true, Set.of(503, 429), other, 0.5), before.timeouts(),
                before.limits(), new ConnectionsConfig(0, Duration.ofSeconds(30), 32, 9, other), true,
                before.outlier(), before.slowStart(), before.whenNoneEligible(), null, before.preference());
        assertThat(between(before, after).parts().get(0).changes()).containsExactly(
                "retry.attempts 2 → 3", "retry.on connect, reset → timeout, 429, 503", "retry.within 10s → 1500ms",
                "retry.budget 20% → 50%", "connections.queue 0 → 9", "connections.queueTimeout 1s → 1500ms",
                "1 backend untouched");
    }

    /** The rest of it. */
    @Test void tellsEveryFieldThatSaysWhoIsEjected() {
        PoolConfig before = PoolConfig.of("p", List.of(backend(1)));
        Duration other = Duration.ofMillis(1500);
        PoolConfig after = ejecting(before, new OutlierConfig(6, other, other, 0.25,
                Set.of(OutlierConfig.On.STATUS_5XX), new SuccessRateConfig(0.1, 7, other), false));
        assertThat(between(before, after).parts().get(0).changes()).containsExactly(
                "outlier.consecutiveFailures 5 → 6", "outlier.eject 10s → 1500ms", "outlier.maxEject 5m → 1500ms",
                "outlier.maxEjected 50% → 25%", "outlier.on connect, reset, timeout, badResponse → 5xx",
                "outlier.successRate.below 20% → 10%", "outlier.successRate.minRequests 100 → 7",
                "outlier.successRate.window 30s → 1500ms", "outlier.overruleProbes true → false",
                "slowStart 10s → off", "whenNoneEligible fail → useAll", "1 backend untouched");
        assertThat(between(after, ejecting(before, null)).parts().get(0).changes()).contains("outlier on → off");
    }

    private static PoolConfig ejecting(PoolConfig pool, OutlierConfig outlier) {
        return new PoolConfig(pool.name(), pool.backends(), pool.balance(), pool.health(), pool.retry(),
                pool.timeouts(), pool.limits(), pool.connections(), pool.preserveHost(), outlier, Duration.ZERO,
                WhenNoneEligible.USE_ALL, null, pool.preference());
    }

    @Test @Timeout(5) void staysShortAndQuickWithTenThousandBackends() {
        List<BackendConfig> before = new ArrayList<>(IntStream.range(0, 10_000).mapToObj(i -> backend(i)).toList());
        List<BackendConfig> after = new ArrayList<>(IntStream.range(5_000, 15_000).mapToObj(i -> backend(i)).toList());
        List<String> changes =
                between(PoolConfig.of("p", before), PoolConfig.of("p", after)).parts().get(0).changes();
        assertThat(changes).hasSize(22).endsWith("and 9980 more", "5000 backends untouched");
    }

    private static BackendConfig backend(int number) {
        return BackendConfig.at(new BackendAddress("10.0." + number / 250 + "." + number % 250, 80));
    }

    private static ConfigChanges between(PoolConfig before, PoolConfig after) {
        return ConfigChanges.between(config(before), config(after));
    }

    private static Config config(PoolConfig pool) {
        Config like = Config.of(ListenAddress.every(80), pool.backends());
        ListenerConfig listener = new ListenerConfig("l", ListenAddress.every(80), pool.name());
        return new Config(Map.of("l", listener), Map.of(pool.name(), pool), like.timeouts(),
                like.limits(), List.of(), null, null, like.log(), like.transport());
    }
}
