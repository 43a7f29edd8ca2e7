package lb.proxy;

import java.nio.charset.StandardCharsets;
import lb.http.ConnectionOptions;
import lb.http.FieldName;
import lb.http.Head;
import lb.http.HopByHop;
import lb.pool.Backend;

/** Makes the client's request head the one that goes to a backend. Threading: stateless. */
final class BackendRequest {
    private static final byte[] HOST = ascii("Host: ");
    private static final byte[] UPGRADE = ascii("Connection: Upgrade\r\nUpgrade: ");
    private static final byte[] TE_TRAILERS = ascii("TE: trailers\r\nConnection: TE\r\n");
    private static final byte[] MAX_FORWARDS = ascii("Max-Forwards: ");
    private static final byte[] VIA_1_1 = ascii("Via: 1.1 lb\r\n");
    private static final byte[] VIA_1_0 = ascii("Via: 1.0 lb\r\n");
    private static final byte[] CRLF = ascii("\r\n");

    private BackendRequest() {}

    /**
     * Edits the head from scratch, also for a second attempt.
     *
     * @param preserveHost the backend sees the host that the client asked for
     * @param upgrade      the client asked for a protocol that may be switched to
     */
    static void edit(Head head, Backend backend, boolean preserveHost, boolean upgrade, ForwardingFields forwarding) {
        head.unedit();
        boolean trailers = !upgrade && ConnectionOptions.listContains(head, FieldName.TE, "trailers");
        HopByHop.removeFromRequest(head);
        host(head, backend, preserveHost);
        if (head.has(FieldName.MAX_FORWARDS)) maxForwards(head);
        if (head.minor() == 0) head.removeAll(FieldName.EXPECT);
        forwarding.apply(head);
        // RFC 9110 §7.6.3: the version in which the request came
        head.append(head.minor() == 1 ? VIA_1_1 : VIA_1_0);
        if (upgrade) {
            int line = head.find(FieldName.UPGRADE, 0);
            head.append(UPGRADE);
            head.appendOwn(head.valueStart(line), head.valueEnd(line));
            head.append(CRLF);
        } else if (trailers) {
            // RFC 9110 §10.1.4: we read trailers of either side and pass them on
            head.append(TE_TRAILERS);
        }
    }

    private static void host(Head head, Backend backend, boolean preserveHost) {
        boolean known = head.hostEnd() > head.hostStart();
        if (preserveHost && known && !head.absolute()) return;
        head.removeAll(FieldName.HOST);
        head.append(HOST);
        if (preserveHost && known) head.appendOwn(head.hostStart(), head.hostEnd());
        else head.append(backend.authority());
        head.append(CRLF);
    }

    /** RFC 9110 §7.6.2: counted down where it means something. */
    private static void maxForwards(Head head) {
        int left = MaxForwards.of(head);
        if (left < 0) return;
        head.removeAll(FieldName.MAX_FORWARDS);
        head.append(MAX_FORWARDS);
        head.append(left - 1L);
        head.append(CRLF);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
