package lb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend in the test's process that answers with its name, or with a download that waits in the middle. */
final class Origin implements AutoCloseable {
    static final String FIRST_HALF = "first half, ";
    static final String SECOND_HALF = "second half";

    private static final int TIMEOUT_MILLIS = 20_000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger downloads = new AtomicInteger();
    private final CountDownLatch finish = new CountDownLatch(1);

    private Origin(String name) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, name));
        server.createContext("/slow", this::download);
    }

    static Origin start(String name) throws IOException {
        Origin origin = new Origin(name);
        origin.server.start();
        return origin;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int requests() {
        return requests.get();
    }

    /** Whose first half was sent. */
    int downloads() {
        return downloads.get();
    }

    void finishDownloads() {
        finish.countDown();
    }

    @Override public void close() {
        finish.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** What whoever is asked through lb answers. */
    static String get(int port) throws IOException {
        return get(port, "/");
    }

    /** A download under way. */
    static CompletableFuture<String> getSlowly(int port) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return get(port, "/slow");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String get(int port, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty("Connection", "close");
        byte[] body = connection.getInputStream().readAllBytes();
        // the JDK's client takes a body that was cut off for a whole one
        if (body.length != connection.getContentLength()) throw new EOFException("truncated");
        return new String(body, StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange, String name) throws IOException {
        requests.incrementAndGet();
        byte[] body = name.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void download(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, FIRST_HALF.length() + SECOND_HALF.length());
        exchange.getResponseBody().write(FIRST_HALF.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        downloads.incrementAndGet();
        try {
            finish.await();
        } catch (InterruptedException e) {
            exchange.close();
            return;
        }
        exchange.getResponseBody().write(SECOND_HALF.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }
}
