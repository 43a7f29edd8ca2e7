package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import lb.testkit.Configs;
import lb.testkit.Field;
import lb.testkit.Flood;
import lb.testkit.Message;
import lb.testkit.RawClient;
import lb.testkit.Setup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every transport must carry, with one event loop and with two. */
@ParameterizedClass
@MethodSource("setups")
class ForwardingTest extends ProxyTest {
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n";

    ForwardingTest(Setup setup) {
        super(setup);
    }

    static Stream<Setup> setups() {
        return Setup.all();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "X-own"})
    void carriesEveryMethod(String method) {
        Message response = exchange(request(method, "/a/b?c=d%20e"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("ok");
        assertThat(backend.request().startLine()).isEqualTo(method + " /a/b?c=d%20e HTTP/1.1");
    }

    @Test void carriesBodiesByLength() {
        backend.onRequest(peer -> peer.ok(peer.request().text().toUpperCase()));
        Message response = exchange(post("some body"));
        assertThat(response.text()).isEqualTo("SOME BODY");
        assertThat(backend.request().value("Content-Length")).isEqualTo("9");
    }

    @Test void carriesChunkedBodiesAndTheirTrailers() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\n" + CHUNKED + "X-Sum: 1\r\n\r\n"));
        Message response = exchange("POST / HTTP/1.1\r\nHost: a\r\n" + CHUNKED + "X-Check: 2\r\nX-check: 3\r\n\r\n");

        assertThat(response.text()).isEqualTo("abcdefg");
        assertThat(response.trailers()).containsExactly(new Field("X-Sum", "1"));
        assertThat(backend.request().text()).isEqualTo("abcdefg");
        assertThat(backend.request().trailers())
                .containsExactly(new Field("X-Check", "2"), new Field("X-check", "3"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void readsMessagesInFragments(int size) {
        String response = "HTTP/1.1 200 OK\r\nX-Back: 1\r\n" + CHUNKED + "\r\n";
        backend.onRequest(peer -> peer.replyInFragments(response, size));
        RawClient client = client();
        for (int i = 0; i < 3; i++) {
            String request = "POST /" + i + " HTTP/1.1\r\nHost: a\r\n" + CHUNKED + "\r\n";
            assertThat(client.sendInFragments(request, size).readResponse().text()).isEqualTo("abcdefg");
        }
        assertThat(backend.requests()).extracting(Message::target).containsExactly("/0", "/1", "/2");
        assertThat(backend.requests()).extracting(Message::text).containsOnly("abcdefg");
    }

    @Test void carriesLargeBodiesBothWaysUnchanged() {
        int length = 3_000_000;
        byte[] sent = Flood.bytes(0, length);
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n")
                .reply(peer.request().body()));
        RawClient client = client();
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n").send(sent);
        Message response = client.readResponse();
        assertThat(response.whole()).isTrue();
        assertThat(response.body()).isEqualTo(sent);
    }

    @Test void answersToHeadEndWithTheirHead() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n"));
        RawClient client = client();
        for (int i = 0; i < 2; i++) {
            Message response = client.send(request("HEAD", "/")).readResponse("HEAD");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.value("Content-Length")).isEqualTo("1234");
        }
        assertThat(backend.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content\r\n", "304 Not Modified\r\nETag: \"a\"\r\n",
            "304 Not Modified\r\nContent-Length: 5\r\n"})
    void answersWithoutABodyEndWithTheirHead(String head) {
        backend.onNextRequest(peer -> peer.reply("HTTP/1.1 " + head + "\r\n"));
        RawClient client = client();
        Message response = client.send(get("/")).readResponse();
        assertThat(response.startLine()).isEqualTo("HTTP/1.1 " + head.substring(0, head.indexOf('\r')));
        assertThat(response.has("Transfer-Encoding")).isFalse();
        assertThat(client.send(get("/")).readResponse().text()).isEqualTo("ok");
        assertThat(backend.connections()).isEqualTo(1);
    }

    @Test void carriesABodyThatOnlyTheBackendsCloseEnds() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\n\r\nuntil closed").close());
        Message response = exchange(get("/"));
        assertThat(response.text()).isEqualTo("until closed");
        assertThat(response.whole()).isTrue();
    }

    @Test void keepsOrderCaseAndRepetitionOfFields() {
        String lines = "x-B: 2\r\nX-a: 1\r\nx-B: 3\r\nCookie: a=b; c=d\r\n"
                + "X-Empty:\r\nX-Obs: \u00e4\u00ff\r\nX-C:no space\r\n";
        backend.onRequest(peer -> peer.reply("HTTP/1.1 299 All My Own\r\nContent-Length: 0\r\n" + lines + "\r\n"));
        Message response = exchange("GET / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n");

        assertThat(backend.request().head()).contains("\r\n" + lines);
        assertThat(response.head()).contains("\r\n" + lines);
        assertThat(response.startLine()).isEqualTo("HTTP/1.1 299 All My Own");
    }

    @Test void addsADateOnlyWhereThereIsNone() {
        assertThat(exchange(get("/")).values("Date")).hasSize(1);
        String date = "Sun, 06 Nov 1994 08:49:37 GMT";
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nDate: " + date + "\r\nContent-Length: 0\r\n\r\n"));
        assertThat(exchange(get("/")).values("Date")).isEqualTo(List.of(date));
    }

    @Test void takesTheHostOfAnAbsoluteForm() {
        exchange("GET http://shop.example:8080/a?b HTTP/1.1\r\nHost: other.example\r\n\r\n");
        assertThat(backend.request().target()).isEqualTo("/a?b");
        assertThat(backend.request().values("Host")).isEqualTo(List.of("shop.example:8080"));
    }

    @Test void carriesOptionsOfTheWholeServer() {
        exchange(request("OPTIONS", "*"));
        assertThat(backend.request().startLine()).isEqualTo("OPTIONS * HTTP/1.1");
    }

    @Test void refusesConnect() {
        Message response = exchange("CONNECT shop.example:443 HTTP/1.1\r\nHost: shop.example:443\r\n\r\n");
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.text()).contains("request.connect_method");
        assertThat(backend.heads()).isZero();
    }

    @Test void sendsTheBackendsOwnAddressWhereAsked() {
        start(Configs.of(backend.port()).preserveHost(false));
        exchange(get("/"));
        assertThat(backend.request().values("Host")).isEqualTo(List.of(backend.id()));
    }

    @Test void spreadsRequestsOverAllBackends() {
        var other = backend();
        start(Configs.of(backend.port(), other.port()));
        RawClient client = client();
        for (int i = 0; i < 10; i++) assertThat(client.send(get("/")).readResponse().status()).isEqualTo(200);
        assertThat(backend.heads()).isEqualTo(5);
        assertThat(other.heads()).isEqualTo(5);
    }

    @Test void answersWhatMayGoNoFurtherItself() {
        assertThat(exchange(request("OPTIONS", "/", "Max-Forwards: 0")).status()).isEqualTo(200);
        Message trace = exchange(request("TRACE", "/", "Max-Forwards: 0", "Cookie: secret"));
        assertThat(trace.status()).isEqualTo(405);
        assertThat(trace.value("Allow")).contains("GET").doesNotContain("TRACE");
        assertThat(trace.text()).contains("cause: request.trace_method").doesNotContain("secret");
        assertThat(backend.heads()).isZero();
        assertThat(exchange(request("TRACE", "/", "Max-Forwards: 1")).status()).isEqualTo(200);
        assertThat(backend.request().value("Max-Forwards")).isEqualTo("0");
    }

    @Test void servesManyClientsAtOnce() {
        List<RawClient> clients = Stream.generate(this::client).limit(40).toList();
        for (int round = 0; round < 3; round++) {
            clients.forEach(client -> client.send(post("x")));
            clients.forEach(client -> assertThat(client.readResponse().text()).isEqualTo("ok"));
        }
        assertThat(backend.requests()).hasSize(120);
    }
}
