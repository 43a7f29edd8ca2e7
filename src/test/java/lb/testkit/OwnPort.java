package lb.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port of the loopback address, chosen by the kernel, that nobody else is given before {@link #close}. Nobody
 * listens there but {@link #listen}; without it a connection is refused. (A port that was only closed goes to the next
 * test that asks for one, or to a connection that leaves from it.)
 */
public final class OwnPort implements AutoCloseable {
    private final Socket holder = new Socket();     // bound, never connected: keeps the port, refuses who comes

    public OwnPort() throws IOException {
        holder.setReuseAddress(true);
        holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public int number() {
        return holder.getLocalPort();
    }

    /** Listens here; again, when the one before was closed. The caller closes what it gets. */
    public ServerSocket listen() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(holder.getLocalSocketAddress(), 128);
        return socket;
    }

    @Override public void close() {
        try {
            holder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
