package lb.connect;

import io.netty.channel.ChannelException;
import io.netty.channel.ConnectTimeoutException;
import java.net.UnknownHostException;
import lb.http.Failure;

/** What a connection that could not be made means, whatever the transport calls it. Threading: stateless. */
public final class DialFailure {
    private DialFailure() {}

    static Failure of(Throwable cause) {
        if (noPort(cause)) return Failure.NO_PORT;
        if (noSocket(cause)) return Failure.NO_DESCRIPTOR;
        if (cause instanceof ConnectTimeoutException) return Failure.CONNECT_TIMEOUT;
        if (cause instanceof UnknownHostException) return Failure.CONNECT_UNRESOLVED;
        // the transports agree on the system's words, but neither on the exception nor on the words around them
        String message = String.valueOf(cause.getMessage());
        if (message.contains("refused")) return Failure.CONNECT_REFUSED;
        if (message.contains("timed out")) return Failure.CONNECT_TIMEOUT;
        return Failure.CONNECT_FAILED;
    }

    /** True when the lack was ours, of sockets or of local ports: it says nothing of the backend. */
    public static boolean ours(Throwable cause) {
        return noPort(cause) || noSocket(cause);
    }

    /** EADDRNOTAVAIL: every local port is taken that a connection to that backend's address could have. */
    private static boolean noPort(Throwable cause) {
        return String.valueOf(cause.getMessage()).contains("assign requested address");
    }

    /**
     * True when a socket could not even be made (EMFILE, ENFILE, ENOBUFS). Netty throws its ChannelException there and
     * nowhere else on the way to a connection, and wraps it; a resolver hides it deeper.
     */
    private static boolean noSocket(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof ChannelException) return true;
            if (String.valueOf(each.getMessage()).contains("Too many open files")) return true;
        }
        return false;
    }
}
