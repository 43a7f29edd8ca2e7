package lb.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * An address where nobody says anything: it listens, but its queue of connections is full, so that the kernel drops
 * every further SYN. A connect to it neither succeeds nor fails.
 */
public final class BlackHole implements AutoCloseable {
    private final ServerSocket listening;
    private final List<Socket> queued = new ArrayList<>();

    public BlackHole() {
        try {
            listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            boolean full = false;
            while (!full) full = !enter();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    @Override public void close() {
        try {
            for (Socket socket : queued) socket.close();
            listening.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean enter() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 200);
            queued.add(socket);
            return true;
        } catch (SocketTimeoutException full) {
            socket.close();
            return false;
        }
    }
}
