package lb.config.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lb.config.BackendAddress;
import lb.config.BackendConfig;
import lb.config.Config;
import lb.config.ListenAddress;
import lb.config.ListenerConfig;
import lb.config.PoolConfig;
import lb.config.RetryConfig;
import lb.config.StickyConfig;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Nobody can build a route that is wrong, in whatever way it comes about. */
class RouteRecordsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test void refuseWhatIsOutOfRange() {
        refused("weight: -1", () -> new RouteTarget.Forward(Map.of("a", -1)));
        refused("split: nobody", () -> new RouteTarget.Forward(Map.of("a", 0)));
        refused("split: nobody", () -> new RouteTarget.Forward(Map.of()));
        refused("status: 304", () -> new RouteTarget.Redirect(Template.parse("/"), 304));
        refused("status: 199", () -> new RouteTarget.Respond(199, "", RouteTarget.Respond.TEXT));
        refused("share: 0.0", () -> new MirrorConfig("a", 0, 1));
        refused("share: NaN", () -> new MirrorConfig("a", Double.NaN, 1));
        refused("inFlight: 0", () -> new MirrorConfig("a", 1, 0));
        refused("requests: 0", () -> new RateLimitConfig(RateLimitConfig.DEFAULT_KEY, 0, SECOND, 1, 1000));
        refused("burst: 0", () -> new RateLimitConfig(RateLimitConfig.DEFAULT_KEY, 1, SECOND, 0, 1000));
        refused("keys: 999", () -> new RateLimitConfig(RateLimitConfig.DEFAULT_KEY, 1, SECOND, 1, 999));
        refused("period: PT2S",
                () -> new RateLimitConfig(RateLimitConfig.DEFAULT_KEY, 1, SECOND.plus(SECOND), 1, 1000));
        refused("rewrite: nothing", () -> new RewriteConfig(null, null, null));
        refused("rewrite: path and a prefix", () -> new RewriteConfig("/a", "/b", null));
        refused("users: none", () -> new BasicAuthConfig("lb", Map.of()));
        refused("types: none", () -> new CompressConfig(List.of(), 0));
        refused("minSize: -1", () -> new CompressConfig(List.of("text/*"), -1));
    }

    @Test void refuseASessionThatIsBothOrNeither() {
        refused("sticky: null, null", () -> sticky(null, null, List.of()));
        refused("sticky: a, b", () -> sticky("a", "b", List.of()));
        refused("keys: one of 15 characters", () -> sticky("a", null, List.of("x".repeat(15))));
    }

    private static StickyConfig sticky(String cookie, String learn, List<String> keys) {
        return new StickyConfig(cookie, learn, null, false, StickyConfig.SameSite.LAX, null, "/", keys);
    }

    @Test void showNoSecretAsText() {
        assertThat(sticky("lb", null, List.of("0123456789abcdef"))).hasToString("cookie lb keys 1");
        assertThat(new BasicAuthConfig("lb", Map.of("alice", "hunter22"))).hasToString("realm lb users [alice]");
    }

    @Test void nameEveryPoolOnce() {
        Map<String, Integer> split = new LinkedHashMap<>();
        split.put("b", 1);
        split.put("a", 0);
        RouteRules mirrored = new RouteRules(List.of(), List.of(), null, null, null, FieldEdits.NONE, FieldEdits.NONE,
                null, new MirrorConfig("c", 1, 1), TermsConfig.AS_POOL);
        assertThat(route(new RouteTarget.Forward(split), mirrored).pools()).containsExactly("b", "a", "c");
        assertThat(route(new RouteTarget.Respond(404, "", RouteTarget.Respond.TEXT), RouteRules.NONE).pools())
                .isEmpty();
    }

    private static RouteConfig route(RouteTarget target, RouteRules rules) {
        return new RouteConfig("r", MatchConfig.ALL, target, rules);
    }

    @Test void refuseToLeadToAPoolThatIsNotThere() {
        Config good = Config.of(ListenAddress.every(80), List.of(BackendConfig.at(new BackendAddress("a", 80))));
        ListenerConfig listener = new ListenerConfig("http", ListenAddress.every(80),
                List.of(route(RouteTarget.Forward.to("shop"), RouteRules.NONE)), false, null);
        refused("listeners.http: route r: no pool shop", () -> new Config(Map.of("http", listener), good.pools(),
                good.timeouts(), good.limits(), List.of(), null, null, good.log(), good.transport()));
        refused("pool: none, and no routes", () -> new ListenerConfig("http", ListenAddress.every(80), null));
    }

    @Test void takeThePlaceOfWhatAPoolSaysWhereTheySayAnything() {
        PoolConfig pool = PoolConfig.of("p", List.of(BackendConfig.at(new BackendAddress("a", 80))));
        assertThat(TermsConfig.AS_POOL.timeouts(pool)).isEqualTo(pool.timeouts());
        assertThat(TermsConfig.AS_POOL.retry(pool)).isEqualTo(pool.retry());
        assertThat(TermsConfig.AS_POOL.body(pool)).isEqualTo(pool.limits().body());
        TermsConfig terms = new TermsConfig(null, SECOND, null, null, RetryConfig.NEVER, 7L);
        assertThat(terms.timeouts(pool).response()).isEqualTo(SECOND);
        assertThat(terms.timeouts(pool).connect()).isEqualTo(pool.timeouts().connect());
        assertThat(terms.timeouts(pool).drain()).isEqualTo(pool.timeouts().drain());
        assertThat(terms.retry(pool)).isEqualTo(RetryConfig.NEVER);
        assertThat(terms.body(pool)).isEqualTo(7);
    }

    private static void refused(String begin, ThrowingCallable building) {
        assertThatIllegalArgumentException().isThrownBy(building).withMessageStartingWith(begin);
    }
}
