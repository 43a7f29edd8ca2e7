package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HopByHopTest {
    private static final String[] LINES = {"Connection: X-Mine", "X-Mine: 1", "Keep-Alive: 5",
            "Proxy-Connection: close",
        "TE: trailers", "Upgrade: x", "HTTP2-Settings: y", "Content-Length: 0", "Via: 1.1 x", "Trailer: A", "B_C: 1",
        "Content_Length: 1", "Proxy-Authorization: z", "A: b"};

    @Test void takesFromARequestWhatBelongsToOneConnection() {
        Head head = Received.requestHead(with("GET / HTTP/1.0"));
        HopByHop.removeFromRequest(head);
        assertThat(left(head)).containsExactly("Via", "Trailer", "B_C", "Proxy-Authorization", "A");
    }

    @Test void leavesTheUnderscoresOfAResponse() {
        Head head = Received.responseHead(with("HTTP/1.1 200 OK"));
        HopByHop.removeFromResponse(head);
        assertThat(left(head)).containsExactly("Via", "Trailer", "B_C", "Content_Length", "Proxy-Authorization", "A");
    }

    @Test void takesTheTransferEncoding() {
        Head head = Received.requestHead("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked");
        HopByHop.removeFromRequest(head);
        assertThat(left(head)).containsExactly("Host");
    }

    @Test void takesNothingFromAPlainHead() {
        Head head = Received.requestHead("GET / HTTP/1.1", "Host: a", "A: b");
        HopByHop.removeFromRequest(head);
        assertThat(left(head)).containsExactly("Host", "A");
    }

    private static String[] with(String start) {
        List<String> all = new ArrayList<>(List.of(start));
        all.addAll(List.of(LINES));
        return all.toArray(String[]::new);
    }

    private static List<String> left(Head head) {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < head.count(); i++) if (!head.removed(i)) left.add(head.nameText(i));
        return left;
    }
}
