package lb.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import lb.config.file.ConfigProblems;
import lb.config.file.ConfigReader;
import org.junit.jupiter.api.Test;

/** What a reload tells of routes and sticky sessions, and what it keeps to itself. */
class RouteChangesTest {
    private static final String POOLS = ", \"pools\": { \"default\": { \"backends\": [\"http://a\"] },"
            + " \"next\": { \"backends\": [\"http://b\"] } } }";

    private static Config read(String text) {
        try {
            return new ConfigReader(Set.of("weightedRoundRobin"), name -> null)
                    .read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (ConfigProblems e) {
            throw new AssertionError(e);
        }
    }

    /** Of one listener with these routes before and after. */
    private static List<String> changes(String before, String after) {
        return ConfigChanges.between(routes(before), routes(after)).parts().stream()
                .flatMap(part -> part.changes().stream()).toList();
    }

    private static Config routes(String routes) {
        return read("{ 'listen': 80, 'routes': [" + routes + "]" + POOLS);
    }

    @Test void namesRoutesThatComeGoAndChange() {
        String before = "{ 'name': 'a' }, { 'name': 'b', 'match': { 'path': '/b' } }, { 'name': 'c' }";
        String after = "{ 'name': 'c' }, { 'name': 'a', 'pool': 'next' }, { 'name': 'd' }";
        assertThat(ConfigChanges.between(routes(before), routes(after)).lines()).containsExactly(
                "listener=default: route a pool default → pool next; route d added; route b removed; "
                        + "routes in another order", "0 listeners and 2 pools untouched");
    }

    @Test void tellsTheRootsRoutesOnceForAllListenersThatHaveThem() {
        String file = "{ 'listeners': { 'a': 80, 'b': { 'listen': 81, 'pool': 'default' }, 'c': { 'listen': 82,"
                + " 'routes': [{ 'name': 'own' }] } }, 'routes': [{ 'name': 'api'@ }]" + POOLS;
        Config before = read(file.replace("@", ""));
        Config after = read(file.replace("@", ", 'compress': true").replace("81", "91").replace("own", "mine"));
        assertThat(ConfigChanges.between(before, after).lines()).containsExactly(
                "listener=b: listen 0.0.0.0:81 → 0.0.0.0:91",
                "listener=c: route mine added; route own removed",
                "listeners=a,b: route api compress off → on",
                "0 listeners and 2 pools untouched");
    }

    @Test void tellsWhenAListenerGetsTheSameRoutesForItself() {
        String own = "'routes': [{ 'name': 'api' }]";
        Config before = read("{ 'listeners': { 'a': { 'listen': 80 } }, " + own + POOLS);
        Config after = read("{ 'listeners': { 'a': { 'listen': 80, " + own + " } }" + POOLS);
        assertThat(ConfigChanges.between(before, after).lines()).containsExactly(
                "listener=a: routes of the root → its own", "0 listeners and 2 pools untouched");
    }

    @Test void tellsWhereANewListenerLeads() {
        Config before = routes("{ 'respond': 404 }");
        Config after = read("{ 'listen': 80, 'listeners': { 'a': { 'listen': 81, 'routes': [{}, { 'respond': 404 }]"
                + " } }, 'routes': [{ 'respond': 404 }]" + POOLS);
        assertThat(ConfigChanges.between(before, after).lines()).contains(
                "listener=a: added on 0.0.0.0:81 to pool=default with 2 routes");
    }

    /** Any field of any record that is left out here would be changed by a reload without a word. */
    @Test void tellsEveryFieldOfAMatchAndATarget() {
        assertThat(changes("{}", "{ 'match': { 'host': ['a', '*.b'], 'path': '/a/*', 'method': 'GET', 'header': {"
                + " 'X-A': '1', 'X-B': true }, 'query': { 'q': '1' } }, 'split': { 'default': 90, 'next': 10 } }"))
                .containsExactly("route route-1 match.host any → a, *.b", "route route-1 match.path any → /a/*",
                        "route route-1 match.method any → GET", "route route-1 match.header any → x-a, x-b",
                        "route route-1 match.query any → q",
                        "route route-1 pool default → split default 90, next 10");
        assertThat(changes("{ 'redirect': '/a' }", "{ 'redirect': { 'to': '/b', 'status': 301 } }"))
                .containsExactly("route route-1 redirect 308 /a → redirect 301 /b");
        assertThat(changes("{ 'respond': 404 }", "{ 'respond': { 'body': 'a' } }"))
                .containsExactly("route route-1 respond 404 → respond 200");
        assertThat(changes("{ 'respond': { 'body': 'a' } }", "{ 'respond': { 'body': 'b' } }"))
                .containsExactly("route route-1 respond 200 with another body");
        assertThat(changes("{ 'pool': 'default' }", "{ 'split': { 'default': 7 } }")).isEmpty();
    }

    @Test void tellsEveryRule() {
        assertThat(changes("{}", "{ 'allow': ['10.0.0.0/8'], 'deny': ['10.0.0.1'], 'rateLimit': '5/s',"
                + " 'rewrite': { 'stripPrefix': '/a', 'addPrefix': '/b' }, 'compress': true, 'mirror': 'next',"
                + " 'basicAuth': { 'users': { 'a': 'secret1' } }, 'retry': false, 'limits': { 'body': '1KiB' },"
                + " 'timeouts': { 'connect': '1s', 'response': '2s', 'stream': '3s', 'upgrade': '4s' } }"))
                .containsExactly("route route-1 allow none → 10.0.0.0/8", "route route-1 deny none → 10.0.0.1/32",
                        "route route-1 basicAuth off → on", "route route-1 rateLimit off → 5/s",
                        "route route-1 rewrite off → without /a behind /b", "route route-1 compress off → on",
                        "route route-1 mirror off → next", "route route-1 timeouts.connect the pool's → 1s",
                        "route route-1 timeouts.response the pool's → 2s",
                        "route route-1 timeouts.stream the pool's → 3s",
                        "route route-1 timeouts.upgrade the pool's → 4s", "route route-1 retry the pool's → off",
                        "route route-1 limits.body the pool's → 1KiB");
    }

    @Test void tellsEveryFieldInsideARule() {
        assertThat(changes("{ 'rateLimit': '5/s', 'compress': true, 'mirror': 'next', 'rewrite': { 'path': '/a' },"
                + " 'retry': {} }", "{ 'rateLimit': { 'key': 'path', 'rate': '6/m', 'burst': 9, 'keys': 1000 },"
                + " 'compress': { 'types': ['text/*'], 'minSize': '2KiB' }, 'rewrite': { 'addPrefix': '/b' },"
                + " 'mirror': { 'pool': 'default', 'share': '5%', 'inFlight': 1 }, 'retry': { 'attempts': 3 } }"))
                .contains("route route-1 rateLimit.key clientIp → path", "route route-1 rateLimit.rate 5/s → 6/m",
                        "route route-1 rateLimit.burst 5 → 9", "route route-1 rateLimit.keys 100000 → 1000",
                        "route route-1 rewrite /a → behind /b", "route route-1 compress.minSize 1KiB → 2KiB",
                        "route route-1 mirror next → default", "route route-1 mirror.share 100% → 5%",
                        "route route-1 mirror.inFlight 100 → 1",
                        "route route-1 retry 2 on connect, reset within 10s → 3 on connect, reset within 10s")
                .anyMatch(change -> change.startsWith("route route-1 compress.types text/*, application/json"))
                .hasSize(11);
    }

    @Test void tellsOfSecretsThatTheyDifferAndNotWhatTheyAre() {
        String route = "{ 'match': { 'header': { 'X-A': '@-one' }, 'query': { 'q': '@-two' } },"
                + " 'basicAuth': { 'users': { 'a': '@-three', 'b': 'same', 'c@': 'x' } }, 'headers': { 'request': {"
                + " 'set': { 'X-A': '@-four' }, 'remove': ['X-@'] }, 'response': { 'add': { 'X-B': '@-five' } } } }";
        assertThat(changes(route.replace("@", "old"), route.replace("@", "new"))).containsExactly(
                "route route-1 match.header x-a has another value", "route route-1 match.query q has another value",
                "route route-1 basicAuth.users a: another password", "route route-1 basicAuth.users cnew: added",
                "route route-1 basicAuth.users cold: removed", "route route-1 headers.request.set X-A: another value",
                "route route-1 headers.request.remove X-old → X-new",
                "route route-1 headers.response.add X-B: another value");
    }

    @Test void endsALongListWithACount() {
        StringBuilder many = new StringBuilder("{}");
        for (int i = 0; i < 30; i++) many.append(", { 'name': 'r").append(i).append("' }");
        assertThat(changes("{}", many.toString())).hasSize(21).endsWith("and 10 more");
    }

    @Test void tellsEveryFieldOfASession() {
        String pool = "{ 'listen': 80, 'backends': ['http://a']@ }";
        String before = ", 'sticky': { 'cookie': 'lb', 'keys': ['0123456789abcdef'] }";
        String after = ", 'sticky': { 'cookie': 'shop', 'ttl': '1h', 'secure': true, 'sameSite': 'Strict',"
                + " 'domain': 'a.b', 'path': '/a', 'keys': ['fedcba9876543210', '0123456789abcdef'] }";
        assertThat(ConfigChanges.between(read(pool.replace("@", before)), read(pool.replace("@", after))).lines())
                .contains("pool=default: sticky cookie lb → cookie shop; sticky.ttl off → 1h; "
                        + "sticky.secure false → true; sticky.sameSite lax → strict; sticky.domain off → a.b; "
                        + "sticky.path / → /a; sticky.keys 1 key → 2 keys, 1 kept, another one signs; "
                        + "1 backend untouched");
        String learn = ", 'sticky': { 'learn': 'SID' }";
        assertThat(ConfigChanges.between(read(pool.replace("@", "")), read(pool.replace("@", learn))).lines())
                .contains("pool=default: sticky off → learn SID; 1 backend untouched");
    }
}
