package lb.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A backend on a raw socket that does as the test says, and remembers what it was sent:
 *
 * <pre>{@code
 * backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
 * backend.onNextRequest(Conversation::reset);          // goes before the above, once
 * }</pre>
 *
 * Without a script it answers {@code 200} with the body {@code ok}. A request that is not HTTP/1.1, and a script that
 * fails by anything but a lost connection, fail the test in {@link #close}.
 *
 * <p>Threading: scripts run on a thread per connection; everything else may be called from any thread.
 */
public final class ScriptedBackend implements AutoCloseable {
    /** What happens on a connection. */
    public interface Script {
        void run(Conversation peer) throws Exception;
    }

    private record Plan(Script script, boolean onHead) {}

    private final Queue<Plan> next = new ConcurrentLinkedQueue<>();
    private final List<Message> requests = new CopyOnWriteArrayList<>();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger heads = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Plan plan = new Plan(peer -> peer.ok("ok"), false);
    private volatile Script greeting;
    private volatile ServerSocket listening;
    private volatile Thread accepting;
    private final OwnPort port;

    private ScriptedBackend() {
        try {
            port = new OwnPort();
        } catch (IOException e) {
            throw new AssertionError("no port for a backend", e);
        }
        listening = listen();
        accepting = accept(listening);
    }

    public static ScriptedBackend start() {
        return new ScriptedBackend();
    }

    /** Runs for every request, when it was read to its end. */
    public ScriptedBackend onRequest(Script script) {
        plan = new Plan(script, false);
        return this;
    }

    /** Runs for every request when its head was read; the body is read by the script, or after it. */
    public ScriptedBackend onHead(Script script) {
        plan = new Plan(script, true);
        return this;
    }

    /** Runs for one request, before the others; calls of this queue up. */
    public ScriptedBackend onNextRequest(Script script) {
        next.add(new Plan(script, false));
        return this;
    }

    /** Runs when a connection was accepted, before anything is read. */
    public ScriptedBackend onConnection(Script script) {
        greeting = script;
        return this;
    }

    public int port() {
        return port.number();
    }

    /** {@code 127.0.0.1:port}: the id of this backend in a config. */
    public String id() {
        return "127.0.0.1:" + port();
    }

    /** Requests that ended, whole or cut short, in the order of their ends. */
    public List<Message> requests() {
        return requests;
    }

    /** The only request there was. */
    public Message request() {
        await(() -> !requests.isEmpty());
        if (requests.size() > 1) throw new AssertionError("more than one request: " + requests);
        return requests.get(0);
    }

    /** Heads of requests that came, whether their bodies did or not. */
    public int heads() {
        return heads.get();
    }

    /** Waits until so many heads came, five seconds at most. */
    public void awaitHeads(int count) {
        await(() -> heads.get() == count);
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Connections that neither side has closed. */
    public int openConnections() {
        return open.size();
    }

    /** Waits until so many are open, five seconds at most. */
    public void awaitOpenConnections(int count) {
        await(() -> open.size() == count);
    }

    /** Refuses new connections; those that are open go on, and nobody else is given the port. */
    public void stopListening() {
        try {
            listening.close();
            accepting.join();       // the kernel listens until the thread has left its poll
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Listens again on the same port. */
    public void listenAgain() {
        listening = listen();
        accepting = accept(listening);
    }

    /** Closes every connection that is open, as a stopping server would. */
    public void closeConnections() {
        open.forEach(ScriptedBackend::closeQuietly);
    }

    @Override public void close() {
        stopListening();
        ended.countDown();
        closeConnections();
        port.close();
        if (!faults.isEmpty()) throw new AssertionError("the script of " + id() + " failed", faults.get(0));
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(5)).until(condition);
    }

    private ServerSocket listen() {
        try {
            return port.listen();
        } catch (IOException e) {
            throw new AssertionError(id() + " is taken", e);
        }
    }

    private Thread accept(ServerSocket listening) {
        return daemon("accepts", () -> {
            while (!listening.isClosed()) {
                try {
                    Socket socket = listening.accept();
                    open.add(socket);
                    int number = connections.incrementAndGet();
                    daemon("connection-" + number, () -> serve(socket, number));
                } catch (IOException stopped) {
                    return;
                }
            }
        });
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            Conversation peer = new Conversation(socket, number, requests, ended);
            if (greeting != null) greeting.run(peer);
            while (peer.open() && peer.nextRequest()) answer(peer);
        } catch (IOException | InterruptedException lost) {
            // the peer left, or the test is over: what that means is for the test to say
        } catch (Exception | AssertionError fault) {
            faults.add(fault);
        } finally {
            open.remove(socket);
        }
    }

    private void answer(Conversation peer) throws Exception {
        heads.incrementAndGet();
        Plan queued = next.poll();
        Plan now = queued != null ? queued : plan;
        if (now.onHead) {
            now.script.run(peer);
            if (peer.open()) peer.readBody();
        } else if (peer.readBody().whole()) {
            now.script.run(peer);
        }
    }

    private Thread daemon(String does, Runnable work) {
        Thread thread = new Thread(work, "backend-" + port() + "-" + does);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed, one way or the other
        }
    }
}
