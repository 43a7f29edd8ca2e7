package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import lb.config.RetryConfig;
import lb.http.Failure;
import lb.http.Received;
import lb.pool.RetryVerdict;
import lb.proxy.RetryRule.Situation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryRuleTest {
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final RetryConfig TWICE = new RetryConfig(2, true, true, true, Set.of(503), WITHIN, 0.2);
    private static final Set<Failure> CONNECT = EnumSet.of(Failure.CONNECT_REFUSED, Failure.CONNECT_TIMEOUT,
            Failure.CONNECT_UNRESOLVED, Failure.CONNECT_FAILED, Failure.NO_DESCRIPTOR, Failure.NO_PORT);
    private static final Set<Failure> RESET = EnumSet.of(Failure.CLOSED_BEFORE_HEAD, Failure.RESET_BEFORE_HEAD,
            Failure.WENT_DOWN);
    private static final Set<Failure> KEPT = EnumSet.of(Failure.CLOSED_BEFORE_HEAD, Failure.RESET_BEFORE_HEAD);

    private static final Situation FIRST = new Situation(1, 0, 0, false, false, true, true);

    @Test void everyFailureInEverySituation() {
        for (Failure failure : Failure.values()) {
            for (int bits = 0; bits < 128; bits++) {
                int unreached = (bits & 64) != 0 ? 3 : 0;
                int attempts = unreached + ((bits & 1) != 0 ? 2 : 1);
                Situation now = new Situation(attempts, unreached, (bits & 2) != 0 ? WITHIN.toNanos() + 1 : 0,
                        (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0, (bits & 32) != 0);
                assertThat(RetryRule.afterFailure(failure, TWICE, now)).as("%s %s", failure, now)
                        .isEqualTo(expected(failure, now));
            }
        }
    }

    private static RetryVerdict expected(Failure failure, Situation now) {
        boolean timeout = failure == Failure.RESPONSE_TIMEOUT;
        if (!CONNECT.contains(failure)) {
            if (!RESET.contains(failure) && !timeout) return RetryVerdict.NEVER;
            if (!now.repeatable()) return RetryVerdict.NOT_REPEATABLE;
            if (!now.bodyKept()) return RetryVerdict.BODY_GONE;
            if (KEPT.contains(failure) && now.stale() && !now.alreadyFresh()) return RetryVerdict.STALE;
        }
        if (CONNECT.contains(failure) && now.unreached() == 3) return RetryVerdict.UNREACHED;
        if (!CONNECT.contains(failure) && now.attempts() - now.unreached() == 2) return RetryVerdict.ATTEMPTS;
        if (now.sinceNanos() > WITHIN.toNanos()) return RetryVerdict.LATE;
        return CONNECT.contains(failure) ? RetryVerdict.CONNECT : timeout ? RetryVerdict.TIMEOUT : RetryVerdict.RESET;
    }

    @Test void neverMeansNoOtherBackend() {
        for (Failure failure : Failure.values()) {
            assertThat(RetryRule.afterFailure(failure, RetryConfig.NEVER, FIRST))
                    .isIn(RetryVerdict.NOT_LISTED, RetryVerdict.NEVER);
        }
    }

    @Test void aConnectionThatWasAtItsEndIsNoAttemptAtAll() {
        Situation stale = new Situation(1, 0, 0, true, false, true, true);
        assertThat(RetryRule.afterFailure(Failure.CLOSED_BEFORE_HEAD, RetryConfig.NEVER, stale))
                .isEqualTo(RetryVerdict.STALE);
    }

    @ParameterizedTest
    @CsvSource({
        // connect, reset, timeout, failure -> verdict
        "true, false, false, CONNECT_REFUSED, CONNECT",
        "false, true, true, CONNECT_REFUSED, NOT_LISTED",
        "false, true, false, CLOSED_BEFORE_HEAD, RESET",
        "true, false, true, CLOSED_BEFORE_HEAD, NOT_LISTED",
        "false, false, true, RESPONSE_TIMEOUT, TIMEOUT",
        "true, true, false, RESPONSE_TIMEOUT, NOT_LISTED"})
    void eachReasonIsChosenByItself(boolean connect, boolean reset, boolean timeout, Failure failure,
            RetryVerdict expected) {
        RetryConfig config = new RetryConfig(3, connect, reset, timeout, Set.of(), WITHIN, 0.2);
        assertThat(RetryRule.afterFailure(failure, config, FIRST)).isEqualTo(expected);
    }

    @Test void stopsAfterTheConfiguredAttempts() {
        RetryConfig four = new RetryConfig(4, true, true);
        assertThat(RetryRule.afterFailure(Failure.RESET_BEFORE_HEAD, four, made(3, 0))).isEqualTo(RetryVerdict.RESET);
        assertThat(RetryRule.afterFailure(Failure.RESET_BEFORE_HEAD, four, made(4, 0)))
                .isEqualTo(RetryVerdict.ATTEMPTS);
    }

    @Test void aBackendThatCouldNotBeConnectedToIsNoAttempt() {
        assertThat(RetryRule.afterFailure(Failure.CONNECT_REFUSED, TWICE, made(3, 2))).isEqualTo(RetryVerdict.CONNECT);
        assertThat(RetryRule.afterFailure(Failure.RESET_BEFORE_HEAD, TWICE, made(4, 3))).isEqualTo(RetryVerdict.RESET);
        assertThat(RetryRule.afterFailure(Failure.RESET_BEFORE_HEAD, TWICE, made(5, 3)))
                .isEqualTo(RetryVerdict.ATTEMPTS);
    }

    @Test void noMoreThanFourAreConnectedToInVainOrAsManyAsThereAreAttempts() {
        RetryConfig six = new RetryConfig(6, true, true);
        RetryConfig one = new RetryConfig(1, true, true);
        assertThat(RetryRule.afterFailure(Failure.CONNECT_REFUSED, TWICE, made(4, 3)))
                .isEqualTo(RetryVerdict.UNREACHED);
        assertThat(RetryRule.afterFailure(Failure.CONNECT_REFUSED, six, made(5, 4))).isEqualTo(RetryVerdict.CONNECT);
        assertThat(RetryRule.afterFailure(Failure.CONNECT_REFUSED, six, made(6, 5))).isEqualTo(RetryVerdict.UNREACHED);
        assertThat(RetryRule.afterFailure(Failure.CONNECT_REFUSED, one, made(1, 0))).isEqualTo(RetryVerdict.ATTEMPTS);
    }

    private static Situation made(int attempts, int unreached) {
        return new Situation(attempts, unreached, 0, false, false, true, true);
    }

    @Test void aListedStatusFollowsTheSameBounds() {
        long late = WITHIN.toNanos() + 1;
        assertThat(RetryRule.afterListedStatus(TWICE, FIRST)).isEqualTo(RetryVerdict.STATUS);
        assertThat(RetryRule.afterListedStatus(TWICE, new Situation(1, 0, 0, false, false, false, true)))
                .isEqualTo(RetryVerdict.NOT_REPEATABLE);
        assertThat(RetryRule.afterListedStatus(TWICE, new Situation(1, 0, 0, false, false, true, false)))
                .isEqualTo(RetryVerdict.BODY_GONE);
        assertThat(RetryRule.afterListedStatus(TWICE, new Situation(2, 0, 0, false, false, true, true)))
                .isEqualTo(RetryVerdict.ATTEMPTS);
        assertThat(RetryRule.afterListedStatus(TWICE, new Situation(1, 0, late, false, false, true, true)))
                .isEqualTo(RetryVerdict.LATE);
    }

    @ParameterizedTest @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void idempotentMethodsMayBeRepeated(String method) {
        assertThat(RetryRule.repeatable(Received.requestHead(method + " / HTTP/1.1", "Host: a"))).isTrue();
    }

    @ParameterizedTest @ValueSource(strings = {"POST", "PATCH", "get", "GETS", "PROPFIND", "LOCK"})
    void otherMethodsMayNot(String method) {
        assertThat(RetryRule.repeatable(Received.requestHead(method + " / HTTP/1.1", "Host: a"))).isFalse();
    }

    @Test void anIdempotencyKeyMakesAnyMethodRepeatable() {
        assertThat(RetryRule.repeatable(Received.requestHead("POST / HTTP/1.1", "Host: a", "Idempotency-Key: 1")))
                .isTrue();
        assertThat(RetryRule.repeatable(Received.requestHead("POST / HTTP/1.1", "Host: a", "Idempotency_Key: 1")))
                .isFalse();
    }
}
