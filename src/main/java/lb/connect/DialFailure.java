package lb.connect;

import io.netty.channel.ChannelException;
import io.netty.channel.ConnectTimeoutException;
import java.net.UnknownHostException;
import lb.http.Failure;

/** What a connection that could not be made means, whatever the transport calls it. Threading: stateless. */
public final class DialFailure {
    private DialFailure() {}

    static Failure of(Throwable cause) {
        if (ours(cause)) return Failure.NO_DESCRIPTOR;
        if (cause instanceof ConnectTimeoutException) return Failure.CONNECT_TIMEOUT;
        if (cause instanceof UnknownHostException) return Failure.CONNECT_UNRESOLVED;
        // the transports agree on the system's words, but neither on the exception nor on the words around them
        String message = String.valueOf(cause.getMessage());
        if (message.contains("refused")) return Failure.CONNECT_REFUSED;
        if (message.contains("timed out")) return Failure.CONNECT_TIMEOUT;
        return Failure.CONNECT_FAILED;
    }

    /**
     * True when a socket could not even be made (EMFILE, ENFILE, ENOBUFS), which is a lack of ours and says nothing of
     * the backend. Netty throws its ChannelException there and nowhere else on the way to a connection, and wraps it; a
     * resolver hides it deeper.
     */
    public static boolean ours(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof ChannelException) return true;
            if (String.valueOf(each.getMessage()).contains("Too many open files")) return true;
        }
        return false;
    }
}
