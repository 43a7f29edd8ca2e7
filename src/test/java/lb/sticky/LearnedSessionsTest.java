package lb.sticky;

import static lb.sticky.StickyFixture.backend;
import static lb.sticky.StickyFixture.config;
import static lb.sticky.StickyFixture.learn;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import lb.config.BackendConfig.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearnedSessionsTest {
    private final StickyFixture lb = StickyFixture.of(learn(null), "a", "b", "c");

    /** A value that does not go there by itself, so that going there proves something. */
    private String strange(String id) {
        for (int i = 0; ; i++) {
            String value = id + i;
            if (!id.equals(lb.session("SID=" + value))) return value;
        }
    }

    /** A value that the backend has set. */
    private String learned(String id) {
        String value = strange(id);
        lb.sets(id, "SID=" + value + "; Path=/; HttpOnly");
        return "SID=" + value;
    }

    @Test void goesToTheBackendThatSetTheCookie() {
        String a = learned("a");
        String b = learned("b");
        assertThat(lb.session(a)).isEqualTo("a");
        assertThat(lb.session("x=1; " + b)).isEqualTo("b");
        lb.sets("c", a);
        assertThat(lb.session(a)).as("set again elsewhere").isEqualTo("c");
    }

    @Test void addsNothingToTheResponse() {
        assertThat(lb.answered("a", "HTTP/1.1 200 OK", "SID=1")).isEqualTo("Content-Length: 0\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"SID=%s; Max-Age=0", "SID=; x=%s", "Other=%s", "sid=%s"})
    void learnsNothingFromADeletionOrAnotherCookie(String setCookie) {
        String value = strange("a");
        String before = lb.session("SID=" + value);
        lb.sets("a", String.format(setCookie, value));
        assertThat(lb.session("SID=" + value)).isEqualTo(before);
    }

    @Test void saysNothingOfARequestWithoutTheCookie() {
        assertThat(lb.session()).isNull();
        assertThat(lb.session("x=1; SID=; SIDE=2")).isNull();
    }

    @Test void sendsAnUnknownValueWhereEveryReplicaWould() {
        StickyFixture other = StickyFixture.of(learn(null), "c", "a", "b");
        Set<String> used = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String there = lb.session("SID=" + i);
            assertThat(other.session("SID=" + i)).isEqualTo(there);
            assertThat(lb.session("SID=" + i)).isEqualTo(there);
            used.add(there);
        }
        assertThat(used).containsExactlyInAnyOrder("a", "b", "c");
    }

    /** Else the values that anybody makes up would drive out those that were set. */
    @Test void doesNotRememberWhereAnUnknownValueWent() {
        String there = lb.session("SID=made-up");
        lb.answered(there, "HTTP/1.1 200 OK", "SID=made-up");
        lb.backend(there).healthy(false, "gone");
        assertThat(lb.sticky().explain(StickyFixture.request("SID=made-up"))).contains("not learned; by its hash");
    }

    @Test void believesTheFirstLearnedOneOfSeveral() {
        String a = learned("a");
        String b = learned("b");
        assertThat(lb.session("SID=unknown; " + b, a)).isEqualTo("b");
        assertThat(lb.session("SID=unknown; SID=other")).isEqualTo(lb.session("SID=unknown"));
    }

    @Test void forgetsAfterAnHourWithoutARequest() {
        String a = learned("a");
        lb.pass(Duration.ofMinutes(40));
        assertThat(lb.session(a)).isEqualTo("a");
        lb.pass(Duration.ofHours(1));
        assertThat(lb.session(a)).isEqualTo("a");
        lb.pass(Duration.ofSeconds(3601));
        assertThat(lb.session(a)).isNotEqualTo("a");
    }

    @Test void goesByTheHashWhileItsBackendMayNotServeAndReturns() {
        String a = learned("a");
        lb.backend("a").healthy(false, "gone");
        String meanwhile = lb.session(a);
        assertThat(meanwhile).isNotNull().isNotEqualTo("a");
        assertThat(lb.session(a)).isEqualTo(meanwhile);
        lb.backend("a").healthy(true, "back");
        assertThat(lb.session(a)).isEqualTo("a");
    }

    @Test void staysWithADrainingBackendUntilItsDeadline() {
        String a = learned("a");
        lb.reload(backend("a", 1, State.DRAIN), backend("b", 1, State.READY));
        lb.pass(Duration.ofSeconds(59));
        assertThat(lb.session(a)).isEqualTo("a");
        for (int i = 0; i < 20; i++) assertThat(lb.session("SID=new" + i)).as("unknown").isEqualTo("b");
        lb.pass(Duration.ofSeconds(1));
        assertThat(lb.session(a)).isEqualTo("b");
    }

    @Test void outlivesAReloadAndTheRemovalOfItsBackend() {
        String a = learned("a");
        lb.reload(backend("b", 1, State.READY), backend("c", 1, State.READY));
        assertThat(lb.session(a)).isNotEqualTo("a");
        lb.reload(backend("a", 1, State.READY), backend("b", 1, State.READY), backend("c", 1, State.READY));
        assertThat(lb.session(a)).isEqualTo("a");
        lb.reload(config("shop", learn(Duration.ofMinutes(5)), "a", "b", "c"));
        assertThat(lb.session(a)).as("another ttl").isEqualTo("a");
        lb.pass(Duration.ofSeconds(301));
        assertThat(lb.session(a)).isNotEqualTo("a");
    }

    @Test void startsAnewWhenAnotherCookieIsMeant() {
        Sticky before = lb.sticky();
        lb.reload(config("shop", StickyFixture.cookie(null), "a", "b", "c"));
        assertThat(lb.sticky()).isNotSameAs(before).isInstanceOf(StickyCookie.class);
        assertThat(lb.session(StickyFixture.COOKIE + "=" + lb.issued("b"))).isEqualTo("b");
    }

    @Test void hasNoSessionWhereNobodyMayServe() {
        StickyFixture alone = StickyFixture.of(learn(null), "a");
        alone.sets("a", "SID=1");
        alone.backend("a").healthy(false, "gone");
        assertThat(alone.session("SID=1")).isNull();
        assertThat(alone.sticky().explain(StickyFixture.request("SID=1")))
                .isEqualTo("cookie SID: learned of backend a, which is DOWN; no backend may serve it");
    }

    @Test void saysWhatItThinks() {
        String a = learned("a");
        assertThat(lb.sticky().explain(StickyFixture.request("x=1"))).isEqualTo("no cookie SID");
        assertThat(lb.sticky().explain(StickyFixture.request(a))).isEqualTo("cookie SID: learned, backend a");
        lb.reload(backend("b", 1, State.READY));
        assertThat(lb.sticky().explain(StickyFixture.request(a)))
                .isEqualTo("cookie SID: learned of a backend that the pool does not have; by its hash, backend b");
    }
}
