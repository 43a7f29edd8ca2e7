package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lb.http.Head;
import lb.http.HeadWriter;
import lb.http.Received;
import org.junit.jupiter.api.Test;

final class ClientResponseTest {
    @Test void passesOnWhatIsForTheClient() {
        Head head = Received.responseHead("HTTP/1.0 200 Fine", "Date: then", "Server: x", "Set-Cookie: a",
                "Connection: close, Y",
                "Set-Cookie: b", "Keep-Alive: 5", "Y: 1", "Content-Length: 0", "Content_Length: 1", "Via: 1.1 z");
        ClientResponse.edit(head, new DateLine());
        assertThat(lines(head)).containsExactly("HTTP/1.1 200 Fine", "Date: then", "Server: x", "Set-Cookie: a",
                "Set-Cookie: b", "Content_Length: 1", "Via: 1.1 z");
    }

    @Test void datesAResponseThatCameWithoutDate() {
        Head head = Received.responseHead("HTTP/1.1 200 OK", "Content-Length: 0");
        ClientResponse.edit(head, new DateLine());
        assertThat(lines(head)).hasSize(2);
        assertThat(lines(head).get(1))
                .matches("Date: (Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d [A-Z][a-z][a-z] \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
    }

    @Test void passesAnInterimResponseOnWithoutDate() {
        Head head = Received.responseHead("HTTP/1.1 200 OK", "Link: x", "Connection: close");
        ClientResponse.editInterim(head);
        assertThat(lines(head)).containsExactly("HTTP/1.1 200 OK", "Link: x");
    }

    @Test void passesASwitchOfProtocolsOn() {
        Head head = Received.responseHead("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket",
                "Connection: upgrade, X", "X: 1", "Sec-WebSocket-Accept: y", "Content-Length: 5");
        ClientResponse.editUpgrade(head);
        assertThat(lines(head)).containsExactly("HTTP/1.1 101 Switching Protocols", "Sec-WebSocket-Accept: y",
                "Connection: Upgrade", "Upgrade: websocket");
    }

    private static List<String> lines(Head head) {
        ByteBuf out = Unpooled.buffer();
        HeadWriter.response(head, out);
        String text = out.toString(StandardCharsets.ISO_8859_1);
        out.release();
        return List.of(text.substring(0, text.length() - 4).split("\r\n", -1));
    }
}
