package lb.listen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import lb.connect.EmbeddedConnections;
import lb.connect.ManualTime;
import lb.http.Failure;
import lb.http.Head;
import lb.http.Heads;
import lb.pool.Backend;
import lb.proxy.Exchanges;
import lb.testkit.EmbeddedSocket;

/** One client's connection, those to the backends that it leads to, and whatever may happen to any of them. */
final class WireOrder {
    private static final int WRITE_BUFFER = 512;
    private static final int HEADS = 64;
    /** Two ticks: the wheel of the deadlines stops at the first that finds it empty. */
    private static final long TICKS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Failure[] NOT_DIALLED = {
        Failure.CONNECT_REFUSED, Failure.CONNECT_TIMEOUT, Failure.NO_DESCRIPTOR
    };

    /** What the orders of one run share. */
    record Bench(ManualTime time, Exchanges exchanges, EmbeddedConnections connections, Listener listener,
            Accepted accepted, ClientLimit clients, List<Backend> backends, UnpooledByteBufAllocator allocator) {}

    private final SplittableRandom random;
    private final Bench bench;
    private final StringBuilder notes;
    private final WireMessages requests;
    private final ResponsesRead responses;
    private final Map<EmbeddedSocket, WireMessages> answers = new IdentityHashMap<>();
    private final EmbeddedSocket client;

    /** @param notes gets a line for each event, or null */
    WireOrder(long seed, Bench bench, StringBuilder notes) {
        random = new SplittableRandom(seed);
        this.bench = bench;
        this.notes = notes;
        requests = WireMessages.requests(random);
        responses = new ResponsesRead(requests.toHead());
        client = new EmbeddedSocket(bench.allocator, WRITE_BUFFER, bench.accepted);
    }

    void run(int steps) {
        for (int i = 0; i < steps && client.isOpen(); i++) step();
        end();
        look();
    }

    private void step() {
        List<EmbeddedSocket> open = bench.connections.sockets();
        open.removeIf(socket -> !socket.isOpen() && drained(socket));
        switch (random.nextInt(8)) {
            case 0 -> moveOn();
            case 1 -> {
                if (bench.connections.dialling()) dialled();
            }
            case 2, 3, 4 -> clientDoes();
            default -> {
                if (!open.isEmpty()) backendDoes(open.get(random.nextInt(open.size())));
            }
        }
        drain();
    }

    private void moveOn() {
        long millis = random.nextInt(16) == 0 ? random.nextInt(100_000) : random.nextInt(60);
        note("time ", millis);
        bench.time.advance(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void dialled() {
        Failure failure = random.nextInt(6) == 0 ? NOT_DIALLED[random.nextInt(NOT_DIALLED.length)] : null;
        note("dialled ", failure);
        bench.connections.dialled(failure);
    }

    private void clientDoes() {
        if (requests.allSent() || !listens(client)) {
            happens(client, "client ");
        } else if (random.nextInt(8) == 0) {
            happens(client, "client ");
        } else {
            sends(client, requests, "client sends ");
        }
    }

    private void backendDoes(EmbeddedSocket socket) {
        WireMessages answer = answers.get(socket);
        if (answer == null || random.nextInt(8) == 0 || !listens(socket)) {
            happens(socket, "backend ");
        } else if (answer.allSent()) {
            answers.remove(socket);
            if (random.nextInt(4) == 0) happens(socket, "backend ");
        } else {
            sends(socket, answer, "backend sends ");
        }
    }

    /** What is held back sends nothing, but for what was read already. */
    private boolean listens(EmbeddedSocket socket) {
        return socket.config().isAutoRead() || random.nextInt(8) == 0;
    }

    private void sends(EmbeddedSocket socket, WireMessages messages, String who) {
        byte[] piece = messages.next(random);
        note(who, piece.length);
        ByteBuf data = bench.allocator.directBuffer(piece.length).writeBytes(piece);
        socket.receives(data);
        if (random.nextInt(3) > 0) socket.receivedAll();
    }

    private void happens(EmbeddedSocket socket, String who) {
        int event = random.nextInt(24);
        note(who, event);
        switch (event) {
            case 0 -> socket.peerEnds();
            case 1 -> socket.peerResets();
            case 2 -> socket.writesFail();
            case 3 -> socket.close();
            case 4, 5, 6, 7 -> socket.full(true);
            case 8 -> bench.accepted.drain();
            case 9 -> bench.connections.wentDown(bench.backends.get(random.nextInt(bench.backends.size())));
            case 10, 11 -> socket.receivedAll();
            default -> socket.full(false);
        }
    }

    private void drain() {
        client.sent(data -> {
            if (!requests.spoilt()) responses.read(data);
        });
        client.runPendingTasks();
        client.checkException();
        for (EmbeddedSocket socket : bench.connections.sockets()) drained(socket);
    }

    /** What a backend got makes it answer, if it has nothing to say already. */
    private boolean drained(EmbeddedSocket socket) {
        socket.sent(data -> answers.computeIfAbsent(socket, any -> WireMessages.response(random)));
        socket.runPendingTasks();
        socket.checkException();
        return true;
    }

    /** Everybody leaves. */
    private void end() {
        client.close();
        while (bench.connections.dialling()) dialled();
        for (EmbeddedSocket socket : bench.connections.sockets()) {
            socket.close();
            drained(socket);
        }
        drain();
        bench.connections.sockets().clear();
        bench.time.advance(TICKS);
    }

    private void look() {
        check(bench.exchanges.active() == 0, "exchanges run on");
        for (Backend backend : bench.backends) {
            check(backend.inFlight() == 0, "attempts were begun that did not end: " + backend.inFlight());
            check(backend.connections() == 0, "connections are counted that are closed: " + backend.connections());
            check(backend.idleConnections() == 0, "idle connections are counted: " + backend.idleConnections());
        }
        check(bench.listener.connected() == 0 && bench.clients.connected() == 0, "clients are counted that left");
        check(!bench.time.turning(), "a deadline is armed");
        check(bench.allocator.metric().usedDirectMemory() == 0, "memory is not freed");
        Heads heads = bench.exchanges.lane().heads();
        Set<Head> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < HEADS; i++) check(taken.add(heads.acquire()), "a head was given back twice");
        taken.forEach(heads::release);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) throw new AssertionError(otherwise);
    }

    private void note(String what, Object more) {
        if (notes != null) notes.append(what).append(more).append('\n');
    }
}
