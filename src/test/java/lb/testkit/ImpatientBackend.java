package lb.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A backend for hundreds of thousands of requests: it keeps an unused connection for a random time only, closes it
 * without a word, and remembers of each request no more than the id that its target ends with.
 *
 * <pre>
 * GET /            200, not counted
 * POST /?id=17     200; {@link #timesExecuted} knows 17
 * </pre>
 *
 * Threading: a thread per connection; everything public may be called from any thread.
 */
public final class ImpatientBackend implements AutoCloseable {
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.ISO_8859_1);
    private static final String LENGTH = "content-length:";
    private static final int BACKLOG = 1_000;

    private final ServerSocket listening = new ServerSocket();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "impatient-backend");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> executed = new ConcurrentHashMap<>();
    private final AtomicInteger closedUnused = new AtomicInteger();
    private final SplittableRandom seeds;
    private final int mostMillis;

    private ImpatientBackend(int mostMillis, long seed) throws IOException {
        this.mostMillis = mostMillis;
        seeds = new SplittableRandom(seed);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        threads.execute(this::accept);
    }

    /** @param mostMillis the longest time that an unused connection is kept; the shortest is none at all */
    public static ImpatientBackend start(int mostMillis, long seed) throws IOException {
        return new ImpatientBackend(mostMillis, seed);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** How often each id was executed. */
    public Map<String, AtomicInteger> timesExecuted() {
        return executed;
    }

    /** Connections closed because nothing came on them in time. */
    public int closedUnused() {
        return closedUnused.get();
    }

    @Override public void close() throws IOException {
        listening.close();
        for (Socket each : open) each.close();
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                open.add(socket);
                SplittableRandom random = seeds.split();
                threads.execute(() -> serve(socket, random));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket, SplittableRandom random) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1024);
            // the first request is always waited for
            while (execute(in)) {
                socket.getOutputStream().write(ANSWER);
                int patience = random.nextInt(mostMillis + 1);
                if (patience == 0) throw new SocketTimeoutException();
                socket.setSoTimeout(patience);
            }
        } catch (SocketTimeoutException unused) {
            closedUnused.incrementAndGet();
        } catch (IOException lost) {
            // lb closed first, or the test is over
        } finally {
            open.remove(socket);
        }
    }

    /** Reads a request, whose body is of the length that its head says, and counts it. @return false at the end */
    private boolean execute(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) return false;
        int length = 0;
        for (String line; !(line = line(in)).isEmpty();) {
            if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(line.substring(LENGTH.length()).trim());
            }
        }
        in.skipNBytes(length);
        int id = first.indexOf("id=");
        if (id > 0) {
            String of = first.substring(id + 3, first.indexOf(' ', id));
            executed.computeIfAbsent(of, any -> new AtomicInteger()).incrementAndGet();
        }
        return true;
    }

    /** Without its end; empty at the end of the stream, too. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b; (b = in.read()) >= 0 && b != '\n';) {
            if (b != '\r') line.append((char) b);
        }
        return line.toString();
    }
}
