package lb.proxy;

import java.util.ArrayList;
import java.util.List;
import lb.config.RetryConfig;
import lb.config.Units;
import lb.http.Head;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.RetryVerdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one exchange has tried in vain, and what was decided after it last. Made at the first failure. Event loop only.
 */
final class FailedAttempts {
    private static final Logger log = LoggerFactory.getLogger(FailedAttempts.class);
    /** Of a client's method in a sentence. */
    private static final int METHOD_LIMIT = 20;

    private final Pool pool;
    private final RetryConfig config;
    private final long affinity;
    private final List<Backend> tried = new ArrayList<>(2);
    private boolean freshTried;
    private int unreached;
    private Backend other;
    private RetryVerdict verdict;

    FailedAttempts(Terms terms, long affinity) {
        pool = terms.pool();
        config = terms.retry();
        this.affinity = affinity;
    }

    /** Those that are not asked again while there is another. */
    List<Backend> tried() {
        return tried;
    }

    /** A fresh connection was tried because of a stale one. */
    boolean freshTried() {
        return freshTried;
    }

    /** Attempts that found no connection and were followed by another. */
    int unreached() {
        return unreached;
    }

    /** Where the next attempt goes, after a verdict of {@code OTHER_BACKEND}. */
    Backend other() {
        return other;
    }

    /**
     * Whether there is another backend, and whether the pool can afford it.
     *
     * @param wanted what the rule says
     * @return the same, or what is in its way
     */
    RetryVerdict weigh(RetryVerdict wanted, Backend failed) {
        if (wanted.next() != RetryVerdict.Next.OTHER_BACKEND) return wanted;
        if (!tried.contains(failed)) tried.add(failed);
        other = pool.pickOther(affinity, tried);
        if (other == null) return RetryVerdict.NO_OTHER;
        // it may not overtake those who wait for such a slot
        if (other.full()) return RetryVerdict.FULL;
        // a request of which nothing was sent is no load on top: what fails to connect costs no backend any work
        return wanted == RetryVerdict.CONNECT || pool.retries().afford() ? wanted : RetryVerdict.BUDGET;
    }

    /** @param what failed, such as a cause or a status */
    void decide(RetryVerdict decided, Object what, Backend failed, ExchangeRecord record) {
        verdict = decided;
        freshTried |= decided == RetryVerdict.STALE;
        if (decided == RetryVerdict.CONNECT) unreached++;
        pool.retries().decided(decided);
        if (!log.isDebugEnabled()) return;
        String next = switch (decided.next()) {
            case NONE -> "not tried again: " + whyNot(record.request(), record.attempts());
            case FRESH_CONNECTION -> "the kept connection was at its end, on a fresh one";
            case OTHER_BACKEND -> "tried again on " + other.id() + ", attempt " + (record.attempts() + 1);
        };
        log.debug("pool={} backend={} request {}: {}; {}", pool.name(), failed.id(), record.id(), what, next);
    }

    /** Why there was no further attempt, in words, or null when there was one. */
    String whyNot(Head request, int attempts) {
        if (verdict == null) return null;
        return switch (verdict) {
            case STALE, CONNECT, RESET, TIMEOUT, STATUS -> null;
            case NEVER -> "another attempt would not mend it";
            case NOT_LISTED -> config.equals(RetryConfig.NEVER) ? "retry is off" : "retry.on does not list it";
            case NOT_REPEATABLE -> "its bytes were sent and " + method(request) + " may not be repeated";
            case BODY_GONE -> "its bytes were sent and its body was not kept";
            case ATTEMPTS -> attempts - unreached + " of " + config.attempts() + " attempts";
            case UNREACHED -> unreached + 1 + " backends could not be connected to";
            case LATE -> "its head came more than " + Units.show(config.within()) + " ago";
            case NO_OTHER -> "no other backend is eligible";
            case FULL -> "every other backend is at its limit";
            case BUDGET -> "the retry budget is used up";
        };
    }

    /** A token (RFC 9110 §9.1), so there is nothing to escape. */
    private static String method(Head request) {
        String method = request.method();
        return method.length() <= METHOD_LIMIT ? method : method.substring(0, METHOD_LIMIT) + "...";
    }
}
