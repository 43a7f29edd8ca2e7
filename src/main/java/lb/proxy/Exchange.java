package lb.proxy;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import lb.config.HashSource;
import lb.connect.BackendEvents;
import lb.connect.BackendSide;
import lb.connect.Lane;
import lb.http.Failure;
import lb.http.FieldName;
import lb.http.Head;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client request and its response, head to last byte.
 *
 * <pre>
 * ROUTING → CONNECTING → RELAYING → DONE
 *             ↖ again ↙  ↘ TUNNEL ↗   (after a 101)
 * </pre>
 *
 * It holds that: everything happens on one event loop; it ends exactly once; the client gets at most one final head;
 * there is at most one backend side at a time, ended as often as begun; every buffer is written or released. Events
 * after DONE free what they carry and do nothing else.
 *
 * <p>What is decided elsewhere: where to ({@link RouteTable}, {@link Destination}), which backend and whether again
 * ({@link Attempts}), what heads look like ({@link BackendRequest}, {@link ClientResponse}, {@link OwnAnswer}), who
 * waits for whom ({@link Relay}). Deadlines belong to the sides: an exchange only hears of a loss.
 */
public final class Exchange implements BackendEvents {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    private enum Phase { ROUTING, CONNECTING, RELAYING, TUNNEL, DONE }

    private final Exchanges exchanges;
    private final ClientSide client;
    /** Or null when it could not be read: then this exchange only tells the client so. */
    private final Head request;
    private final RouteTable routes;
    private final ExchangeRecord record;

    private Phase phase = Phase.ROUTING;
    // each null until it is known: what a filter or lb itself answers has a route at most
    private Route route;
    private Terms terms;
    private Attempts attempts;
    /** Or null while there is no connection. */
    private BackendSide side;
    /** True until what came with the head was read: the end of that read flushes. */
    private boolean starting;
    /** The client asked for another protocol, in a way that may be passed on. */
    private boolean upgrade;

    private final RequestBody body;
    /** Or null while the response's body passes as it is. */
    private ChangedBody changed;
    private boolean requestEnded;
    private boolean responseEnded;
    // for Running alone: the next among those of this lane
    Exchange newer;
    Exchange older;

    Exchange(Exchanges exchanges, ClientSide client, Head request, RouteTable routes) {
        this.exchanges = exchanges;
        this.client = client;
        this.request = request;
        this.routes = routes;
        record = new ExchangeRecord(exchanges, client.address(), request, routes);
        body = new RequestBody(client, exchanges.lane().heads());
    }

    // ---- for the filters of its route

    /** As received, edits of the attempt under way included. */
    public Head request() {
        return request;
    }

    /** What came of it so far. */
    public ExchangeRecord record() {
        return record;
    }

    /** The lane that carries it. */
    public Lane lane() {
        return exchanges.lane();
    }

    /** The client's address: that of the peer, or what proxies that are trusted say of the one behind them. */
    public InetAddress client() {
        return ClientAddress.of(request, client.address().getAddress(), routes::trusts);
    }

    /** What a backend is told about the client. */
    ForwardingFields forwarding() {
        return client.forwarding();
    }

    /** True when the client came by https, as a proxy says that is trusted. */
    public boolean https() {
        return client.forwarding().https(request);
    }

    /** A hash of the part of the request that {@code source} names; of the client's address where it is missing. */
    public long key(HashSource source) {
        ForwardingFields peer = client.forwarding();
        boolean spokenFor = peer.trusted() && request.has(FieldName.X_FORWARDED_FOR);
        return Affinity.of(source, request, spokenFor ? ForwardingFields.text(client()) : peer.address());
    }

    /** From a filter's {@link Filter#request}: what the client sends goes there too. */
    public void copyTo(RequestCopy copy) {
        body.copyTo(copy);
    }

    // ---- from the client

    /** The first thing to happen to an exchange whose request was readable. */
    public void start() {
        try {
            begin();
        } catch (RuntimeException | Error fault) {
            broke(fault);
        }
        starting = false;
    }

    private void begin() {
        route = routes.route(request);
        record.route = route;
        LocalAnswer answer = route.request(this);
        if (answer != null) {
            answer(answer);
            return;
        }
        terms = route.destination().of(this);
        record.pool = terms.pool();
        if (request.contentLength() > terms.body()) {
            fail(Failure.REQUEST_BODY_LIMIT);
        } else if (MaxForwards.of(request) == 0) {
            answerHere();
        } else {
            phase = Phase.CONNECTING;
            upgrade = Upgrade.asked(request);
            HashSource hash = terms.pool().config().balance().hash();
            attempts = new Attempts(this, exchanges, record, terms, hash == null ? 0 : key(hash));
            starting = true;
            attempts.first();
        }
    }

    /** A piece of the request's body, or of a tunnel. @param data this exchange's now */
    public void requestBody(ByteBuf data) {
        record.requestBytes += data.readableBytes();
        if (phase == Phase.DONE) {
            data.release();
        } else if (phase == Phase.TUNNEL) {
            Relay.pass(data, client, side);
        } else if (record.requestBytes > terms.body()) {
            data.release();
            fail(Failure.REQUEST_BODY_LIMIT);
        } else {
            body.came(data, side, attempts.repeatable() && !record.committed);
        }
    }

    /** The request is whole; in a tunnel: the client sends no more. @param trailers this exchange's now, or null */
    public void requestEnd(Head trailers) {
        requestEnded = true;
        if (phase == Phase.DONE) {
            if (trailers != null) exchanges.lane().heads().release(trailers);
            return;
        }
        // what a client takes to upload is no latency of the backend
        if (record.requestBytes > 0) record.sentNanos = System.nanoTime();
        body.end(trailers, side);
        if (phase == Phase.TUNNEL && responseEnded) complete(null);
    }

    /** What could be read from the client at this time was read. */
    public void requestReadComplete() {
        if (side != null) side.flush();
    }

    /** The client's writability changed. */
    public void clientWritable() {
        if (changed != null) changed.resume();
        else if (side != null) Relay.resume(side, client);
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

    // ---- from the attempts

    boolean ended() {
        return phase == Phase.DONE;
    }

    void acquired(BackendSide acquired) {
        if (phase == Phase.DONE) {
            acquired.finish();
            return;
        }
        side = acquired;
        phase = Phase.RELAYING;
        record.connectedNanos = System.nanoTime();
        record.sentNanos = record.connectedNanos;
        BackendRequest.edit(request, side.backend(), terms.pool().config().preserveHost(), upgrade,
                client.forwarding());
        route.backendRequest(request, this);
        side.request(request);
        body.send(side, attempts.repeatable());
        // what comes with the head in the same read leaves with it; the end of that read flushes
        if (!starting) side.flush();
        if (side != null && side.writable()) client.reading(true);
    }

    /** There is no backend side any more; another attempt may follow. */
    void detached() {
        side = null;
        phase = Phase.CONNECTING;
    }

    /** True while all of the request that came is still here. */
    boolean bodyKept() {
        return body.kept();
    }

    // ---- from the backend

    @Override public void responseHead(Head head) {
        if (phase == Phase.DONE) {
            exchanges.lane().heads().release(head);
            return;
        }
        if (head.interim()) interim(head);
        else if (head.status() == 101) switchProtocols(head);
        else if (!attempts.rejects(head.status(), side)) respond(head);
        exchanges.lane().heads().release(head);
    }

    private void respond(Head head) {
        commit(head);
        body.forget();
        ClientResponse.edit(head, exchanges.date());
        attempts.answered(head);
        route.response(head, this);
        BodyStage stage = route.responseBody(head, this);
        if (stage != null) changed = new ChangedBody(stage, side, client, lane().loop());
        client.response(head);
    }

    @Override public void responseBody(ByteBuf data) {
        if (phase == Phase.DONE) {
            data.release();
            return;
        }
        record.responseBytes += data.readableBytes();
        if (changed == null) Relay.pass(data, side, client);
        else changed.body(data);
    }

    @Override public void responseEnd(Head trailers) {
        if (phase == Phase.DONE) {
            if (trailers != null) exchanges.lane().heads().release(trailers);
            return;
        }
        responseEnded = true;
        if (changed != null) changed.end();
        client.end(trailers);
        if (phase != Phase.TUNNEL || requestEnded) complete(null);
    }

    @Override public void responseReadComplete() {
        if (phase == Phase.DONE) return;
        if (changed != null) changed.readComplete();
        client.flush();
    }

    @Override public void backendWritable() {
        if (phase != Phase.DONE && side != null) Relay.resume(client, side);
    }

    @Override public void backendDown() {
        // whoever cannot go elsewhere waits on: the backend may come back in time
        if (phase == Phase.DONE || record.committed) return;
        attempts.leave(side);
    }

    @Override public void backendLost(Failure why) {
        if (phase == Phase.DONE) return;
        boolean stale = side.reused() && !side.answering();
        boolean tunnel = phase == Phase.TUNNEL;
        detached();
        if (record.committed) {
            attempts.count(why);
            end(tunnel && why.fault() == Failure.Fault.BACKEND ? Failure.TRUNCATED : why);
            client.abort();
        } else {
            attempts.failed(why, stale);
        }
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
            detached();
            attempts.failed(Failure.BAD_UPGRADE, false);
            return;
        }
        commit(head);
        attempts.answered(head);
        side.backend().succeeded(101);
        phase = Phase.TUNNEL;
        requestEnded = false;
        route.response(head, this);
        ClientResponse.editUpgrade(head);       // last: no edit takes the upgrade away
        side.tunnel();
        client.tunnel(head);
    }

    private void commit(Head head) {
        record.committed = true;
        record.status = head.status();
        record.firstByteNanos = System.nanoTime();
    }

    /** We are the last recipient: an OPTIONS is answered, a TRACE is not, as it would show what proxies added. */
    private void answerHere() {
        if (request.methodIs("TRACE")) fail(Failure.REQUEST_TRACE);
        else answer(LocalAnswer.of(200, ""));
    }

    /** No backend's answer can be had: the client gets ours, or a visible end if it has part of another. */
    void fail(Failure why) {
        if (record.committed) {
            end(why);
            client.abort();
        } else {
            answer(LocalAnswer.refusal(why, ""));
        }
    }

    /** Through a fault of our own, or of a part that was added to lb: it ends this exchange and nothing else. */
    void broke(Throwable fault) {
        log.error("an exchange of listener={} failed through a fault of our own", record.listener(), fault);
        try {
            clientFailed(Failure.BUG);
        } catch (RuntimeException | Error again) {
            clientLost(Failure.BUG);
        }
    }

    private void answer(LocalAnswer answer) {
        record.failure = answer.failure();
        record.status = answer.status();
        record.committed = true;
        Head head = exchanges.lane().heads().acquire();
        ByteBuf content = OwnAnswer.fill(head, answer, request, record.id(), exchanges.date());
        if (content != null) record.responseBytes = content.readableBytes();
        if (route != null) route.response(head, this);
        client.response(head);
        exchanges.lane().heads().release(head);
        if (content != null) client.body(content);
        client.end(null);
        complete(answer.failure());
    }

    /** The client has its whole response, unless it was lost while the last of it was written. */
    private void complete(Failure why) {
        if (phase == Phase.DONE) return;
        end(why);
        client.finished();
    }

    private void end(Failure why) {
        boolean answered = record.firstByteNanos != 0 && phase != Phase.TUNNEL;
        if (Blame.good(why, answered)) attempts.backend().succeeded(record.status);
        phase = Phase.DONE;
        if (side != null) {
            if (why == null) side.finish();
            else side.abort();
            side = null;
        }
        if (attempts != null) attempts.end();
        record.ended(why);
        if (changed != null) changed.close();
        body.close();
        exchanges.ended(this);
        if (request != null) exchanges.lane().heads().release(request);
    }
}
