package lb.sticky;

import static lb.sticky.StickyFixture.COOKIE;
import static lb.sticky.StickyFixture.backend;
import static lb.sticky.StickyFixture.backup;
import static lb.sticky.StickyFixture.config;
import static lb.sticky.StickyFixture.cookie;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lb.config.BackendConfig.State;
import lb.config.ConnectionsConfig;
import lb.config.PoolConfig;
import lb.config.StickyConfig;
import lb.config.StickyConfig.SameSite;
import lb.config.WhenNoneEligible;
import lb.http.Head;
import lb.http.Received;
import lb.pool.Pool;
import lb.pool.PoolFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StickyCookieTest {
    private static final String OLD = "the old key of the shop";
    private static final String NEW = "the new key of the shop";
    private static final Duration HOUR = Duration.ofHours(1);

    private final StickyFixture lb = StickyFixture.of(cookie(HOUR, OLD), "a", "b", "c");

    private String renewed(StickyFixture by, String id, String value) {
        return StickyFixture.value(by.answered(id, "HTTP/1.1 200 OK", COOKIE + "=" + value));
    }

    @Test void isNothingForAPoolThatIsNotSticky() {
        Pool plain = PoolFixture.open(PoolFixture.config(null, List.of(backend("a", 1, State.READY))),
                List.of(lb.backend("a")), Runnable::run);
        assertThat(Stickies.of(plain, null)).isNull();
    }

    @Test void leadsTheNextRequestToTheBackendThatAnswered() {
        assertThat(lb.session()).isNull();
        for (String id : new String[] {"a", "b", "c"}) {
            String value = lb.issued(id);
            assertThat(lb.session(COOKIE + "=" + value)).isEqualTo(id);
            assertThat(lb.session(COOKIE + "=" + value)).as("verified before").isEqualTo(id);
            assertThat(renewed(lb, id, value)).as("nothing to say").isNull();
        }
    }

    @Test void letsNoBackendSetACookieOfItsName() {
        Head response = Received.responseHead("HTTP/1.1 200 OK", "Set-Cookie: lb_shop=mine; Path=/", "Set-Cookie: a=b",
                "set-cookie: lb_shop2=mine", "Set-Cookie: lb_shop=v1.x");
        String value = lb.issued("a");
        assertThat(lb.answered("a", response, COOKIE + "=" + value)).as("a session goes on")
                .isEqualTo("Set-Cookie: a=b\r\nset-cookie: lb_shop2=mine\r\n\r\n");
        Head first = Received.responseHead("HTTP/1.1 200 OK", "Set-Cookie: lb_shop=mine");
        assertThat(StickyFixture.value(lb.answered("b", first))).as("and begins").startsWith(CookieValue.VERSION);
    }

    @Test void letsABackendEndASession() {
        Head response = Received.responseHead("HTTP/1.1 200 OK", "Set-Cookie: lb_shop=; Max-Age=0");
        assertThat(lb.answered("a", response, COOKIE + "=" + lb.issued("a"))).contains("lb_shop=; Max-Age=0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            public, max-age=60      | true
            max-age=1, S-MaxAge=60  | true
            s-maxage=60, Private    | false
            public, no-store        | false
            max-age=60              | false
            x-s-maxage=60           | false
            """)
    void setsItInNoResponseThatASharedCacheMayGiveToAll(String cacheControl, boolean withheld) {
        Head response = Received.responseHead("HTTP/1.1 200 OK", "Cache-Control: " + cacheControl);
        assertThat(StickyFixture.value(lb.answered("a", response)) == null).isEqualTo(withheld);
    }

    @Test void prefersTheNewestCookieWhoseBackendMayServe() {
        String old = COOKIE + "=" + lb.issued("a");
        lb.pass(Duration.ofSeconds(2));
        String now = COOKIE + "=" + lb.issued("b");
        assertThat(lb.session(old + "; " + now)).as("of the former path, which comes first").isEqualTo("b");
        assertThat(lb.session(now, old)).isEqualTo("b");
        assertThat(StickyFixture.value(lb.answered("b", "HTTP/1.1 200 OK", old + "; " + now))).isNull();
        lb.backend("b").healthy(false, "gone");
        assertThat(lb.session(old + "; " + now)).as("the newer one is of no use").isEqualTo("a");
        assertThat(lb.sticky().explain(StickyFixture.request(old + "; " + now))).contains("backend a, issued 2s ago");
    }

    @Test void setsItForTheWholeSiteOutOfReachOfScripts() {
        assertThat(lb.answered("a", "HTTP/1.1 200 OK")).matches("Content-Length: 0\r\n"
                + "Set-Cookie: lb_shop=v1\\.[A-Za-z0-9_-]{39}; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        ", , /, LAX, false, ' Path=/; HttpOnly; SameSite=Lax'",
        ", example.com, /x, STRICT, true, ' Path=/x; Domain=example.com; HttpOnly; SameSite=Strict; Secure'",
        "PT0.001S, , /, NONE, true, ' Path=/; Max-Age=1; HttpOnly; SameSite=None; Secure'",
        "P400D, , /, LAX, false, ' Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax'"})
    void setsTheAttributesOfTheConfig(
            Duration ttl, String domain, String path, SameSite sameSite, boolean secure, String expected) {
        StickyConfig config = new StickyConfig(COOKIE, null, ttl, secure, sameSite, domain, path, List.of());
        String fields = StickyFixture.of(config, "a").answered("a", "HTTP/1.1 200 OK");
        assertThat(fields.substring(fields.indexOf(';') + 1)).isEqualTo(expected + "\r\n\r\n");
    }

    @Test void keepsTheApplicationsOwnCookies() {
        Head response = Received.responseHead("HTTP/1.1 200 OK", "Set-Cookie: SID=1", "Content-Length: 0");
        assertThat(lb.answered("a", response)).startsWith("Set-Cookie: SID=1\r\n").contains("Set-Cookie: lb_shop=v1.");
    }

    @Test void showsNeitherIdNorAddress() {
        StickyFixture named = StickyFixture.of(cookie(null), "10.20.30.40:8080", "backend7");
        Set<String> names = new HashSet<>();
        for (String id : new String[] {"10.20.30.40:8080", "backend7"}) {
            byte[] octets = Base64.getUrlDecoder().decode(named.issued(id).substring(3));
            String text = new String(octets, StandardCharsets.ISO_8859_1);
            assertThat(text).doesNotContain("backend").doesNotContain("10.");
            names.add(text.substring(0, 8));
        }
        byte[] keyed = Base64.getUrlDecoder().decode(StickyFixture.of(cookie(null, NEW), "backend7")
                .issued("backend7").substring(3));
        names.add(new String(keyed, 0, 8, StandardCharsets.ISO_8859_1));
        assertThat(names).as("by backend and by key").hasSize(3);
    }

    @Test void isTheSameForAllWhoComeInOneSecond() {
        String value = lb.issued("a");
        assertThat(lb.issued("a")).isEqualTo(value);
        lb.pass(Duration.ofSeconds(1));
        assertThat(lb.issued("a")).isNotEqualTo(value);
    }

    @Test void believesTheFirstValidOneOfEight() {
        String a = COOKIE + "=" + lb.issued("a");
        String b = COOKIE + "=" + lb.issued("b");
        String bad = COOKIE + "=bad";
        assertThat(lb.session(a + "; " + b)).isEqualTo("a");
        assertThat(lb.session(b, a)).isEqualTo("b");
        assertThat(lb.session("x=1; " + bad, "y=2", bad + "; " + b + "; z=3", a)).isEqualTo("b");
        String seven = (bad + "; ").repeat(7);
        assertThat(lb.session(seven + a)).isEqualTo("a");
        assertThat(lb.session(seven + bad + "; " + a)).as("the ninth").isNull();
        assertThat(lb.session(seven, bad, a)).as("the ninth").isNull();
        assertThat(lb.session("x=1; ".repeat(20) + a)).as("others do not count").isEqualTo("a");
    }

    @Test void expiresAfterItsTtl() {
        String value = lb.issued("a");
        lb.pass(HOUR);
        assertThat(lb.session(COOKIE + "=" + value)).isEqualTo("a");
        lb.pass(Duration.ofSeconds(1));
        assertThat(lb.session(COOKIE + "=" + value)).isNull();
        assertThat(renewed(lb, "a", value)).isEqualTo(lb.issued("a"));
    }

    @Test void isRenewedWhenHalfOfItsTtlIsOver() {
        String value = lb.issued("a");
        lb.pass(Duration.ofMinutes(30));
        assertThat(renewed(lb, "a", value)).isNull();
        lb.pass(Duration.ofSeconds(1));
        String next = renewed(lb, "a", value);
        assertThat(next).isNotNull().isNotEqualTo(value);
        lb.pass(Duration.ofMinutes(59));
        assertThat(lb.session(COOKIE + "=" + value)).isNull();
        assertThat(lb.session(COOKIE + "=" + next)).isEqualTo("a");
    }

    @Test void neverExpiresWithoutTtl() {
        StickyFixture forever = StickyFixture.of(cookie(null, OLD), "a");
        String value = forever.issued("a");
        forever.pass(Duration.ofDays(10_000));
        assertThat(forever.session(COOKIE + "=" + value)).isEqualTo("a");
        assertThat(renewed(forever, "a", value)).isNull();
    }

    @Test void bearsAReplicaWhoseClockIsAMinuteAhead() {
        StickyFixture ahead = StickyFixture.of(cookie(HOUR, OLD), "a", "b", "c");
        ahead.clockMoves(60);
        String value = ahead.issued("b");
        assertThat(lb.session(COOKIE + "=" + value)).isEqualTo("b");
        assertThat(renewed(lb, "b", value)).isNull();
        lb.clockMoves(-1);
        assertThat(lb.session(COOKIE + "=" + value)).as("61 s ahead, though verified").isNull();
    }

    @ParameterizedTest
    @CsvSource({OLD, ","})
    void isUnderstoodByEveryReplicaAndAfterARestart(String key) {
        StickyConfig config = key == null ? cookie(HOUR) : cookie(HOUR, key);
        StickyFixture one = StickyFixture.of(config, "a", "b", "c");
        StickyFixture other = StickyFixture.of(config, "c", "x", "b", "a");
        for (String id : new String[] {"a", "b", "c"}) {
            assertThat(other.session(COOKIE + "=" + one.issued(id))).isEqualTo(id);
            assertThat(other.issued(id)).isEqualTo(one.issued(id));
        }
    }

    @Test void verifiesWithAllKeysAndSignsWithTheFirst() {
        String value = lb.issued("b");
        lb.reload(config("shop", cookie(HOUR, NEW, OLD), "a", "b", "c"));
        assertThat(lb.session(COOKIE + "=" + value)).isEqualTo("b");
        String next = renewed(lb, "b", value);
        assertThat(next).as("moves on to the new key").isNotNull().isNotEqualTo(value);
        assertThat(renewed(lb, "b", next)).isNull();

        lb.reload(config("shop", cookie(HOUR, NEW), "a", "b", "c"));
        assertThat(lb.session(COOKIE + "=" + next)).isEqualTo("b");
        assertThat(lb.session(COOKIE + "=" + value)).as("its key is gone").isNull();
        assertThat(renewed(lb, "b", value)).isEqualTo(next);
    }

    @Test void movesToTheBackendThatAnsweredInstead() {
        String value = lb.issued("a");
        lb.backend("a").healthy(false, "gone");
        assertThat(lb.session(COOKIE + "=" + value)).isNull();
        assertThat(renewed(lb, "b", value)).isEqualTo(lb.issued("b"));
        lb.backend("a").healthy(true, "back");
        assertThat(lb.session(COOKIE + "=" + value)).isEqualTo("a");
        assertThat(renewed(lb, "b", value)).as("a retry went elsewhere").isEqualTo(lb.issued("b"));
    }

    @ParameterizedTest
    @CsvSource({"DOWN", "EJECTED", "MAINT", "REMOVED"})
    void losesABackendThatIsOutAtOnce(String how) {
        String value = COOKIE + "=" + lb.issued("a");
        Sticky.Session running = lb.sticky().session(StickyFixture.request(value));
        switch (how) {
            case "DOWN" -> lb.backend("a").healthy(false, "gone");
            case "EJECTED" -> lb.backend("a").ejected(true, "bad answers");
            case "MAINT" -> lb.reload(backend("a", 1, State.MAINT), backend("b", 1, State.READY));
            default -> lb.reload(backend("b", 1, State.READY));
        }
        assertThat(lb.session(value)).isNull();
        if (!how.equals("REMOVED")) assertThat(running.backend()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"DRAIN, 1", "READY, 0"})
    void staysWithADrainingBackendUntilItsDeadline(State state, int weight) {
        String value = COOKIE + "=" + lb.issued("a");
        lb.reload(backend("a", weight, state), backend("b", 1, State.READY));
        assertThat(lb.backend("a").eligible()).isFalse();
        lb.pass(Duration.ofSeconds(59));
        assertThat(lb.session(value)).isEqualTo("a");
        lb.pass(Duration.ofSeconds(1));
        assertThat(lb.session(value)).isNull();
        lb.reload(backend("a", 1, State.READY), backend("b", 1, State.READY));
        assertThat(lb.session(value)).as("ready again").isEqualTo("a");
    }

    @Test void staysWithAFullBackendAndLetsTheProxyWait() {
        PoolConfig base = config("shop", cookie(HOUR, OLD), "a", "b");
        StickyFixture limited = new StickyFixture(new PoolConfig("shop", base.backends(), base.balance(), null,
                base.retry(), base.timeouts(), base.limits(), new ConnectionsConfig(1, HOUR, 1), true, null,
                Duration.ZERO, WhenNoneEligible.FAIL, base.sticky(), base.preference()));
        assertThat(limited.backend("a").connectionOpens()).isTrue();
        assertThat(limited.backend("a").full()).isTrue();
        assertThat(limited.session(COOKIE + "=" + limited.issued("a"))).isEqualTo("a");
    }

    @Test void staysWithABackupWhenPrimariesAreBack() {
        StickyFixture both = new StickyFixture(config("shop", cookie(HOUR), WhenNoneEligible.FAIL,
                backend("a", 1, State.READY), backup("spare")));
        String value = both.issued("spare");
        assertThat(both.session(COOKIE + "=" + value)).isEqualTo("spare");
        assertThat(renewed(both, "spare", value)).isNull();
    }

    @ParameterizedTest
    @EnumSource(WhenNoneEligible.class)
    void staysWhenAllAreUsedBecauseNoneIsEligible(WhenNoneEligible none) {
        StickyFixture alone = new StickyFixture(config("shop", cookie(HOUR), none, backend("a", 1, State.READY)));
        String value = COOKIE + "=" + alone.issued("a");
        alone.backend("a").healthy(false, "gone");
        assertThat(alone.session(value)).isEqualTo(none == WhenNoneEligible.USE_ALL ? "a" : null);
    }

    @Test void outlivesTheRemovalOfItsBackend() {
        String value = COOKIE + "=" + lb.issued("a");
        assertThat(lb.session(value)).isEqualTo("a");
        lb.reload(backend("b", 1, State.READY));
        lb.reload(backend("b", 1, State.READY), backend("a", 1, State.READY));
        assertThat(lb.session(value)).isEqualTo("a");
    }

    @Test void isTheSameObjectForTheSamePool() {
        assertThat(Stickies.of(lb.pool(), lb.sticky())).isSameAs(lb.sticky());
        Sticky before = lb.sticky();
        lb.reload(backend("b", 1, State.READY));
        assertThat(lb.sticky()).isNotSameAs(before);
    }

    @Test void saysWhatItThinks() {
        String a = lb.issued("a");
        lb.pass(Duration.ofSeconds(300));
        assertThat(lb.sticky().explain(StickyFixture.request())).isEqualTo("no cookie lb_shop");
        assertThat(lb.sticky().explain(StickyFixture.request(COOKIE + "=x; " + COOKIE + "=" + a)))
                .isEqualTo("cookie lb_shop: ignored (malformed), backend a, issued 5m ago");
        lb.backend("a").healthy(false, "gone");
        assertThat(lb.sticky().explain(StickyFixture.request(COOKIE + "=" + a)))
                .isEqualTo("cookie lb_shop: backend a, issued 5m ago; it may not serve now: DOWN");
        lb.reload(backend("b", 1, State.READY));
        assertThat(lb.sticky().explain(StickyFixture.request(COOKIE + "=" + a)))
                .isEqualTo("cookie lb_shop: ignored (of a backend that the pool does not have)");
        lb.reload(config("shop", cookie(HOUR, NEW), "a"));
        assertThat(lb.sticky().explain(StickyFixture.request(COOKIE + "=" + a)))
                .isEqualTo("cookie lb_shop: ignored (not signed by a key of this pool and cookie)");
    }

    /** One session and one walk through the cookies; no Mac, no text. */
    @Test void costsNextToNoMemoryOnceAValueIsVerified() {
        Head request = StickyFixture.request("x=1; " + COOKIE + "=" + lb.issued("a"));
        int rounds = 10_000;
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int found = 0;
        long before = 0;
        for (int i = -rounds; i < rounds; i++) {
            if (i == 0) before = memory.getCurrentThreadAllocatedBytes();
            if (lb.sticky().session(request).backend() != null) found++;
        }
        long each = (memory.getCurrentThreadAllocatedBytes() - before) / rounds;
        assertThat(found).isEqualTo(2 * rounds);
        assertThat(each).isLessThan(120);
    }
}
