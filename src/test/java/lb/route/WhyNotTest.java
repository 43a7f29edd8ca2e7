package lb.route;

import static lb.route.Matches.index;
import static lb.route.Matches.request;
import static org.assertj.core.api.Assertions.assertThat;

import lb.http.Received;
import org.junit.jupiter.api.Test;

class WhyNotTest {
    private final RouteIndex index = index("host:a.example",
            "host:shop.example host:*.shop.example path:/v1/* path:/login method:GET method:HEAD header:x-canary=1 "
                    + "header:x-user query:v=2 query:debug");

    private String why(String method, String host, String target, String... fields) {
        return index.whyNot(1, request(method, host, target, fields));
    }

    @Test void namesTheHost() {
        assertThat(why("PUT", "a.example:8080", "/x"))
                .isEqualTo("host \"a.example:8080\" is none of shop.example, *.shop.example");
        assertThat(index.whyNot(0, request("GET", "b.example", "/"))).isEqualTo("host \"b.example\" is not a.example");
        assertThat(index.whyNot(0, Received.requestHead("GET / HTTP/1.0"))).isEqualTo("host \"\" is not a.example");
    }

    @Test void namesThePathWithoutItsQuery() {
        assertThat(why("PUT", "shop.example", "/x?v=2")).isEqualTo("path \"/x\" is none of /v1/*, /login");
        assertThat(why("GET", "x", "http://shop.example?v=2")).isEqualTo("path \"/\" is none of /v1/*, /login");
        assertThat(why("OPTIONS", "shop.example", "*")).isEqualTo("path \"*\" is none of /v1/*, /login");
    }

    @Test void namesAPathThatCanBeReadInAnotherWay() {
        assertThat(why("GET", "shop.example", "/v1/..%2fx"))
                .isEqualTo("path \"/v1/..%2fx\" can be read in more than one way, and not in each of them as one of "
                        + "/v1/*, /login");
    }

    @Test void namesTheMethod() {
        assertThat(why("PUT", "1.shop.example", "/v1")).isEqualTo("method PUT is none of GET, HEAD");
    }

    @Test void namesTheFirstHeaderThatIsNotAsAsked() {
        assertThat(why("GET", "shop.example", "/v1")).isEqualTo("header x-canary is not \"1\"");
        assertThat(why("GET", "shop.example", "/v1", "X-Canary: 1")).isEqualTo("header x-user is not there");
    }

    @Test void namesTheFirstQueryParameterThatIsNotAsAsked() {
        assertThat(why("GET", "shop.example", "/v1?v=1", "X-Canary: 1", "X-User: a"))
                .isEqualTo("query parameter v is not \"2\"");
        assertThat(why("GET", "shop.example", "/v1?v=2", "X-Canary: 1", "X-User: a"))
                .isEqualTo("query parameter debug is not there");
    }

    @Test void isNothingWhereTheEntryFits() {
        assertThat(why("GET", "shop.example", "/v1?v=2&debug", "X-Canary: 1", "X-User: a")).isNull();
    }
}
