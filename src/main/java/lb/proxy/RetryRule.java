package lb.proxy;

import lb.config.RetryConfig;
import lb.http.Failure;
import lb.http.FieldName;
import lb.http.Head;
import lb.pool.RetryVerdict;

/**
 * Whether a request that failed is sent once more, and where to. A request whose bytes were written is sent again only
 * if doing it twice does no harm (RFC 9110 §9.2.2) and all of it can be sent again. Whether the pool has another
 * backend and can afford it is not asked here. Threading: stateless.
 */
final class RetryRule {
    /** Backends that could not be connected to, so that none of them got the request. */
    private static final int MOST_UNREACHED = 4;

    private RetryRule() {}

    /**
     * How an exchange stands when its attempt failed.
     *
     * @param attempts     made so far, the failed one included; fresh connections are not counted
     * @param unreached    of those before it, the ones that found no connection
     * @param sinceNanos   since the request's head
     * @param stale        the failed connection was a kept one, and no byte of an answer came
     * @param alreadyFresh a fresh connection was tried already because of a stale one
     * @param repeatable   see {@link #repeatable}
     * @param bodyKept     all of the request that came so far is still here
     */
    record Situation(int attempts, int unreached, long sinceNanos, boolean stale, boolean alreadyFresh,
            boolean repeatable, boolean bodyKept) {}

    /** No answer came. */
    static RetryVerdict afterFailure(Failure failure, RetryConfig config, Situation now) {
        if (failure.beforeConnection()) return afterNoConnection(config, now);
        boolean reset = failure == Failure.CLOSED_BEFORE_HEAD || failure == Failure.RESET_BEFORE_HEAD
                || failure == Failure.WENT_DOWN;
        if (!reset && failure != Failure.RESPONSE_TIMEOUT) return RetryVerdict.NEVER;
        if (!now.repeatable) return RetryVerdict.NOT_REPEATABLE;
        if (!now.bodyKept) return RetryVerdict.BODY_GONE;
        if (!reset) return bounded(RetryVerdict.TIMEOUT, config.timeout(), config, now);
        // RFC 9112 §9.3.1: a close of a kept connection says nothing about the backend, so this is no second attempt
        if (now.stale && !now.alreadyFresh && failure != Failure.WENT_DOWN) return RetryVerdict.STALE;
        return bounded(RetryVerdict.RESET, config.reset(), config, now);
    }

    /** An answer came, of a status that the config lists. */
    static RetryVerdict afterListedStatus(RetryConfig config, Situation now) {
        if (!now.repeatable) return RetryVerdict.NOT_REPEATABLE;
        if (!now.bodyKept) return RetryVerdict.BODY_GONE;
        return bounded(RetryVerdict.STATUS, true, config, now);
    }

    private static RetryVerdict afterNoConnection(RetryConfig config, Situation now) {
        if (!config.connect()) return RetryVerdict.NOT_LISTED;
        if (config.attempts() == 1) return RetryVerdict.ATTEMPTS;
        if (now.unreached + 1 >= Math.max(MOST_UNREACHED, config.attempts())) return RetryVerdict.UNREACHED;
        return inTime(RetryVerdict.CONNECT, config, now);
    }

    private static RetryVerdict bounded(RetryVerdict wanted, boolean listed, RetryConfig config, Situation now) {
        if (!listed) return RetryVerdict.NOT_LISTED;
        if (now.attempts - now.unreached >= config.attempts()) return RetryVerdict.ATTEMPTS;
        return inTime(wanted, config, now);
    }

    private static RetryVerdict inTime(RetryVerdict wanted, RetryConfig config, Situation now) {
        return now.sinceNanos > config.within().toNanos() ? RetryVerdict.LATE : wanted;
    }

    /** True for requests that may be executed twice: idempotent methods, and what carries an Idempotency-Key. */
    static boolean repeatable(Head request) {
        return request.methodIs("GET") || request.methodIs("HEAD") || request.methodIs("PUT")
                || request.methodIs("DELETE") || request.methodIs("OPTIONS") || request.methodIs("TRACE")
                || request.has(FieldName.IDEMPOTENCY_KEY);
    }
}
