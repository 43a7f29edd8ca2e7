package lb.proxy;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import lb.config.RetryConfig;
import lb.connect.BackendEvents;
import lb.connect.BackendSide;
import lb.connect.Connections;
import lb.http.Failure;
import lb.http.Head;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.RetryVerdict;

/**
 * One client request and its response, head to last byte.
 *
 * <pre>
 * ROUTING → CONNECTING ⇄ (another attempt) → RELAYING → DONE
 *         ↘ WAITING ↗                      ↘ TUNNEL   ↗   (after a 101)
 * </pre>
 *
 * It holds that: everything happens on one event loop; it ends exactly once; the client gets at most one final head;
 * there is at most one backend side at a time, ended as often as begun; every buffer is written or released. Events
 * after DONE free what they carry and do nothing else.
 *
 * <p>What is decided elsewhere: where to ({@link RouteTable}), again or not ({@link RetryRule}, {@link
 * FailedAttempts}), whose turn it is when all backends are full ({@link Waiting}), what heads look like
 * ({@link BackendRequest}, {@link ClientResponse}, {@link OwnAnswer}), who waits for whom ({@link Relay}). Deadlines
 * belong to the sides: an exchange only hears of a loss.
 */
public final class Exchange implements BackendEvents, Connections.Wanted {
    private enum Phase { ROUTING, WAITING, CONNECTING, RELAYING, TUNNEL, DONE }

    private final Exchanges exchanges;
    private final ClientSide client;
    private final Head request;
    private final RouteTable routes;
    private final Pool pool;
    private final long startedNanos = System.nanoTime();

    private Phase phase = Phase.ROUTING;
    private boolean starting;
    private boolean upgrade;
    private boolean repeatable;
    private boolean requestEnded;
    private boolean responseEnded;
    private Head requestTrailers;
    private boolean trailersCame;
    private HeldBody held;
    private String id;

    // the attempt under way, and those before it
    private Backend backend;
    private BackendSide side;
    private long affinity;
    private boolean attemptBegun;
    private int attempts;
    private FailedAttempts failed;
    private Waiting waiting;

    // what came of it
    private boolean committed;
    private int status;
    private Failure failure;
    private long requestBytes;
    private long responseBytes;
    private long queueNanos;
    private long connectedNanos;
    private long sentNanos;
    private long firstByteNanos;
    private long endedNanos;

    Exchange(Exchanges exchanges, ClientSide client, Head request, RouteTable routes) {
        this.exchanges = exchanges;
        this.client = client;
        this.request = request;
        this.routes = routes;
        pool = request == null ? null : routes.route(request);
    }

    // ---- from the client

    /** The first thing to happen to an exchange whose request was readable. */
    public void start() {
        if (request.contentLength() > pool.config().limits().body()) {
            fail(Failure.REQUEST_BODY_LIMIT);
        } else if (MaxForwards.of(request) == 0) {
            answerHere();
        } else {
            upgrade = Upgrade.asked(request);
            repeatable = RetryRule.repeatable(request);
            starting = true;
            affinity = Affinity.of(pool.config().balance().hash(), request, client.forwarding());
            pool.retries().requestBegins();
            firstAttempt();
            starting = false;
        }
    }

    /** A piece of the request's body, or of a tunnel. @param data this exchange's now */
    public void requestBody(ByteBuf data) {
        requestBytes += data.readableBytes();
        if (phase == Phase.DONE) {
            data.release();
        } else if (phase == Phase.TUNNEL) {
            Relay.pass(data, client, side);
        } else if (requestBytes > pool.config().limits().body()) {
            data.release();
            fail(Failure.REQUEST_BODY_LIMIT);
        } else if (side == null) {
            if (held == null) held = new HeldBody();
            held.hold(data);
            client.reading(false);
        } else {
            if (held != null || repeatable) remember(data);
            Relay.pass(data, client, side);
        }
    }

    /** The request is whole; in a tunnel: the client sends no more. @param trailers this exchange's now, or null */
    public void requestEnd(Head trailers) {
        requestEnded = true;
        trailersCame |= trailers != null;
        if (phase == Phase.DONE) {
            if (trailers != null) exchanges.lane().heads().release(trailers);
        } else if (side == null) {
            requestTrailers = trailers;
        } else {
            // what a client takes to upload is no latency of the backend
            if (requestBytes > 0) sentNanos = System.nanoTime();
            side.end(trailers);
            side.flush();
            if (phase == Phase.TUNNEL && responseEnded) complete(null);
        }
    }

    /** What could be read from the client at this time was read. */
    public void requestReadComplete() {
        if (side != null) side.flush();
    }

    /** The client's writability changed. */
    public void clientWritable() {
        if (side != null) Relay.resume(side, client);
    }

    /** The client's connection is of no more use. */
    public void clientLost(Failure why) {
        if (phase == Phase.DONE) return;
        end(why);
        client.abort();
    }

    /** The client sent what is no message, or too slowly: it is told, where that is still possible. */
    public void clientFailed(Failure why) {
        if (phase != Phase.DONE) fail(why);
    }

    // ---- from the connections

    @Override public void acquired(BackendSide acquired) {
        if (phase == Phase.DONE) {
            acquired.finish();
            return;
        }
        side = acquired;
        phase = Phase.RELAYING;
        connectedNanos = System.nanoTime();
        sentNanos = connectedNanos;
        BackendRequest.edit(request, backend, pool.config().preserveHost(), upgrade, client.forwarding());
        side.request(request);
        if (held != null) {
            if (repeatable) held.repeat(client, side);
            else held.hand(client, side);
        }
        if (requestEnded) {
            Head trailers = requestTrailers;
            requestTrailers = null;
            side.end(trailers);
        }
        // what comes with the head in the same read leaves with it; the end of that read flushes
        if (!starting) side.flush();
        if (side != null && side.writable()) client.reading(true);
    }

    @Override public void notAcquired(Failure why) {
        if (phase == Phase.DONE) return;
        attemptFailed(why, false);
    }

    // ---- from the backend

    @Override public void responseHead(Head head) {
        if (phase == Phase.DONE) {
            exchanges.lane().heads().release(head);
            return;
        }
        if (head.interim()) {
            interim(head);
        } else if (head.status() == 101) {
            switchProtocols(head);
        } else if (!rejected(head.status())) {
            committed = true;
            if (held != null) held.forget();
            status = head.status();
            firstByteNanos = System.nanoTime();
            backend.answered(status, firstByteNanos - sentNanos);
            ClientResponse.edit(head, exchanges.date());
            client.response(head);
        }
        exchanges.lane().heads().release(head);
    }

    @Override public void responseBody(ByteBuf data) {
        if (phase == Phase.DONE) {
            data.release();
            return;
        }
        responseBytes += data.readableBytes();
        Relay.pass(data, side, client);
    }

    @Override public void responseEnd(Head trailers) {
        if (phase == Phase.DONE) {
            if (trailers != null) exchanges.lane().heads().release(trailers);
            return;
        }
        responseEnded = true;
        client.end(trailers);
        if (phase != Phase.TUNNEL || requestEnded) complete(null);
    }

    @Override public void responseReadComplete() {
        if (phase != Phase.DONE) client.flush();
    }

    @Override public void backendWritable() {
        if (phase != Phase.DONE && side != null) Relay.resume(client, side);
    }

    @Override public void backendDown() {
        if (phase == Phase.DONE) return;
        // whoever cannot go elsewhere waits on: the backend may come back in time
        if (committed) return;
        Failure why = Failure.WENT_DOWN;
        RetryVerdict verdict = weigh(RetryRule.afterFailure(why, pool.config().retry(), situation(false)));
        if (verdict.next() == RetryVerdict.Next.NONE) return;
        side.abort();
        side = null;
        attemptFailed(why, false, verdict);
    }

    @Override public void backendLost(Failure why) {
        if (phase == Phase.DONE) return;
        boolean stale = side.reused() && !side.answering();
        side = null;
        if (committed) {
            count(why);
            end(phase == Phase.TUNNEL && why.fault() == Failure.Fault.BACKEND ? Failure.TRUNCATED : why);
            client.abort();
        } else {
            attemptFailed(why, stale);
        }
    }

    // ---- attempts

    private void firstAttempt() {
        Backend next = pool.pick(affinity);
        if (next == null) fail(Failure.NO_BACKEND);
        // who came before and still waits goes first
        else if (pool.line().waiting() > 0) waitInLine(next);
        else attempt(next, false);
    }

    private void attempt(Backend next, boolean fresh) {
        if (!tryAt(next, fresh)) waitInLine(next);
    }

    /** @return false: that backend has no slot, and nothing has changed */
    private boolean tryAt(Backend next, boolean fresh) {
        Backend before = backend;
        phase = Phase.CONNECTING;
        backend = next;
        attemptBegun = true;
        if (!fresh) attempts++;
        if (exchanges.connections().acquire(backend, pool, fresh, !repeatable, this, this)) return true;
        if (!fresh) attempts--;
        attemptBegun = false;
        backend = before;
        return false;
    }

    private void waitInLine(Backend next) {
        phase = Phase.WAITING;
        waiting = Waiting.join(this, exchanges.lane(), pool, !next.full());
        if (waiting == null) fail(failure != null ? failure : Failure.SATURATED);
    }

    /** Its turn in the line. @return false: there is no slot, it waits on */
    boolean serve() {
        Pool newest = pool.line().pool();
        Backend next = failed == null ? null : newest.pickOther(affinity, failed.tried());
        if (next == null || next.full()) next = newest.pick(affinity);
        if (next == null) {
            fail(failure != null ? failure : Failure.NO_BACKEND);
            return true;
        }
        if (next.full()) return false;
        if (!tryAt(next, false)) {
            phase = Phase.WAITING;
            exchanges.connections().reclaim(next, pool.line());
            return false;
        }
        endWait();
        return true;
    }

    void waitedTooLong() {
        fail(failure != null ? failure : Failure.SATURATED);
    }

    private void endWait() {
        if (waiting == null) return;
        queueNanos += waiting.end();
        waiting = null;
    }

    private void attemptFailed(Failure why, boolean stale) {
        attemptFailed(why, stale, weigh(RetryRule.afterFailure(why, pool.config().retry(), situation(stale))));
    }

    private void attemptFailed(Failure why, boolean stale, RetryVerdict verdict) {
        if (!Blame.nobodys(why, stale)) count(why);
        endAttempt();
        failure = why;
        failed.decide(verdict, why.cause(), backend, this);
        goOn(verdict);
    }

    private void goOn(RetryVerdict verdict) {
        switch (verdict.next()) {
            case NONE -> fail(failure);
            case FRESH_CONNECTION -> attempt(backend, true);
            case OTHER_BACKEND -> attempt(failed.other(), false);
        }
    }

    /** True when another backend gets the request because of this status: the answer is dropped. */
    private boolean rejected(int answered) {
        RetryConfig retry = pool.config().retry();
        if (retry.statuses().isEmpty() || !retry.statuses().contains(answered)) return false;
        RetryVerdict verdict = weigh(RetryRule.afterListedStatus(retry, situation(false)));
        failed.decide(verdict, answered, backend, this);
        if (verdict.next() == RetryVerdict.Next.NONE) return false;
        backend.answered(answered, System.nanoTime() - sentNanos);
        backend.succeeded(answered);
        side.discard();
        side = null;
        endAttempt();
        goOn(verdict);
        return true;
    }

    private RetryVerdict weigh(RetryVerdict wanted) {
        if (failed == null) failed = new FailedAttempts(pool, affinity);
        return failed.weigh(wanted, backend);
    }

    private RetryRule.Situation situation(boolean stale) {
        return new RetryRule.Situation(attempts, System.nanoTime() - startedNanos, stale,
                failed != null && failed.freshTried(), repeatable, bodyKept());
    }

    private void endAttempt() {
        if (!attemptBegun) return;
        attemptBegun = false;
        backend.end();
    }

    private void count(Failure why) {
        if (why.fault() == Failure.Fault.BACKEND) backend.failed(Blame.of(why), why.cause(), committed);
    }

    /** True while all of the request that came is still here. */
    private boolean bodyKept() {
        return !trailersCame && (held == null ? requestBytes == 0 : held.whole());
    }

    private void remember(ByteBuf data) {
        if (held == null) held = new HeldBody();
        if (repeatable) held.remember(data);
    }

    // ---- answers

    private void interim(Head head) {
        if (!client.takesInterim()) return;
        ClientResponse.editInterim(head);
        client.interim(head);
        // a backend may send hints without end to a client that does not read; the write may have lost the client
        if (side != null && !client.writable()) side.reading(false);
    }

    private void switchProtocols(Head head) {
        if (!upgrade || !Upgrade.agreed(request, head)) {
            side.abort();
            side = null;
            attemptFailed(Failure.BAD_UPGRADE, false);
            return;
        }
        committed = true;
        status = 101;
        firstByteNanos = System.nanoTime();
        backend.answered(status, firstByteNanos - sentNanos);
        backend.succeeded(status);
        phase = Phase.TUNNEL;
        requestEnded = false;
        ClientResponse.editUpgrade(head);
        side.tunnel();
        client.tunnel(head);
    }

    /** We are the last recipient: an OPTIONS is answered, a TRACE is not, as it would show what proxies added. */
    private void answerHere() {
        if (request.methodIs("TRACE")) {
            fail(Failure.REQUEST_TRACE);
            return;
        }
        Head answer = exchanges.lane().heads().acquire();
        OwnAnswer.fillOptions(answer, exchanges.date());
        status = 200;
        send(answer, null);
    }

    /** No backend's answer can be had: the client gets ours, or a visible end if it has part of another. */
    private void fail(Failure why) {
        failure = why;
        if (committed) {
            end(why);
            client.abort();
            return;
        }
        status = why.status();
        Head answer = exchanges.lane().heads().acquire();
        ByteBuf body = OwnAnswer.fill(answer, why, request, id(), exchanges.date());
        if (body != null) responseBytes = body.readableBytes();
        send(answer, body);
    }

    private void send(Head answer, ByteBuf body) {
        committed = true;
        client.response(answer);
        exchanges.lane().heads().release(answer);
        if (body != null) client.body(body);
        client.end(null);
        complete(failure);
    }

    /** The client has its whole response, unless it was lost while the last of it was written. */
    private void complete(Failure why) {
        if (phase == Phase.DONE) return;
        end(why);
        client.finished();
    }

    private void end(Failure why) {
        if (Blame.good(why, firstByteNanos != 0 && phase != Phase.TUNNEL)) backend.succeeded(status);
        phase = Phase.DONE;
        failure = why;
        endWait();
        endedNanos = System.nanoTime();
        if (side != null) {
            if (why == null) side.finish();
            else side.abort();
            side = null;
        }
        endAttempt();
        if (held != null) held.forget();
        if (requestTrailers != null) exchanges.lane().heads().release(requestTrailers);
        requestTrailers = null;
        exchanges.ended(this);
        if (request != null) exchanges.lane().heads().release(request);
    }

    // ---- its record, for observers

    /** The index of the lane that carried it; 0 for the first. */
    public int lane() {
        return exchanges.lane().index();
    }

    /** The listener's name. */
    public String listener() {
        return routes.listener();
    }

    /** Or null when the request could not be read. */
    public Pool pool() {
        return pool;
    }

    /** Of the last attempt, or null when there was none. */
    public Backend backend() {
        return backend;
    }

    public InetSocketAddress clientAddress() {
        return client.address();
    }

    /** Or null when it could not be read. */
    public Head request() {
        return request;
    }

    /** What the client got, or 499 when it got nothing. */
    public int status() {
        return committed ? status : failure == null ? 0 : failure.status();
    }

    /** Why it did not end well, or null. */
    public Failure failure() {
        return failure;
    }

    /** Tries on backends; a fresh connection in place of a stale one is not counted. */
    public int attempts() {
        return attempts;
    }

    /** Bytes of the request's body, or of a tunnel, that came from the client. */
    public long requestBytes() {
        return requestBytes;
    }

    /** Bytes of the response's body, or of a tunnel, that went to the client. */
    public long responseBytes() {
        return responseBytes;
    }

    /** From the request's head to the end, in nanoseconds. */
    public long durationNanos() {
        return endedNanos - startedNanos;
    }

    /** Why a failure was not followed by another attempt, in words, or null when that was no question. */
    public String notTriedAgain() {
        return failed == null || firstByteNanos != 0 ? null : failed.whyNot(request, attempts);
    }

    /** In the waiting line of its pool, in nanoseconds; 0 when a connection could be had at once. */
    public long queueNanos() {
        return queueNanos;
    }

    /** From the request's head to a connection, in nanoseconds, or -1. */
    public long connectNanos() {
        return connectedNanos == 0 ? -1 : connectedNanos - startedNanos;
    }

    /** From the request's head to the response's, in nanoseconds, or -1. */
    public long firstByteNanos() {
        return firstByteNanos == 0 ? -1 : firstByteNanos - startedNanos;
    }

    /** Unique; the same in the answer and in the log. */
    public String id() {
        if (id == null) id = exchanges.nextId();
        return id;
    }
}
