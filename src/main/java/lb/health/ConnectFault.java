package lb.health;

import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import lb.connect.DialFailure;

/** What a failed connect means for a probe, in words that are the same on every transport. Threading: stateless. */
final class ConnectFault {
    private ConnectFault() {}

    static ProbeResult of(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (DialFailure.ours(cause)) {
            return ProbeResult.skipped("no socket left for a probe (" + deepest(cause).getMessage() + ")");
        }
        if (cause instanceof UnknownHostException) return ProbeResult.failed("name not resolved");
        if (cause instanceof NoRouteToHostException || message.contains("No route to host")) {
            return ProbeResult.failed("no route to host");
        }
        // the transports agree on the system's words, but neither on the exception nor on the words around them
        if (message.contains("refused")) return ProbeResult.failed("connection refused");
        if (message.contains("reset")) return ProbeResult.failed("connection reset");
        if (message.contains("unreachable")) return ProbeResult.failed("network unreachable");
        if (message.contains("timed out")) return ProbeResult.failed("connect timed out");
        return ProbeResult.failed("connect failed: " + (cause.getMessage() == null ? cause.toString() : message));
    }

    private static Throwable deepest(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) deepest = deepest.getCause();
        return deepest;
    }
}
