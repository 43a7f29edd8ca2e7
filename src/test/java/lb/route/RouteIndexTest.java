package lb.route;

import static lb.route.Matches.get;
import static lb.route.Matches.index;
import static lb.route.Matches.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lb.config.route.FieldMatch;
import lb.config.route.MatchConfig;
import lb.http.FieldName;
import lb.http.Head;
import lb.http.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests one entry takes. */
class RouteIndexTest {
    private static final int TAKEN = 0;

    @Test void takesNothingWithoutEntries() {
        assertThat(index().find(get("/"))).isEqualTo(RouteIndex.NONE);
    }

    @Test void takesEverythingWhereNothingIsAskedFor() {
        RouteIndex all = index("");
        assertThat(all.find(get("/%2e%2e//x;y"))).isEqualTo(TAKEN);
        assertThat(all.find(get("/%00"))).isEqualTo(TAKEN);
        assertThat(all.find(request("OPTIONS", "a.example", "*"))).isEqualTo(TAKEN);
        assertThat(all.find(Received.requestHead("GET / HTTP/1.0"))).isEqualTo(TAKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example.com, shop.example.com, true",
        "shop.example.com, SHOP.Example.COM, true",
        "Shop.Example.com, shop.example.com, true",
        "shop.example.com, shop.example.com:8080, true",
        "shop.example.com, shop.example.com:, true",
        "shop.example.com, shop.example.com., true",
        "shop.example.com, Shop.example.com.:80, true",
        "shop.example.com, shop.example.com..:80, false",
        "shop.example.com, a.shop.example.com, false",
        "shop.example.com, example.com, false",
        "shop.example.com, shop.example.co, false",
        "shop.example.com, xshop.example.com, false",
        "shop.example.com, ., false",
        "*.example.com, shop.example.com, true",
        "*.example.com, SHOP.EXAMPLE.COM:443, true",
        "*.example.com, a.b.c.example.com, true",
        "*.example.com, a.example.com.:1, true",
        "*.example.com, example.com, false",
        "*.example.com, .example.com, false",
        "*.example.com, xexample.com, false",
        "*.example.com, a.example.com.evil, false",
        "*.b.example.com, a.example.com, false",
        "*.localhost, a.localhost, true",
        "127.0.0.1, 127.0.0.1:8080, true",
        "127.0.0.1, 127.0.0.10, false",
        "8080, 8080, true",
        "[0::1], [::1], true",
        "[2001:db8::7], [2001:DB8:0:0::0007]:80, true",
        "[::ffff:10.0.0.1], [::ffff:a00:1], true",
        "[0::1], [0::2], false",
        "[::1], [::1], true",
        "[::1], [::1]:8080, true",
        "[2001:db8::a], [2001:DB8::A]:80, true",
        "[::1], [::11], false"})
    void takesTheHostsOfAnEntry(String expected, String host, boolean taken) {
        RouteIndex index = index("host:" + expected);
        assertThat(index.find(request("GET", host, "/x")) == TAKEN).isEqualTo(taken);
    }

    @Test void believesTheAuthorityOfAnAbsoluteTarget() {
        RouteIndex index = index("host:a.example path:/x");
        assertThat(index.find(request("GET", "b.example", "http://A.example:8080/x"))).isEqualTo(TAKEN);
        assertThat(index.find(request("GET", "a.example", "http://b.example/x"))).isEqualTo(RouteIndex.NONE);
    }

    @Test void asksForAHostThatOldClientsDoNotName() {
        RouteIndex index = index("host:a.example", "host:*.example", "path:/x");
        assertThat(index.find(Received.requestHead("GET / HTTP/1.0"))).isEqualTo(RouteIndex.NONE);
        assertThat(index.find(Received.requestHead("GET /x HTTP/1.0"))).isEqualTo(2);
    }

    @Test void takesAnyOfSeveralHostsAndPaths() {
        RouteIndex index = index("host:a.example host:*.b.example path:/x path:/y/*");
        for (String host : List.of("a.example", "1.b.example", "2.1.b.example")) {
            for (String path : List.of("/x", "/y", "/y/z")) {
                assertThat(index.find(request("GET", host, path))).as(host + path).isEqualTo(TAKEN);
            }
            assertThat(index.find(request("GET", host, "/z"))).isEqualTo(RouteIndex.NONE);
        }
        assertThat(index.find(request("GET", "b.example", "/x"))).isEqualTo(RouteIndex.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "/login, /login, true",
        "/login, /login?next=/, true",
        "/login, /login?, true",
        "/login, /login/, false",
        "/login, /Login, false",
        "/login, /logi, false",
        "/login, /login2, false",
        "/, /, true",
        "/, /?a=1, true",
        "/, /x, false",
        "/, http://a.example, true",
        "/, http://a.example?a=1, true",
        "/*, http://a.example, true",
        "/*, /, true",
        "/*, /x/y, true",
        "/v1/*, /v1, true",
        "/v1/*, /v1?x, true",
        "/v1/*, /v1/, true",
        "/v1/*, /v1/a/b/c, true",
        "/v1/*, /v10, false",
        "/v1/*, /v, false",
        "/v1/*, /x/v1/a, false",
        "/v1/*, /x?/v1/a, false",
        "/a/b/*, /a/b/c, true",
        "/a/b/*, /a/bc, false",
        "/img*, /img, true",
        "/img*, /img/x, true",
        "/img*, /images, false",
        "/img*, /img2.png, true",
        "/img*, /im, false",
        "/users/*/orders, /users/7/orders, true",
        "/users/*/orders, /users/7/orders?x=1, true",
        "/users/*/orders, /users//orders, false",
        "/users/*/orders, /users/7/orders/, false",
        "/users/*/orders, /users/7/orders/9, false",
        "/users/*/orders, /users/7/8/orders, false",
        "/users/*/orders, /users/7/order, false",
        "/users/*/orders, /users/orders, false",
        "/users/*/orders, /users/7, false",
        "/users/*/orders/, /users/7/orders/, true",
        "/users/*/orders/, /users/7/orders, false",
        "/a/*/b/*, /a/1/b, true",
        "/a/*/b/*, /a/1/b/, true",
        "/a/*/b/*, /a/1/b/c/d, true",
        "/a/*/b/*, /a/1/bc, false",
        "/a/*/b/*, /a/b, false",
        "/a/*/*, /a/1, true",
        "/a/*/*, /a/1/2, true",
        "/a/*/*, /a, false",
        "/*/x, /1/x, true",
        "/*/x, /1/2/x, false",
        "/*/*/x, /1/2/x, true",
        "/*/, /1/, true",
        "/*/, /1, false",
        "/caf%C3%A9, /caf%C3%A9, true",
        "/.well-known/*, /.well-known/acme-challenge/x, true",
        "/a;v=1, /a;v=1, true",
        "/a%20b*, /a%20bc, true",
        "/a/%2A/b, /a/%2A/b, true",
        "/..., /..., true"})
    void takesThePathsOfAnEntry(String path, String target, boolean taken) {
        assertThat(index("path:" + path).find(get(target)) == TAKEN).isEqualTo(taken);
    }

    @Test void leavesTheWholeServerToEntriesWithoutPath() {
        Head options = request("OPTIONS", "a.example", "*");
        Head absolute = request("OPTIONS", "a.example", "http://a.example");
        RouteIndex index = index("path:/*", "path:/", "host:a.example method:OPTIONS");
        assertThat(index.find(options)).isEqualTo(2);
        assertThat(index.find(absolute)).isEqualTo(2);
        assertThat(index.find(request("OPTIONS", "a.example", "/"))).isEqualTo(TAKEN);
    }

    @Test void takesAnyOfTheMethodsInTheirOwnCase() {
        RouteIndex index = index("method:GET method:PURGE");
        assertThat(index.find(get("/"))).isEqualTo(TAKEN);
        assertThat(index.find(request("PURGE", "a", "/"))).isEqualTo(TAKEN);
        assertThat(index.find(request("get", "a", "/"))).isEqualTo(RouteIndex.NONE);
        assertThat(index.find(request("GETS", "a", "/"))).isEqualTo(RouteIndex.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "x-canary=1, X-Canary: 1, true",
        "X-Canary=1, x-canary: 1, true",
        "x-canary=1, X-Canary:1  , true",
        "x-canary=1, X-Canary: 11, false",
        "x-canary=on, X-Canary: ON, false",
        "x-canary=1, X-Canar: 1, false",
        "x-canary=1, X_Canary: 1, false",
        "x-canary=, X-Canary:, true",
        "x-canary=, X-Canary: 1, false",
        "x-canary, X-Canary:, true",
        "x-canary, X-Canary: anything, true",
        "x-canary, X-Other: x-canary, false",
        "host=a.example, X: y, true"})
    void asksForAHeader(String expected, String line, boolean taken) {
        assertThat(index("header:" + expected).find(request("GET", "a.example", "/", line)) == TAKEN).isEqualTo(taken);
    }

    @Test void asksForEveryHeaderInAnyOfItsLines() {
        RouteIndex index = index("header:x-a=1 header:x-b=2");
        assertThat(index.find(request("GET", "a", "/", "X-A: 0", "X-B: 2", "X-A: 1"))).isEqualTo(TAKEN);
        assertThat(index.find(request("GET", "a", "/", "X-A: 1", "X-B: 1"))).isEqualTo(RouteIndex.NONE);
        assertThat(index.find(request("GET", "a", "/", "X-A: 1, 2", "X-B: 2"))).isEqualTo(RouteIndex.NONE);
    }

    @Test void doesNotSeeARemovedHeader() {
        Head head = request("GET", "a", "/", "Via: x");
        RouteIndex index = index("header:via=x");
        assertThat(index.find(head)).isEqualTo(TAKEN);
        head.removeAll(FieldName.VIA);
        assertThat(index.find(head)).isEqualTo(RouteIndex.NONE);
    }

    @Test void comparesTheOctetsOfAHeaderWithThoseOfUtf8() {
        FieldMatch city = FieldMatch.header("x-city", "Köln");
        MatchConfig match = new MatchConfig(List.of(), List.of(), List.of(), List.of(city), List.of());
        RouteIndex index = new RouteIndex(List.of(match));
        assertThat(index.find(request("GET", "a", "/", "X-City: K\u00c3\u00b6ln"))).isEqualTo(TAKEN);
        assertThat(index.find(request("GET", "a", "/", "X-City: K\u00f6ln"))).isEqualTo(RouteIndex.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "v=2, /?v=2, true",
        "v=2, /?a=1&v=2, true",
        "v=2, /?a=1&v=2&b=3, true",
        "v=2, /?v=1&v=2, true",
        "v=2, /?&&v=2, true",
        "v=2, http://a.example?v=2, true",
        "v=2, /?v=22, false",
        "v=2, /?vv=2, false",
        "v=2, /?a=v=2, false",
        "v=2, /?v=%32, true",
        "v=2, /?%76=2, true",
        "v=2, /?%76=%3, false",
        "v=2, /?v=2%00, false",
        "v=2, /?v=%2532, false",
        "v=2, /?v%3D2, false",
        "v=2, /?a%26v=2, false",
        "v=a%20b, /?v=a%20b, true",
        "v=a%20b, /?v=a+b, true",
        "v=a+b, /?%76=%61%20b, true",
        "v=a%20b, /?v=a%2Bb, false",
        "v=a%2bb, /?v=a%2Bb, true",
        "v=a%2bb, /?v=a+b, false",
        "v=a%26b, /?v=a%26b, true",
        "v=100%, /?v=100%, true",
        "v=%4, /?v=%4, true",
        "v=%C3%A9, /?v=%c3%a9, true",
        "'%76', /?v, true",
        "v, /?%76=1, true",
        "v=2, /?V=2, false",
        "v=2, /?v, false",
        "v=2, /v=2, false",
        "v=2, /, false",
        "v=2, /?, false",
        "v=a=b, /?v=a=b, true",
        "v=, /?v=, true",
        "v=, /?v, false",
        "v, /?v, true",
        "v, /?v=, true",
        "v, /?a&v=1, true",
        "v, /?va, false",
        "v, /?a=v, false"})
    void asksForAQueryParameter(String expected, String target, boolean taken) {
        assertThat(index("query:" + expected).find(get(target)) == TAKEN).isEqualTo(taken);
    }

    @Test void asksForEveryQueryParameter() {
        RouteIndex index = index("query:a=1 query:b");
        assertThat(index.find(get("/?b=x&a=1"))).isEqualTo(TAKEN);
        assertThat(index.find(get("/?a=1"))).isEqualTo(RouteIndex.NONE);
        assertThat(index.find(get("/?b=1"))).isEqualTo(RouteIndex.NONE);
    }
}
