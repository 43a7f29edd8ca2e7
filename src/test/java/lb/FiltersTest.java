package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import lb.testkit.Message;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come and how often, what is compressed, and what is copied to another pool. */
class FiltersTest extends ProxyTest {
    private final ScriptedBackend shadow = backend();

    private String file(String route) {
        return "'routes': [{ 'name': 'r', " + route + " }], 'backends': ['http://" + backend.id() + "'], "
                + "'pools': { 'shadow': { 'backends': ['http://" + shadow.id() + "'] } }";
    }

    private void route(String route) {
        startFile(file(route));
    }

    @Test void addressesAreLetInOrNot() {
        route("'deny': ['127.0.0.1']");
        Message answer = exchange(get("/"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("client.denied");
        reloadFile(file("'allow': ['10.0.0.0/8']"));
        assertThat(exchange(get("/", "X-Forwarded-For: 10.0.0.1")).status()).isEqualTo(403);
        reloadFile("'trustedProxies': ['127.0.0.1'], " + file("'allow': ['10.0.0.0/8']"));
        assertThat(exchange(get("/", "X-Forwarded-For: 10.0.0.1")).status()).isEqualTo(200);
        assertThat(exchange(get("/", "X-Forwarded-For: 10.0.0.1, 192.0.2.1")).status()).isEqualTo(403);
    }

    @Test void namesAndPasswordsAreAskedFor() {
        // the SHA-256 of "saltsecret"
        route("'basicAuth': { 'realm': 'shop', 'users': { 'ann': 'plain text', 'bob': "
                + "'sha256:salt:bede90386d450cea8b77b822f8887065e4e5abf132c2f9dccfcc7fbd4cba5e35' } }");
        Message asked = exchange(get("/"));
        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.value("WWW-Authenticate")).startsWith("Basic realm=\"shop\"");
        // ann:plain text
        assertThat(exchange(get("/", "Authorization: Basic YW5uOnBsYWluIHRleHQ=")).status()).isEqualTo(200);
        assertThat(backend.request().has("Authorization")).isFalse();
        // bob:secret
        assertThat(exchange(get("/", "Authorization: Basic Ym9iOnNlY3JldA==")).status()).isEqualTo(200);
        for (String wrong : new String[] {"Basic YW5uOnBsYWlu", "Basic", "Bearer x", "Basic !!!", "Basic YW5u"}) {
            assertThat(exchange(get("/", "Authorization: " + wrong)).status()).as(wrong).isEqualTo(401);
        }
    }

    @Test void whoComesTooOftenIsToldWhenToComeBack() {
        String limited = file("'rateLimit': { 'rate': '60/m', 'burst': 3 }");
        startFile(limited);
        for (int i = 0; i < 3; i++) assertThat(exchange(get("/")).status()).isEqualTo(200);
        Message refused = exchange(get("/"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text()).contains("client.rate_limited");
        assertThat(Integer.parseInt(refused.value("Retry-After"))).isBetween(1, 2);
        assertThat(refused.has("RateLimit")).isTrue();
        assertThat(backend.heads()).isEqualTo(3);

        reloadFile(limited.replace("'name': 'r'", "'name': 'r', 'match': { 'path': '/*' }"));
        assertThat(exchange(get("/")).status()).as("a reload gives nobody a new share").isEqualTo(429);
    }

    @Test void theRootsRoutesGiveAClientOneShareOnAllListeners() {
        String routes = "'routes': [{ 'name': 'r', 'rateLimit': { 'rate': '1/h', 'burst': 2 } }]";
        startFile("'listen': '127.0.0.1:0', " + routes + ", 'listeners': { 'other': '127.0.0.1:0',"
                + " 'own': { 'listen': '127.0.0.1:0', " + routes + " } }, 'backends': ['http://" + backend.id() + "']");
        assertThat(exchange(get("/")).status()).isEqualTo(200);
        assertThat(status("other")).isEqualTo(200);
        assertThat(status("other")).as("both have come from one share").isEqualTo(429);
        assertThat(exchange(get("/")).status()).isEqualTo(429);
        assertThat(status("own")).as("a route of its own counts for itself").isEqualTo(200);
    }

    private int status(String listener) {
        try (RawClient client = RawClient.connect(daemon().port(listener))) {
            return client.send(get("/")).readResponse().status();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br, gzip;q=0.5", "*"})
    void compressesWhatTheClientTakes(String accepted) throws IOException {
        String page = "<p>a page</p>\n".repeat(5000);
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: \"x\"\r\n"
                + "Content-Length: " + page.length() + "\r\n\r\n" + page));
        route("'compress': true");
        RawClient client = client();
        Message answer = client.send(get("/", "Accept-Encoding: " + accepted)).readResponse();
        assertThat(answer.value("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.value("Vary")).isEqualTo("Accept-Encoding");
        assertThat(answer.value("ETag")).isEqualTo("W/\"x\"");
        assertThat(answer.has("Content-Length")).isFalse();
        assertThat(answer.body().length).isLessThan(page.length() / 10);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(in.readAllBytes())).isEqualTo(page);
        }
        Message plain = client.send(get("/", "Accept-Encoding: gzip;q=0")).readResponse();
        assertThat(plain.has("Content-Encoding")).isFalse();
        assertThat(plain.value("Vary")).isEqualTo("Accept-Encoding");
        assertThat(plain.text()).isEqualTo(page);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'ETag': '\\"mine\\"'                    | gzip |
            'ETag': 'W/\\"mine\\"'                  | gzip | W/"mine"
            'Cache-Control': 'public, No-Transform' |      | "x"
            """, quoteCharacter = '`')
    void compressesByWhatTheOperatorMakesOfTheResponse(String set, String coding, String tag) {
        String page = "<p>a page</p>\n".repeat(500);
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: \"x\"\r\n"
                + "Content-Length: " + page.length() + "\r\n\r\n" + page));
        route("'compress': true, 'headers': { 'response': { 'set': { " + set + " } } }");
        Message answer = exchange(get("/", "Accept-Encoding: gzip"));
        assertThat(answer.has("Content-Encoding") ? answer.value("Content-Encoding") : null).isEqualTo(coding);
        assertThat(answer.has("ETag") ? answer.value("ETag") : null).as("no strong one beside gzip").isEqualTo(tag);
    }

    @Test void aStreamIsCompressedEventByEvent() throws IOException {
        backend.onRequest(peer -> {
            peer.reply("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "9\r\ndata: a\n\n\r\n");
            peer.neverAnswer();
        });
        route("'compress': true");
        RawClient client = client().send(get("/", "Accept-Encoding: gzip"));
        assertThat(client.readResponseHead().value("Content-Encoding")).isEqualTo("gzip");
        // the chunk's first line, and the beginning of its gzip header: it does not wait for the end
        assertThat(client.read(8).length).isEqualTo(8);
    }

    @Test void aCopyGoesToAnotherPoolToo() {
        shadow.onRequest(peer -> peer.reply("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));
        route("'mirror': 'shadow'");
        for (int i = 0; i < 5; i++) {
            assertThat(exchange(post("a body " + i)).text()).isEqualTo("ok");
        }
        Awaitility.await().until(() -> shadow.requests().size() == 5);
        assertThat(shadow.requests()).extracting(Message::text).contains("a body 0", "a body 4");
    }

    @Test void aMirrorThatHangsOrIsGoneSlowsNobody() {
        shadow.onHead(peer -> peer.neverAnswer());
        route("'mirror': { 'pool': 'shadow', 'inFlight': 2 }");
        for (int i = 0; i < 20; i++) assertThat(exchange(post("x".repeat(200_000))).text()).isEqualTo("ok");
        assertThat(shadow.heads()).isLessThanOrEqualTo(20);
        shadow.close();
        for (int i = 0; i < 5; i++) assertThat(exchange(get("/")).text()).isEqualTo("ok");
    }
}
