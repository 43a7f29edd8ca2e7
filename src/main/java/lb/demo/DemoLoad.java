package lb.demo;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A gentle load: {@value #CLIENTS} clients that keep their connections and ask one thing at a time, together at most 50
 * times a second. A client whose answer is late misses its turn.
 *
 * <p>Threading: any thread may call; the clients live on the demo's event loop.
 */
public final class DemoLoad {
    private static final int CLIENTS = 4;
    private static final long TURN_MILLIS = 80;
    private static final long STOP_POLL_MILLIS = 10;
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final EventLoop loop;
    private final DemoReport report;
    private final List<DemoClient> clients = new ArrayList<>();
    private boolean stopping;

    private DemoLoad(DemoBackends backends, int port) {
        loop = backends.loop();
        report = new DemoReport(backends.ports().keySet());
        for (int i = 0; i < CLIENTS; i++) clients.add(new DemoClient(loop, port, report));
    }

    /** @param port where lb listens on loopback */
    public static DemoLoad start(DemoBackends backends, int port) {
        DemoLoad load = new DemoLoad(backends, port);
        backends.scheduleOutages();
        for (int i = 0; i < CLIENTS; i++) {
            DemoClient client = load.clients.get(i);
            load.loop.scheduleWithFixedDelay(() -> load.turn(client), i * TURN_MILLIS / CLIENTS, TURN_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
        return load;
    }

    private void turn(DemoClient client) {
        if (!stopping) client.turn();
    }

    /** Asks no more and gives what was asked up to two seconds to be answered. */
    public CompletableFuture<DemoReport> stop() {
        CompletableFuture<DemoReport> stopped = new CompletableFuture<>();
        loop.execute(() -> {
            stopping = true;
            awaitAnswers(System.nanoTime(), stopped);
        });
        return stopped;
    }

    private void awaitAnswers(long since, CompletableFuture<DemoReport> stopped) {
        boolean late = System.nanoTime() - since > STOP_NANOS;
        if (late || clients.stream().noneMatch(DemoClient::waiting)) {
            clients.forEach(DemoClient::leave);
            stopped.complete(report);
        } else {
            loop.schedule(() -> awaitAnswers(since, stopped), STOP_POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
