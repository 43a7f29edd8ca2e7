package lb.demo;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The demo's three backends.
 *
 * <pre>
 * swift    answers after 2 ms
 * steady   answers after 20 ms
 * moody    answers after 5 ms, closes the connection in place of every 20th answer, and is down for 4 s of every 20
 * </pre>
 *
 * What moody does wrong can be hidden from clients whose requests may be sent twice: lb asks again, on another
 * connection or another backend. A 503 of its own could not be hidden: it is an answer, and passed on.
 *
 * <p>Threading: any thread may call.
 */
public final class DemoBackends implements AutoCloseable {
    private static final List<DemoBackend.Manner> MANNERS = List.of(
            new DemoBackend.Manner("swift", 2, 0, false),
            new DemoBackend.Manner("steady", 20, 0, false),
            new DemoBackend.Manner("moody", 5, 20, true));
    // Below the range from which the system takes ports for outgoing connections: a closed port up there could be given
    // to the very connection that is made to it, which then talks to itself.
    private static final int FIRST_PORT = 9001;
    private static final int FIRST_OUTAGE_SECONDS = 2;
    private static final int OUTAGE_SECONDS = 4;
    private static final int EVERY_SECONDS = 20;

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("lb-demo"), NioIoHandler.newFactory());
    private final List<DemoBackend> backends = new ArrayList<>();

    private DemoBackends() {}

    /**
     * Starts all three, on the first free ports from 9001.
     *
     * @throws IOException when a port cannot be had
     */
    public static DemoBackends start() throws IOException {
        DemoBackends started = new DemoBackends();
        try {
            int port = FIRST_PORT;
            for (DemoBackend.Manner manner : MANNERS) {
                port = FreePort.from(port);
                started.open(new DemoBackend(manner, started.loop(), port++));
            }
            return started;
        } catch (IOException e) {
            started.close();
            throw e;
        }
    }

    private void open(DemoBackend backend) throws IOException {
        try {
            backend.open().sync();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        backends.add(backend);
    }

    /** From now on they are down from time to time, those that have outages. */
    void scheduleOutages() {
        for (DemoBackend backend : backends) {
            if (!backend.manner().outages()) continue;
            loop().scheduleAtFixedRate(backend::die, FIRST_OUTAGE_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
            loop().scheduleAtFixedRate(backend::comeBack, FIRST_OUTAGE_SECONDS + OUTAGE_SECONDS, EVERY_SECONDS,
                    TimeUnit.SECONDS);
        }
    }

    /** Their ports by name, in the order of the report. */
    public Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (DemoBackend backend : backends) ports.put(backend.name(), backend.port());
        return ports;
    }

    EventLoop loop() {
        return (EventLoop) group.next();
    }

    /** Cuts every connection, of backends and clients. Waits for up to two seconds. */
    @Override public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
