package lb.proxy;

import java.nio.charset.StandardCharsets;
import lb.http.FieldName;
import lb.http.Head;
import lb.http.HopByHop;

/** Makes a backend's response head the one that goes to the client; the client's side adds the framing. Stateless. */
final class ClientResponse {
    private static final byte[] UPGRADE = "Connection: Upgrade\r\nUpgrade: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CRLF = {'\r', '\n'};

    private ClientResponse() {}

    static void editInterim(Head head) {
        HopByHop.removeFromResponse(head);
    }

    /** RFC 9110 §6.6.1: a response that came without Date gets one. */
    static void edit(Head head, DateLine date) {
        HopByHop.removeFromResponse(head);
        if (!head.has(FieldName.DATE)) head.append(date.now());
    }

    static void editUpgrade(Head head) {
        HopByHop.removeFromResponse(head);
        int line = head.find(FieldName.UPGRADE, 0);
        head.append(UPGRADE);
        head.appendOwn(head.valueStart(line), head.valueEnd(line));
        head.append(CRLF);
    }
}
