package lb.proxy;

import java.net.InetSocketAddress;
import lb.http.Head;
import lb.http.Side;

/** The client's side of one exchange at a time. Event loop only. */
public interface ClientSide extends Side {
    InetSocketAddress address();

    /** What the backend is told about this client. */
    ForwardingFields forwarding();

    /** True when the client understands interim responses: not in HTTP/1.0. */
    boolean takesInterim();

    /** A 1xx other than 101. @param head edited; the caller's still */
    void interim(Head head);

    /**
     * The final head.
     *
     * @param head edited, but for the framing, which this side adds by itself; the caller's still
     */
    void response(Head head);

    /** The 101, after which bytes pass as they are. @param head edited; the caller's still */
    void tunnel(Head head);

    /** The exchange ended and the response is whole: the client may go on with its next request. */
    void finished();

    /** The exchange ended and the response is not whole: the client must see that. */
    void abort();
}
