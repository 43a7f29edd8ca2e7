package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lb.testkit.LogCapture;
import lb.testkit.Message;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests take the first route that fits, with its own terms; the rest goes to the listener's pool, or nowhere. */
class RoutesTest extends ProxyTest {
    private final ScriptedBackend next = named("next");
    private final ScriptedBackend api = named("api");

    private ScriptedBackend named(String name) {
        return backend().onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Length: " + name.length()
                + "\r\n\r\n" + name));
    }

    /** Three pools: default, next and api. */
    private String pools() {
        return "'backends': ['http://%s'], 'pools': { 'next': { 'backends': ['http://%s'] }, 'api': { 'backends': "
                .formatted(backend.id(), next.id()) + "['http://%s'] } }".formatted(api.id());
    }

    private void routes(String routes) {
        startFile("'routes': [" + routes + "], " + pools());
    }

    private String to(String request) {
        return exchange(request).text();
    }

    @Test void theFirstThatFitsTakesTheRequest() {
        routes("""
                { 'match': { 'host': 'api.example', 'path': '/v1/*' }, 'pool': 'api' },
                { 'match': { 'host': '*.example', 'header': { 'X-Canary': '1' } }, 'pool': 'next' },
                { 'match': { 'path': '/users/*/orders', 'method': ['POST', 'PUT'] }, 'pool': 'api' },
                { 'match': { 'query': { 'v': '2' } }, 'pool': 'next' }""");
        assertThat(to("GET /v1/x HTTP/1.1\r\nHost: API.example:8080\r\nX-Canary: 1\r\n\r\n")).isEqualTo("api");
        assertThat(to("GET http://api.example/v1 HTTP/1.1\r\nHost: api.example\r\n\r\n")).isEqualTo("api");
        assertThat(to(get("/v1/x", "x-canary: 1"))).isEqualTo("next");
        assertThat(to(get("/v1/x", "X-Canary: 2"))).isEqualTo("ok");
        assertThat(to(request("PUT", "/users/7/orders"))).isEqualTo("api");
        assertThat(to(get("/users/7/orders"))).isEqualTo("ok");
        assertThat(to(get("/?a=1&v=2"))).isEqualTo("next");
    }

    @Test void whatNoRouteTakesIsNotFoundWhereThereIsNoPoolForIt() {
        startFile("""
                'routes': [{ 'name': 'api', 'match': { 'path': '/v1/*' }, 'pool': 'api' }],
                'pools': { 'api': { 'backends': ['http://%s'] } }""".formatted(api.id()));
        assertThat(to(get("/v1/a"))).isEqualTo("api");
        Message answer = exchange(get("/other"));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("route.none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%61dmin/x", "/a/../admin/x", "//admin/x", "/./admin/x", "/admin%2Fx", "/x/%2e%2e/admin/x",
        "/admin;v=1/x", "/admin\\x"})
    void noSpellingOfAPathGoesRoundARoute(String path) {
        routes("{ 'match': { 'path': '/admin/*' }, 'respond': 403 }");
        RawClient client = client().trySend(get(path));
        assertThat(client.readResponse().status()).isIn(400, 403);
        assertThat(backend.heads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%20b", "/a%2Fb", "/x//y", "/x/../y", "/caf%C3%A9;v=1"})
    void pathsThatMeanNoOtherRouteArriveAsTheyAre(String path) {
        routes("{ 'match': { 'path': '/admin/*' }, 'respond': 403 }");
        assertThat(to(get(path))).isEqualTo("ok");
        assertThat(backend.request().target()).isEqualTo(path);
    }

    @Test void aRouteHasItsOwnTerms() {
        backend.onHead(peer -> peer.neverAnswer());
        routes("""
                { 'match': { 'path': '/slow' }, 'timeouts': { 'response': '100ms' }, 'pool': 'default' },
                { 'match': { 'path': '/small' }, 'limits': { 'body': '4B' }, 'pool': 'next' }""");
        assertThat(exchange(get("/slow")).status()).isEqualTo(504);
        String small = request("POST", "/small", "Content-Length: 5");
        assertThat(exchange(small + "12345").status()).isEqualTo(413);
        assertThat(exchange(small.replace(": 5", ": 4") + "1234").status()).isEqualTo(200);
    }

    @Test void aClientKeepsItsSideOfASplit() {
        routes("{ 'match': { 'path': '/*' }, 'split': { 'next': 1, 'api': 1 } }");
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < 8; i++) seen.add(to(get("/")));
        assertThat(seen).hasSize(1).containsAnyOf("next", "api");
    }

    @Test void aSplitGivesEachPoolItsShareOfTheClients() {
        startFile("""
                'trustedProxies': ['127.0.0.1'], 'routes': [{ 'split': { 'next': 3, 'api': 1, 'default': 0 } }],
                """ + pools());
        int toNext = 0;
        RawClient client = client();
        for (int i = 0; i < 400; i++) {
            String from = "X-Forwarded-For: 198.51." + i / 200 + "." + i % 200;
            String answer = client.send(get("/", from)).readResponse().text();
            assertThat(answer).isIn("next", "api");
            if (answer.equals("next")) toNext++;
        }
        assertThat(toNext).isBetween(250, 350);
    }

    @Test void pathsAreRewrittenAndQueriesStay() {
        routes("""
                { 'match': { 'path': '/v1/*' }, 'pool': 'api',
                  'rewrite': { 'stripPrefix': '/v1', 'addPrefix': '/app' } },
                { 'match': { 'path': '/old' }, 'rewrite': { 'path': '/new' }, 'pool': 'api' }""");
        exchange(get("/v1/a%20b?x=/v1"));
        exchange(get("/v1"));
        exchange(get("/old?y"));
        assertThat(api.requests()).extracting(Message::target).containsExactly("/app/a%20b?x=/v1", "/app/", "/new?y");
    }

    @Test void fieldsAreEditedBothWays() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nServer: secret\r\nContent-Length: 0\r\n\r\n"));
        routes("""
                { 'headers': { 'request': { 'set': { 'X-Real': '{clientIp} {host}{uri}' }, 'remove': ['Cookie'] },
                               'response': { 'set': { 'Strict-Transport-Security': 'max-age=60' },
                                             'add': { 'X-Id': '{requestId}' }, 'remove': ['Server'] } } }""");
        Message answer = exchange(get("/p?q", "Cookie: a=1", "X-Real: mine"));
        assertThat(backend.request().values("X-Real")).containsExactly("127.0.0.1 shop.example/p?q");
        assertThat(backend.request().has("Cookie")).isFalse();
        assertThat(answer.has("Server")).isFalse();
        assertThat(answer.value("Strict-Transport-Security")).isEqualTo("max-age=60");
        assertThat(answer.value("X-Id")).isNotBlank();
    }

    @Test void anotherAttemptHasTheSameEdits() {
        backend.onRequest(peer -> peer.close());
        startFile("""
                'balance': 'roundRobin', 'routes': [{ 'headers': { 'request': { 'set': { 'X-A': '1' } } },
                                                      'rewrite': { 'addPrefix': '/b' } }],
                'backends': ['http://%s', 'http://%s']""".formatted(backend.id(), next.id()));
        for (int i = 0; i < 3; i++) assertThat(to(get("/c", "X-A: 0"))).isEqualTo("next");
        assertThat(next.requests()).hasSize(3).allMatch(each -> each.target().equals("/b/c")
                && each.values("X-A").equals(List.of("1")));
    }

    @ParameterizedTest
    @CsvSource({"/r/x?y=1, 308, https://shop.example/r/x?y=1", "/moved, 301, /here"})
    void redirects(String target, int status, String location) {
        routes("""
                { 'match': { 'path': '/r/*' }, 'redirect': 'https://{host}{uri}' },
                { 'match': { 'path': '/moved' }, 'redirect': { 'to': '/here', 'status': 301 } }""");
        Message answer = exchange(get(target));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.value("Location")).isEqualTo(location);
    }

    @Test void respondsByItself() {
        routes("""
                { 'match': { 'path': '/robots.txt' }, 'respond': { 'status': 200, 'body': 'User-agent: *\\n' } },
                { 'match': { 'path': '/gone' }, 'respond': 410 }, { 'match': { 'path': '/no' }, 'respond': 204 }""");
        assertThat(to(get("/robots.txt"))).isEqualTo("User-agent: *\n");
        assertThat(exchange(request("HEAD", "/robots.txt")).value("Content-Length")).isEqualTo("14");
        assertThat(exchange(get("/gone")).status()).isEqualTo(410);
        RawClient client = client();
        assertThat(client.send(get("/no")).readResponse().has("Content-Length")).isFalse();
        assertThat(client.send(post("left over")).readResponse().text()).isEqualTo("ok");
    }

    @Test void aRouteThatIsTakenAwayHarmsNoExchangeUnderWay() {
        next.onHead(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nha"));
        routes("{ 'name': 'going', 'match': { 'path': '/n' }, 'pool': 'next' }");
        RawClient client = client().send(get("/n"));
        assertThat(client.readResponseHead().status()).isEqualTo(200);
        try (LogCapture log = LogCapture.of("lb")) {
            reloadFile(pools());
            assertThat(to(get("/n"))).isEqualTo("ok");
            assertThat(log.lines()).noneMatch(line -> line.contains("fault of our own"));
        }
        next.closeConnections();
        client.expectTruncated();
    }
}
