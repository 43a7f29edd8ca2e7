package lb.filter;

import static org.assertj.core.api.Assertions.assertThat;

import lb.config.route.RewriteConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriteTest {
    @ParameterizedTest
    @CsvSource({
        "/api/users,           /users",
        "/api/users?a=/api/b,  /users?a=/api/b",
        "/api,                 /",
        "/api?a,               /?a",
        "/api/,                /",
        "/api//x,              /x",
        "/api//evil.example/x, /evil.example/x",
        "/api///x//y,          /x//y",
        "/api//,               /",
        "/api//?a=//b,         /?a=//b",
        "//x//y,               //x//y",
        "/apiary,              /apiary",
        "/API/x,               /API/x",
        "/ap,                  /ap",
        "/,                    /",
        "/x/api/y,             /x/api/y",
        "/api%2Fx,             /api%2Fx",
        "/api/%2Fx%20,         /%2Fx%20",
        "http://h:8/api/x?q,   /x?q",
        "http://h/api,         /",
        "http://h,             /",
        "http://h?q=/api,      /?q=/api"})
    void takesAPrefixOffAtASlashOnly(String target, String expected) {
        for (String prefix : new String[] {"/api", "/api/"}) {
            assertThat(rewritten(new RewriteConfig(null, prefix, null), "GET", target)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"/users?a, /v2/users?a", "/, /v2/", "http://h, /v2/", "http://h?q, /v2/?q", "//x, /v2//x"})
    void putsAPrefixInFront(String target, String expected) {
        for (String prefix : new String[] {"/v2", "/v2/"}) {
            assertThat(rewritten(new RewriteConfig(null, null, prefix), "GET", target)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/users?a, /v2/users?a", "/api, /v2/", "/api?q, /v2/?q", "/api//x, /v2/x", "/other, /v2/other"})
    void exchangesOnePrefixForAnother(String target, String expected) {
        assertThat(rewritten(new RewriteConfig(null, "/api", "/v2"), "GET", target)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/users?a=1, /index.html?a=1", "/, /index.html", "http://h?q, /index.html?q", "/a/b/c, /index.html"})
    void replacesTheWholePathButNotTheQuery(String target, String expected) {
        assertThat(rewritten(new RewriteConfig("/index.html", null, null), "GET", target)).isEqualTo(expected);
    }

    @Test void leavesARequestAboutTheServerAsItIs() {
        for (RewriteConfig config : new RewriteConfig[] {
            new RewriteConfig("/index.html", null, null), new RewriteConfig(null, "/api", "/v2")}) {
            assertThat(rewritten(config, "OPTIONS", "*")).isEqualTo("*");
            assertThat(rewritten(config, "OPTIONS", "http://h")).isEqualTo("*");
        }
    }

    private static String rewritten(RewriteConfig config, String method, String target) {
        String head = Asked.forwarded(new Rewrite(config), Asked.by(method + " " + target + " HTTP/1.1", "Host: a"));
        return head.substring(method.length() + 1, head.indexOf(" HTTP/1.1\r\n"));
    }
}
