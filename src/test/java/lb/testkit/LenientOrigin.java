package lb.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An origin that forgives whatever origins in the wild forgive: a line ends at LF, names are trimmed and {@code _} is
 * {@code -}, folded lines and lines without a colon are skipped, any Transfer-Encoding with "chunked" in it counts, the
 * last Content-Length wins, chunk sizes end where hexadecimal does. Where such a reader sees another message than lb
 * meant, a request can be smuggled. Answers each request it finds with a 200, and keeps its bytes.
 *
 * <p>Threading: a thread per connection; {@link #requests} from any thread.
 */
public final class LenientOrigin implements AutoCloseable {
    private final ServerSocket listening;
    private final List<byte[]> requests = new CopyOnWriteArrayList<>();

    private LenientOrigin() throws IOException {
        listening = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    public static LenientOrigin start() {
        try {
            return new LenientOrigin();
        } catch (IOException e) {
            throw new AssertionError("no port for an origin", e);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Those that were whole as this origin reads them, as they came. */
    public List<byte[]> requests() {
        return requests;
    }

    @Override public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                daemon(() -> serve(socket));
            } catch (IOException stopped) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Reading reading = new Reading(new BufferedInputStream(socket.getInputStream()));
            while (reading.request()) {
                requests.add(reading.wire());
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException left) {
            // what was not whole does not count
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "lenient-origin");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection's bytes, read the forgiving way. */
    private static final class Reading {
        private final InputStream in;
        private final ByteArrayOutputStream wire = new ByteArrayOutputStream();

        Reading(InputStream in) {
            this.in = in;
        }

        byte[] wire() {
            return wire.toByteArray();
        }

        /** False at the end of the connection. */
        boolean request() throws IOException {
            wire.reset();
            String line = line();
            while (line != null && line.isBlank()) line = line();
            if (line == null) return false;
            long length = 0;
            boolean chunked = false;
            for (line = line(); line != null && !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                if (colon < 0) continue;
                String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT).replace('_', '-');
                String value = line.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
                if (name.equals("content-length")) length = number(value, 10);
                if (name.equals("transfer-encoding") && value.contains("chunked")) chunked = true;
            }
            if (line == null) return false;
            return chunked ? chunks() : take(length);
        }

        private boolean chunks() throws IOException {
            while (true) {
                String line = line();
                if (line == null) return false;
                long size = number(line.strip(), 16);
                if (size == 0) break;
                if (!take(size) || line() == null) return false;
            }
            String trailer = line();
            while (trailer != null && !trailer.isEmpty()) trailer = line();
            return trailer != null;
        }

        /** The digits in front, whatever follows; 0 when there are none. */
        private static long number(String text, int radix) {
            long number = 0;
            for (int i = 0; i < Math.min(text.length(), 15); i++) {
                int digit = Character.digit(text.charAt(i), radix);
                if (digit < 0) break;
                number = number * radix + digit;
            }
            return number;
        }

        private boolean take(long length) throws IOException {
            for (long left = length; left > 0; left--) {
                if (octet() < 0) return false;
            }
            return true;
        }

        /** Up to LF, without CR before it; null at the end. */
        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int octet = octet(); octet != '\n'; octet = octet()) {
                if (octet < 0) return null;
                line.append((char) octet);
            }
            int end = line.length();
            return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
        }

        private int octet() throws IOException {
            int octet = in.read();
            if (octet >= 0) wire.write(octet);
            return octet;
        }
    }
}
