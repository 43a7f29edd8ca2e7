package lb.proxy;

import java.util.List;
import lb.config.RetryConfig;
import lb.connect.BackendSide;
import lb.connect.Connections;
import lb.http.Failure;
import lb.http.Head;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.RetryVerdict;
import lb.sticky.Sticky;

/**
 * The attempts of one exchange: at which backend, whether it has to wait for one, what comes after a failed one. Each
 * attempt at a backend is ended as often as it was begun. Event loop only.
 */
final class Attempts implements Connections.Wanted {
    private final Exchange exchange;
    private final Exchanges exchanges;
    private final ExchangeRecord record;
    private final Terms terms;
    private final boolean repeatable;
    private final long affinity;
    private final Sticky.Session session;

    private Backend backend;
    private boolean begun;
    private FailedAttempts failed;
    private Waiting waiting;
    private boolean waitsForFresh;
    private boolean movable;                        // its backend is full, and so is the line for it
    private Failure failure;

    /** @param affinity handed to the pool's picker */
    Attempts(Exchange exchange, Exchanges exchanges, ExchangeRecord record, Terms terms, long affinity) {
        this.exchange = exchange;
        this.exchanges = exchanges;
        this.record = record;
        this.terms = terms;
        this.affinity = affinity;
        Head request = record.request();
        repeatable = RetryRule.repeatable(request);
        session = terms.sticky() == null ? null : terms.sticky().session(request);
    }

    /** True when the request may be executed twice. */
    boolean repeatable() {
        return repeatable;
    }

    /** Of the attempt under way, or of the last one; null before. */
    Backend backend() {
        return backend;
    }

    // ---- one after another

    void first() {
        terms.pool().retries().requestBegins();
        Backend next = kept();
        if (next == null) next = terms.pool().pick(affinity);
        if (next == null) exchange.fail(Failure.NO_BACKEND);
        else if (othersWait(terms.pool())) waitInLine(next, false);
        else attempt(next, false);
    }

    /** Who came before goes first; but a reload may have taken the limit away, and the line is served turn by turn. */
    private static boolean othersWait(Pool pool) {
        return pool.line().waiting() > 0 && pool.config().connections().maxPerBackend() > 0;
    }

    /** The backend of this client's session, if it may serve it. */
    private Backend kept() {
        return movable || session == null || failed != null ? null : session.backend();
    }

    private void attempt(Backend next, boolean fresh) {
        if (!tryAt(next, fresh)) waitInLine(next, fresh);
    }

    /** @return false: that backend has no slot, and nothing has changed */
    private boolean tryAt(Backend next, boolean fresh) {
        Backend before = backend;
        backend = next;
        record.backend = next;
        begun = true;
        if (!fresh) record.attempts++;
        if (exchanges.connections().acquire(next, terms.pool(), terms.timeouts(), fresh, !repeatable, exchange, this)) {
            return true;
        }
        if (!fresh) record.attempts--;
        begun = false;
        backend = before;
        record.backend = before;
        return false;
    }

    @Override public void acquired(BackendSide side) {
        exchange.acquired(side);
    }

    @Override public void notAcquired(Failure why) {
        if (!exchange.ended()) failed(why, false);
    }

    // ---- waiting for a slot

    /** @param fresh it waits to repeat an attempt on a fresh connection, which is no other attempt */
    private void waitInLine(Backend next, boolean fresh) {
        waitsForFresh = fresh;
        Backend own = kept();
        waiting = Waiting.join(this, exchange, exchanges.lane(), terms.pool(), own == null ? null : session,
                !next.full());
        if (waiting == null && !moves(own)) exchange.fail(failure != null ? failure : Failure.SATURATED);
    }

    /** A session whose backend has no place for it, not even in line, goes to one that has. @param own may be null */
    private boolean moves(Backend own) {
        Backend other = own == null ? null : terms.pool().pickOther(affinity, List.of(own));
        if (other == null || other.full()) return false;
        movable = true;
        attempt(other, false);
        return true;
    }

    /** Its turn in the line. @return false: there is no slot, it waits on */
    boolean serve() {
        Pool newest = terms.pool().line().pool();
        Backend next = failed == null ? kept() : newest.pickOther(affinity, failed.tried());
        if (next == null || next.full() && failed != null) next = newest.pick(affinity);
        if (next == null) {
            exchange.fail(failure != null ? failure : Failure.NO_BACKEND);
            return true;
        }
        if (next.full()) return false;
        if (!tryAt(next, waitsForFresh)) {
            exchanges.connections().reclaim(next, terms.pool().line());
            return false;
        }
        endWait();
        return true;
    }

    void waitedTooLong() {
        exchange.fail(failure != null ? failure : Failure.SATURATED);
    }

    private void endWait() {
        if (waiting == null) return;
        record.queueNanos += waiting.end();
        waiting = null;
    }

    // ---- after a failure

    /** @param stale the connection was a kept one, and no byte of an answer came */
    void failed(Failure why, boolean stale) {
        try {
            failed(why, stale, weigh(RetryRule.afterFailure(why, terms.retry(), situation(stale))));
        } catch (RuntimeException | Error fault) {
            exchange.broke(fault);
        }
    }

    private void failed(Failure why, boolean stale, RetryVerdict verdict) {
        if (!Blame.nobodys(why, stale)) count(why);
        end();
        failure = why;
        record.failure = why;
        decided(verdict, why.cause());
        goOn(verdict);
    }

    /**
     * The backend went down before it answered: another one gets the request, if it may and there is any. Said again
     * while it waits; a backend that is used though it is down, as all are, is waited for.
     */
    void leave(BackendSide side) {
        if (terms.pool().mayServe(backend)) return;
        try {
            RetryVerdict verdict = weigh(RetryRule.afterFailure(Failure.WENT_DOWN, terms.retry(), situation(false)));
            if (verdict.next() == RetryVerdict.Next.NONE) return;
            side.abort();
            exchange.detached();
            failed(Failure.WENT_DOWN, false, verdict);
        } catch (RuntimeException | Error fault) {
            exchange.broke(fault);
        }
    }

    /** True when another backend gets the request because of this status: the answer is dropped. */
    boolean rejects(int answered, BackendSide side) {
        RetryConfig retry = terms.retry();
        if (retry.statuses().isEmpty() || !retry.statuses().contains(answered)) return false;
        try {
            return goesElsewhere(answered, side);
        } catch (RuntimeException | Error fault) {
            exchange.broke(fault);
            return true;
        }
    }

    private boolean goesElsewhere(int answered, BackendSide side) {
        RetryVerdict verdict = weigh(RetryRule.afterListedStatus(terms.retry(), situation(false)));
        decided(verdict, answered);
        if (verdict.next() == RetryVerdict.Next.NONE) return false;
        backend.answered(answered, System.nanoTime() - record.sentNanos);
        backend.succeeded(answered);
        side.discard();
        end();
        exchange.detached();
        goOn(verdict);
        return true;
    }

    private void goOn(RetryVerdict verdict) {
        switch (verdict.next()) {
            case NONE -> exchange.fail(failure);
            case FRESH_CONNECTION -> attempt(backend, true);
            case OTHER_BACKEND -> attempt(failed.other(), false);
        }
    }

    private RetryVerdict weigh(RetryVerdict wanted) {
        if (failed == null) failed = new FailedAttempts(terms, affinity);
        return failed.weigh(wanted, backend);
    }

    private void decided(RetryVerdict verdict, Object what) {
        failed.decide(verdict, what, backend, record);
        boolean refused = verdict.next() == RetryVerdict.Next.NONE;
        record.notTriedAgain = refused ? failed.whyNot(record.request(), record.attempts) : null;
        record.retryRefused = refused ? verdict : null;
        if (!refused) record.retried = verdict;
    }

    private RetryRule.Situation situation(boolean stale) {
        int unreached = failed == null ? 0 : failed.unreached();
        boolean freshTried = failed != null && failed.freshTried();
        long sinceNanos = System.nanoTime() - record.startedNanos;
        return new RetryRule.Situation(record.attempts, unreached, sinceNanos, stale, freshTried, repeatable,
                exchange.bodyKept());
    }

    // ---- ends

    /** The final head of a backend's response is on its way to the client. */
    void answered(Head response) {
        backend.answered(response.status(), record.firstByteNanos - record.sentNanos);
        if (session == null) return;
        session.answered(backend, response, exchange.https());
    }

    /** The backend failed, and nothing can be done for the client any more. */
    void count(Failure why) {
        if (why.fault() == Failure.Fault.BACKEND) backend.failed(Blame.of(why), why.cause(), record.committed);
    }

    void end() {
        endWait();
        if (!begun) return;
        begun = false;
        backend.end();
    }
}
