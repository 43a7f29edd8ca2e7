package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import lb.testkit.Message;
import lb.testkit.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that two readers may understand in two ways (RFC 9112 §11.2). They are refused, the connection is closed,
 * and no backend sees a byte of them.
 */
class FramingAttackTest extends ProxyTest {
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

    static Stream<Arguments> refused() {
        return Stream.of(
                attack("length and chunked",
                        POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
                attack("chunked and length",
                        POST + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400),
                attack("differing lengths", POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
                attack("a list of differing lengths", POST + "Content-Length: 1, 2\r\n\r\nab", 400),
                attack("a signed length", POST + "Content-Length: +1\r\n\r\na", 400),
                attack("a negative length", POST + "Content-Length: -1\r\n\r\na", 400),
                attack("a hexadecimal length", POST + "Content-Length: 0x1\r\n\r\na", 400),
                attack("an empty length", POST + "Content-Length:\r\n\r\n", 400),
                attack("a length with a space", POST + "Content-Length: 1 1\r\n\r\na", 400),
                attack("a length too large", POST + "Content-Length: 99999999999999999999\r\n\r\na", 400),
                attack("chunked not last", POST + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 400, 501),
                attack("chunked twice", POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400, 501),
                attack("chunked on two lines",
                        POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, 501),
                attack("an unknown coding", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
                attack("a coding that only looks like it", POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                        400, 501),
                attack("identity", POST + "Transfer-Encoding: identity\r\n\r\n", 501, 400),
                attack("a coding with a control byte",
                        POST + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n", 400, 501),
                attack("chunked in HTTP/1.0",
                        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
                attack("a folded line", POST + "X: a\r\n b\r\n\r\n", 400),
                attack("a folded first line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400),
                attack("a folded coding", POST + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 400),
                attack("a bare LF", "GET / HTTP/1.1\nHost: a\n\n", 400),
                attack("a bare LF in the fields", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400),
                attack("a bare CR", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400),
                attack("a NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 400),
                attack("a NUL in a name", "GET / HTTP/1.1\r\nHost: a\r\nX\0: b\r\n\r\n", 400),
                attack("a space before the colon", POST + "Content-Length : 0\r\n\r\n", 400),
                attack("a tab before the colon", POST + "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n", 400),
                attack("a line without a colon", "GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", 400),
                attack("an empty name", "GET / HTTP/1.1\r\nHost: a\r\n: v\r\n\r\n", 400),
                attack("no Host", "GET / HTTP/1.1\r\nX: a\r\n\r\n", 400),
                attack("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
                attack("the same Host twice", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
                attack("a Host that is none", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
                attack("a Host with a user", "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n", 400),
                attack("HTTP/0.9", "GET /\r\n\r\n", 400, 505),
                attack("HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505),
                attack("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
                attack("HTTP/1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 400, 505),
                attack("http in small letters", "GET / http/1.1\r\nHost: a\r\n\r\n", 400, 505),
                attack("two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                attack("a space at the end", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400, 505),
                attack("a space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400, 505),
                attack("a tab for a space", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                attack("a control byte in the target", "GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                attack("a byte beyond ASCII in the target", "GET /\u00e4 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                attack("a fragment in the target", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                attack("a target that is no path", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                attack("a method that is no token", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                attack("a star for a GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefused(String name, String request, List<Integer> statuses) {
        RawClient client = client().send(request + get("/smuggled"));
        Message response = client.readResponse();
        assertThat(response.status()).isIn(statuses);
        assertThat(response.value("Connection")).isEqualToIgnoringCase("close");
        client.expectClosed();
        assertThat(backend.heads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "-1\r\n", "+1\r\na\r\n", "0x1\r\na\r\n", " 1\r\na\r\n", "\r\n",
            "1\na\r\n", "1\r\nab\r\n", "1\r\na\n", "1\r\na0\r\n", "ffffffffffffffff\r\n", "10000000000000001\r\na\r\n",
            "1;a\nb\r\na\r\n", "1;a\rb\r\na\r\n",
            "0\r\nX : a\r\n\r\n", "0\r\nX: a\nY: b\r\n\r\n", "0\r\nno colon\r\n\r\n", "0\r\n folded\r\n\r\n"})
    void aBadChunkIsRefusedAndTheBackendNeverHasAWholeRequest(String chunk) {
        RawClient client = client().send(CHUNKED + "3\r\nabc\r\n");
        backend.awaitHeads(1);
        client.trySend(chunk).trySend(get("/smuggled"));
        assertThat(client.readResponse().status()).isEqualTo(400);
        client.expectClosed();
        backend.awaitOpenConnections(0);
        assertThat(backend.request().whole()).isFalse();
    }

    @Test void aBadChunkThatComesWithItsHeadSpoilsNoConnection() {
        RawClient client = client().send(CHUNKED + "3\r\nabc\r\nx\r\n");
        assertThat(client.readResponse().status()).isEqualTo(400);
        client.expectClosed();
        assertThat(exchange(get("/next")).text()).isEqualTo("ok");
        assertThat(backend.requests()).filteredOn(Message::whole).extracting(Message::target).containsExactly("/next");
    }

    @Test void twoEqualLengthsAreSentAsOneOrRefused() {
        Message response = exchange(POST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nab");
        assertThat(response.status()).isIn(200, 400);
        if (response.status() == 200) assertThat(backend.request().values("Content-Length")).containsExactly("2");
    }

    @Test void extensionsOfChunksAreNotPassedOn() {
        assertThat(exchange(CHUNKED + "3;a=b;c=\"d\"\r\nabc\r\n0;e\r\n\r\n").status()).isEqualTo(200);
        assertThat(backend.request().text()).isEqualTo("abc");
        assertThat(new String(backend.request().wire(), StandardCharsets.ISO_8859_1)).doesNotContain("a=b", ";e");
    }

    @Test void emptyLinesBeforeARequestAreIgnored() {
        RawClient client = client().send("\r\n\r\n" + post("x") + "\r\n" + get("/next"));
        assertThat(client.readResponse().status()).isEqualTo(200);
        assertThat(client.readResponse().status()).isEqualTo(200);
    }

    @Test void trailersCannotChangeTheFraming() {
        RawClient client = client().send(
                CHUNKED + "0\r\nContent-Length: 30\r\nTransfer-Encoding: chunked\r\nHost: b\r\n\r\n");
        if (client.readResponse().status() == 200) {
            assertThat(backend.request().trailers()).isEmpty();
            assertThat(client.send(get("/next")).readResponse().status()).isEqualTo(200);
        } else {
            assertThat(backend.requests()).noneMatch(Message::whole);
        }
    }

    private static Arguments attack(String name, String request, Integer... statuses) {
        return Arguments.of(name, request, List.of(statuses));
    }
}
