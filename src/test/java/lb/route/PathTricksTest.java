package lb.route;

import static lb.route.Matches.get;
import static lb.route.Matches.index;
import static lb.route.Matches.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spellings by which a request would reach a backend past the entry that was meant for it. */
class PathTricksTest {
    private final RouteIndex index = index("path:/admin/*", "path:/static/*", "");

    @ParameterizedTest
    @ValueSource(strings = {
        "/%61dmin", "/%61dmin/x", "/adm%69n/x", "/%61%64%6d%69%6e/x", "/admin%2fx", "/admin%2Fx", "/admin%5cx",
        "/admin\\x", "/\\admin/x", "//admin", "//admin/x", "///admin/x", "/./admin/x", "/.//admin", "/%2e/admin/x",
        "/%2fadmin/x", "/x/../admin", "/x/../admin/x", "/x/%2e%2e/admin", "/x/.%2e/admin", "/x/%2E./admin",
        "/x%2f..%2fadmin", "/x/..%2fadmin", "/x%2f../admin", "/x\\..\\admin", "/x%5c..%5cadmin", "/x/y/../../admin",
        "/../admin", "/../../admin", "/..%2f..%2fadmin", "/x/..;/admin", "/x/..;a=b/admin", "/;/admin", "/;x/admin/y",
        "/admin;x", "/admin;x=1/y", "/admin%3bx", "/x;y/../admin", "/x/.;/../admin", "/x//../admin", "/x/..//admin",
        "/%c0%ae/admin", "/x/%c0%ae%c0%ae/admin", "/%c0%afadmin", "/%c1%a1dmin", "/x/..%c1%9cadmin", "/%e0%80%afadmin",
        "/%f0%80%80%afadmin", "/admin%c0%afx", "/%c0%80",
        "/static/../admin/x", "/static/%2e%2e/admin", "/static/..%2fadmin", "/static/..\\admin", "/static/..;/admin",
        "/static/../x", "/static/..", "/static/../", "/static/%2e%2e%2fx", "/admin/..", "/admin/../x",
        "/admin/..%2fx", "/admin/../static/x", "/admin/x/../../y", "/admin/%2e%2e/%2e%2e/x", "/admin//../x",
        "/admin//../../x",
        // seen as /admin/ only by those that count empty segments, or as one segment what is encoded
        "/z/../admin/x//../..", "/z/../admin/..%2f..",
        // seen as /admin/ only by those that decode or remove some of it and leave the rest
        "/admin%2f../x", "/admin%2f..%2fx", "/admin%2f%2f../x", "/admin%5c..%5cx", "/admin\\..\\x", "/admin;/../x",
        "/admin;/..", "/y%2f..%2fadmin/..;", "/x//../admin/%2e%2e%2f",
        "/%00", "/admin/%00", "/admin%00", "/x%0aadmin", "/x%0d%0ay", "/static/a%7f", "/static/%1fx"})
    void areAmbiguous(String path) {
        assertThat(index.find(get(path))).isEqualTo(RouteIndex.AMBIGUOUS);
        assertThat(index.find(get(path + "?a=1"))).isEqualTo(RouteIndex.AMBIGUOUS);
        assertThat(index.find(get("http://a.example" + path))).isEqualTo(RouteIndex.AMBIGUOUS);
    }

    @ParameterizedTest
    @CsvSource({
        "/admin/%61, 0", "/admin/a%2fb, 0", "/admin//x, 0", "/admin/, 0", "/admin/./x, 0", "/admin/x/../y, 0",
        "/admin/x;y=1, 0", "/admin/x%20y, 0", "/admin/x\\y, 0", "/admin/x/.., 0", "/admin/%c3%a9, 0",
        "/static/a%20b, 1", "/static//a, 1", "/static/a/../b, 1", "/static/%2e%2e%2e, 1", "/static/.hidden, 1",
        "/static/a;jsessionid=1, 1", "/static/%25, 1", "/static/100%, 1",
        "/static/%c0%ae, 1", "/%c0%ae%c0%ae%c0%ae, 2",
        "/caf%c3%a9, 2", "/x//y, 2", "/x/../y, 2", "/a;admin, 2", "/x%2fadmin, 2", "/%zz, 2", "/.., 2", "/.admin, 2",
        "/%2561dmin, 2", "/x/%252e%252e/admin, 2", "/admins%2f, 2", "/ADMIN%20, 2", "//, 2", "/., 2",
        "/?x=%61/../admin, 2", "/x?//admin, 2", "/x?%00, 2", "/static/x?../../admin%00;, 1"})
    void areHarmlessWhereAllReadingsAgree(String path, int entry) {
        assertThat(index.find(get(path))).isEqualTo(entry);
    }

    @Test void doNotMatterWhereNoEntryAsksForAPath() {
        RouteIndex hosts = index("host:a.example", "method:GET");
        assertThat(hosts.find(get("/x/..%2f%00"))).isZero();
        assertThat(hosts.find(request("GET", "b.example", "/x/..%2f%00"))).isEqualTo(1);
    }

    @Test void matterOnlyWhereTheyLeadToAnotherEntry() {
        RouteIndex hosts = index("host:a.example path:/admin/*", "host:*.example path:/*", "path:/x");
        assertThat(hosts.find(get("/y/../admin"))).isEqualTo(RouteIndex.AMBIGUOUS);
        assertThat(hosts.find(request("GET", "b.example", "/y/../admin"))).isEqualTo(1);
        assertThat(hosts.find(request("GET", "c", "/y/../admin"))).isEqualTo(RouteIndex.NONE);
        assertThat(hosts.find(request("GET", "c", "/y/../x"))).as("none and one").isEqualTo(RouteIndex.AMBIGUOUS);
        assertThat(hosts.find(request("GET", "c", "/x/../y"))).as("none in both").isEqualTo(RouteIndex.NONE);
    }

    @Test void areLookedForInPatternsToo() {
        RouteIndex users = index("path:/users/*/secret", "path:/users/*", "");
        assertThat(users.find(get("/users/7/secret"))).isZero();
        assertThat(users.find(get("/users/7%20/secret"))).isZero();
        assertThat(users.find(get("/users/7/x/../secret"))).isEqualTo(RouteIndex.AMBIGUOUS);
        assertThat(users.find(get("/users/7%2fsecret"))).isEqualTo(RouteIndex.AMBIGUOUS);
        assertThat(users.find(get("/users/7/%73ecret"))).isEqualTo(RouteIndex.AMBIGUOUS);
        assertThat(users.find(get("/users/7/secret%2f"))).as("below, in both").isEqualTo(1);
    }

    @Test void areNotWhatTheConfigItselfSpells() {
        RouteIndex spelled =
                index("path:/caf%C3%A9", "path:/a%20b/*", "path:/c;d*", "path:/e//f", "path:/%7Eme/*/x", "");
        assertThat(spelled.find(get("/caf%C3%A9"))).isZero();
        assertThat(spelled.find(get("/caf%c3%a9"))).isEqualTo(RouteIndex.AMBIGUOUS);
        assertThat(spelled.find(get("/a%20b/c"))).isEqualTo(1);
        assertThat(spelled.find(get("/a%20b"))).isEqualTo(1);
        assertThat(spelled.find(get("/%61%20b"))).isEqualTo(RouteIndex.AMBIGUOUS);
        assertThat(spelled.find(get("/c;d=1"))).isEqualTo(2);
        assertThat(spelled.find(get("/e//f"))).isEqualTo(3);
        assertThat(spelled.find(get("/e/f"))).as("no trick, and not that path").isEqualTo(5);
        assertThat(spelled.find(get("/%7Eme/1/x"))).isEqualTo(4);
        assertThat(spelled.find(get("/~me/1/x"))).isEqualTo(5);
    }

    @Test void doNotTakeADecodedStarForAStar() {
        RouteIndex star = index("path:/a/%2A/b", "path:/a/x%2A", "");
        assertThat(star.find(get("/a/%2A/b"))).isZero();
        assertThat(star.find(get("/a/%20/b"))).isEqualTo(2);
        assertThat(star.find(get("/a/x%2A"))).isEqualTo(1);
        assertThat(star.find(get("/a/x%20"))).isEqualTo(2);
    }

    @Test void ofAPathWithControlCharactersLeadNowhereEvenIfTheConfigSpellsThem() {
        RouteIndex odd = index("path:/a%00", "path:/b");
        assertThat(odd.find(get("/a%00"))).isEqualTo(RouteIndex.AMBIGUOUS);
        assertThat(odd.find(get("/c"))).isEqualTo(RouteIndex.NONE);
    }
}
