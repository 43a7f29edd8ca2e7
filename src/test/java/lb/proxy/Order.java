package lb.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lb.connect.Lane;
import lb.http.Failure;
import lb.http.Head;
import lb.pool.Backend;
import lb.pool.Pool;

/**
 * One exchange and whatever may happen to it, in an order that its seed decides; looked at after each event. The same
 * seed with fewer steps is the beginning of the same order.
 */
final class Order {
    private static final int AFTERLIFE = 6;
    private static final Failure[] CLIENT_FAILURES = {
        Failure.REQUEST_BODY_TIMEOUT, Failure.REQUEST_CHUNK, Failure.REQUEST_TRAILER, Failure.REQUEST_TRUNCATED
    };
    private static final Failure[] CLIENT_LOSSES = {
        Failure.CLIENT_LEFT, Failure.CLIENT_STALLED, Failure.BUG
    };

    private final SplittableRandom random;
    private final Lane lane;
    private final CountedHeads heads;
    private final WatchedConnections connections;
    private final Pool pool;
    private final CountedBytes bytes = new CountedBytes();
    private final AskedRequest asked;
    private final WatchedClient client;
    private final Exchange exchange;
    private final BackendTalk talk;
    private final boolean large;
    private final EmbeddedChannel loop;
    private final StringBuilder notes;

    private WatchedBackend backend;
    private boolean clientGone;
    private boolean requestEnded;
    private long requestSent;
    private boolean trailersSent;
    private int requestsWritten;
    private int headSize;
    private int ends;

    /** @param loop runs what the exchange asks for @param notes gets a line for each event and call, or null */
    Order(long seed, Exchanges exchanges, CountedHeads heads, WatchedConnections connections, List<Pool> pools,
            EmbeddedChannel loop, StringBuilder notes) {
        random = new SplittableRandom(seed);
        this.lane = exchanges.lane();
        this.heads = heads;
        this.connections = connections;
        this.notes = notes;
        this.loop = loop;
        connections.begin(this);
        pool = pools.get(random.nextInt(pools.size()));
        if (limited() && random.nextBoolean()) fill();
        large = random.nextInt(32) == 0;
        asked = AskedRequest.any(random, large);
        client = new WatchedClient(this, asked.http11());
        exchange = exchanges.begin(client, heads.request(asked.text()), RouteTable.to("main", pool, List.of()));
        talk = new BackendTalk(this, exchange, heads, bytes, asked.toHead());
    }

    /** @param steps events at most, before the client leaves */
    void run(int steps) {
        note("> start ", asked);
        exchange.start();
        if (asked.bodyLength() == 0) endRequest();
        look();
        for (int i = 0; i < steps && !client.over(); i++) {
            step();
            look();
        }
        if (!client.over()) clientLost();
        look();
        check(ends == 1, "it did not end");
        loop.runPendingTasks();
        afterlife();
        check(ends == 1, "it ended again");
        checkAttempts(exchange.record().attempts(), pool.config().retry().attempts());
        for (Backend each : pool.backends()) {
            check(each.inFlight() == 0, "attempts were begun that did not end");
            while (each.connections() > 0) each.connectionClosed();
        }
        bytes.checkAllAreFreed();
        heads.checkAllAreBack();
    }

    private void checkAttempts(int made, int allowed) {
        check(made - connections.unreached() <= allowed && (made <= 1 || allowed > 1), "too many attempts");
        check(connections.unreached() <= Math.max(4, allowed), "too many attempts to connect");
    }

    // ---- what happens

    private void step() {
        if (connections.pending() && random.nextInt(3) == 0) {
            connections.settle();
            return;
        }
        if (waits() && random.nextInt(3) == 0) {
            slotFreed();
            return;
        }
        if (backendLive() && random.nextInt(3) > 0) {
            talk.step(backend);
            return;
        }
        switch (random.nextInt(16)) {
            case 0 -> clientFlips();
            case 1 -> clientLost();
            case 2 -> clientFails();
            case 3, 4, 5 -> {
                note("> requestReadComplete");
                exchange.requestReadComplete();
            }
            default -> requestStep();
        }
    }

    private boolean limited() {
        return pool.config().connections().maxPerBackend() > 0;
    }

    private boolean waits() {
        return pool.line().waiting() > 0;
    }

    /** Other exchanges have all the slots. */
    private void fill() {
        for (Backend each : pool.backends()) {
            while (each.connectionOpens()) note("slot taken of ", each);
        }
    }

    /** Maybe; whoever waits may be told a moment later. */
    private void slotFreed() {
        Backend some = pool.backends().get(random.nextInt(pool.backends().size()));
        note("> slot freed of ", some);
        if (some.connections() > 0) some.connectionClosed();
        else pool.line().signal();
        if (random.nextBoolean()) loop.runPendingTasks();
    }

    /** Always when all are; sometimes the last one was just taken by another lane. */
    boolean slotTaken(Backend backend) {
        return limited() && (backend.full() || random.nextInt(4) == 0);
    }

    private void requestStep() {
        if (clientGone || requestEnded) return;
        if (client.tunnel()) {
            if (random.nextInt(6) == 0) endRequest();
            else requestBody(size());
        } else if (asked.chunked()) {
            if (random.nextInt(4) == 0) endRequest();
            else requestBody(size());
        } else {
            requestBody((int) Math.min(asked.bodyLength() - requestSent, size()));
            if (requestSent == asked.bodyLength()) endRequest();
        }
    }

    private void requestBody(int size) {
        note("> requestBody ", size);
        ByteBuf piece = bytes.piece(requestSent, size);
        requestSent += size;
        exchange.requestBody(piece);
    }

    private void endRequest() {
        if (requestEnded) return;
        requestEnded = true;
        trailersSent = asked.chunked() && !client.tunnel() && random.nextInt(4) == 0;
        note("> requestEnd ", trailersSent);
        exchange.requestEnd(trailersSent ? heads.trailers() : null);
    }

    private void clientFails() {
        if (clientGone || requestEnded) return;
        Failure why = CLIENT_FAILURES[random.nextInt(CLIENT_FAILURES.length)];
        note("> clientFailed ", why);
        clientGone = true;
        exchange.clientFailed(why);
        check(client.over(), "it goes on with half a request");
    }

    /** Also in the middle of something that the exchange does to it. */
    void clientLost() {
        if (client.over()) return;
        Failure why = CLIENT_LOSSES[random.nextInt(CLIENT_LOSSES.length)];
        note("> clientLost ", why);
        clientGone = true;
        exchange.clientLost(why);
        check(client.over(), "it goes on without its client");
    }

    void clientFlips() {
        client.flip();
        note("> clientWritable ", client.writable());
        exchange.clientWritable();
    }

    void backendFlips(WatchedBackend side) {
        if (!side.live()) return;
        side.flip();
        note("> backendWritable ", side.writable());
        exchange.backendWritable();
    }

    /** Whatever still comes after its end is freed and does nothing else. */
    private void afterlife() {
        if (connections.pending()) {
            connections.settle();
            check(!backendLive(), "a connection was kept that came too late");
        }
        int calls = client.calls() + (backend == null ? 0 : backend.calls());
        int connects = connections.asked();
        int failures = failures();
        for (int i = 0; i < AFTERLIFE; i++) late(random.nextInt(14));
        check(calls == client.calls() + (backend == null ? 0 : backend.calls()), "it acts after its end");
        check(!connections.pending() && connects == connections.asked(), "it connects after its end");
        check(failures == failures(), "it blames a backend after its end");
    }

    private void late(int event) {
        note("> late ", event);
        switch (event) {
            case 0 -> exchange.requestBody(bytes.piece(0, 10));
            case 1 -> exchange.requestEnd(null);
            case 2 -> exchange.requestEnd(heads.trailers());
            case 3 -> exchange.requestReadComplete();
            case 4 -> exchange.clientWritable();
            case 5 -> exchange.clientLost(Failure.CLIENT_LEFT);
            case 6 -> exchange.clientFailed(Failure.REQUEST_CHUNK);
            case 7 -> exchange.responseHead(heads.response("HTTP/1.1 200 OK\r\n\r\n", false));
            case 8 -> exchange.responseBody(bytes.piece(0, 10));
            case 9 -> exchange.responseEnd(heads.trailers());
            case 10 -> exchange.responseReadComplete();
            case 11 -> exchange.backendWritable();
            case 12 -> exchange.backendDown();
            default -> exchange.backendLost(Failure.TRUNCATED);
        }
    }

    private int failures() {
        int failures = 0;
        for (Backend each : pool.backends()) failures += (int) each.failures();
        return failures;
    }

    // ---- what holds

    /** After each event. */
    private void look() {
        check(ends <= 1, "it ended twice");
        check(ends == 1 == client.over(), "its end and its client's differ");
        boolean live = backendLive();
        if (client.over()) {
            check(!live, "a backend's side was left over");
            check(!waits(), "it waits on after its end");
            return;
        }
        check(waits() ? !live && !connections.pending() : live != connections.pending(), "nobody will ever answer it");
        if (!live) return;
        check(!backend.writable() || client.isReading(), "nobody will ever read on from the client");
        check(!client.writable() || backend.isReading(), "nobody will ever read on from the backend");
    }

    void ended(ExchangeRecord ended) {
        note("exchangeEnded");
        check(ended == exchange.record() && ++ends == 1, "it ended twice");
    }

    /** @param size of the head as edited, which is the same at each attempt */
    void requestSent(int size) {
        requestsWritten++;
        check(asked.repeatable() || requestsWritten == 1, "what must not be repeated was sent twice");
        check(requestsWritten == 1 || size == headSize, "the head differs from that of the first attempt");
        headSize = size;
    }

    boolean requestWhole(long taken, boolean trailers) {
        return requestEnded && taken == requestSent && trailers == trailersSent;
    }

    void check(boolean holds, String otherwise) {
        if (!holds) throw new AssertionError(otherwise);
    }

    // ---- for those who watch

    /** The backend that this head comes from, or null for the exchange's own. */
    WatchedBackend source(Head head) {
        return head == talk.heard() ? backend : null;
    }

    void backend(WatchedBackend next) {
        check(!backendLive(), "a second backend side at a time");
        backend = next;
    }

    boolean large() {
        return large;
    }

    boolean backendLive() {
        return backend != null && backend.live();
    }

    /** @param head or null */
    void release(Head head) {
        if (head != null) lane.heads().release(head);
    }

    int random(int bound) {
        return random.nextInt(bound);
    }

    void note(String what) {
        if (notes != null) notes.append(what).append('\n');
    }

    void note(String what, Object more) {
        if (notes != null) notes.append(what).append(String.valueOf(more).replace("\r\n", "; ")).append('\n');
    }

    /** Of a piece of a body. */
    int size() {
        return 1 + random.nextInt(large && random.nextInt(3) == 0 ? CountedBytes.LARGEST : 20);
    }
}
