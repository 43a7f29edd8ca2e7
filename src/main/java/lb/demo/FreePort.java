package lb.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks for a port of loopback that nobody has. Any thread. */
public final class FreePort {
    private static final int TRIES = 100;

    private FreePort() {}

    /**
     * The wanted port or the next free one.
     *
     * @throws IOException when none of 100 is free
     */
    public static int from(int wanted) throws IOException {
        for (int port = wanted; port < wanted + TRIES; port++) {
            if (free(port)) return port;
        }
        throw new IOException("no free port from " + wanted + " to " + (wanted + TRIES - 1));
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
