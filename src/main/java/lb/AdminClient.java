package lb;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lb.config.Units;

/** The commands that ask a running lb through its admin listener. */
final class AdminClient {
    private static final String DEFAULT_ADDRESS = "127.0.0.1:9901";
    private static final int TIMEOUT_MILLIS = 2_000;
    /** Of connecting and the whole answer. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    /** Bytes of an answer: the status of more than a hundred thousand backends. */
    private static final long MOST = 32L << 20;

    private final Duration deadline;
    private final long most;
    private final PrintStream out;

    /**
     * @param deadline of a whole answer
     * @param most     bytes of an answer
     * @param out      gets what is answered, UTF-8
     */
    AdminClient(Duration deadline, long most, PrintStream out) {
        this.deadline = deadline;
        this.most = most;
        this.out = out;
    }

    /** @return 0 when lb answered as hoped, 1 when it is not ready or does not answer */
    static int run(Arguments arguments) {
        String address = address(arguments.admin());
        String path = arguments.command().equals("healthcheck") ? "/readyz" : "/status.txt";
        try {
            return new AdminClient(DEADLINE, MOST, System.out).ask("http://" + address + path);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("lb: no answer from the admin listener at " + address + ": " + e.getMessage());
            return ExitCode.NOT_AS_HOPED;
        }
    }

    /**
     * Passes the answer on as it comes.
     *
     * @throws IOException when it is not whole within the deadline, or larger than the limit
     */
    int ask(String url) throws IOException {
        FutureTask<Integer> asking = new FutureTask<>(() -> exchange(URI.create(url)));
        Thread thread = new Thread(asking, "lb-admin-client");
        thread.setDaemon(true);
        thread.start();
        try {
            return asking.get(deadline.toNanos(), TimeUnit.NANOSECONDS) == 200 ? ExitCode.OK : ExitCode.NOT_AS_HOPED;
        } catch (TimeoutException e) {
            throw new IOException("not whole within " + Units.show(deadline), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    private int exchange(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            if (in != null) pass(in);
        }
        out.flush();
        return status;
    }

    private void pass(InputStream in) throws IOException {
        byte[] piece = new byte[8 << 10];
        long passed = 0;
        for (int length; (length = in.read(piece)) >= 0; out.write(piece, 0, length)) {
            passed += length;
            if (passed > most) throw new IOException("more than " + most + " bytes");
        }
    }

    /** A port alone is loopback's: as part of a URL it would be read as a host, a number of four octets. */
    static String address(String given) {
        if (given == null) return DEFAULT_ADDRESS;
        String port = given.startsWith(":") ? given.substring(1) : given;
        return port.matches("\\d{1,5}") ? "127.0.0.1:" + port : given;
    }
}
