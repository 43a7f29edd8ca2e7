package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lb.balance.Balancers;
import lb.config.file.ConfigReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --explain} says; no address of the config answers, so that nothing can have been sent. */
class ExplainTest {
    private static final String FILE = """
            { "listeners": { "a": "127.0.0.1:1", "b": { "listen": "127.0.0.1:2", "routes": [ { "respond": 418 } ] } },
              "admin": false,
              "backends": [ "http://192.0.2.1:80", { "url": "http://192.0.2.2:80", "state": "drain" },
                            { "url": "http://192.0.2.3:80", "backup": true },
                            { "url": "http://192.0.2.4:80", "priority": 1 } ],
              "sticky": { "cookie": "s", "keys": ["0123456789abcdef"] },
              "routes": [ { "name": "api", "match": { "path": "/v1/*" }, "rewrite": { "stripPrefix": "/v1" },
                            "headers": { "request": { "set": { "X-A": "{method}" } } }, "mirror": "default" },
                          { "name": "old", "match": { "method": "POST" }, "redirect": "/new" },
                          { "name": "shared", "match": { "path": "/s" }, "split": { "default": 95, "next": 5 } } ],
              "pools": { "next": { "backends": [ "http://192.0.2.5:80" ], "sticky": false } } }
            """;

    private static String explain(String asked, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--config", "lb.json", "--explain", asked));
        arguments.addAll(List.of(more));
        ConfigReader reader = new ConfigReader(Balancers.names(), name -> null);
        return Explain.of(Arguments.parse(arguments.toArray(String[]::new)),
                reader.read(FILE.getBytes(StandardCharsets.UTF_8)));
    }

    @Test void tellsRoutePoolCandidatesAndEdits() throws Exception {
        assertThat(explain("GET http://shop.example/v1/x?y", "-H", "Cookie: s=forged", "--client", "198.51.100.7"))
                .contains("GET /v1/x?y HTTP/1.1 from 198.51.100.7", "route        api\n",
                        "mirror       100% are copied to pool", "pool         default", "would go to  192.0.2.",
                        "    GET /x?y HTTP/1.1\n", "    Host: shop.example\n", "    X-A: GET\n",
                        "    X-Forwarded-For: 198.51.100.7\n", "    Set-Cookie: s=v1.",
                        "session      cookie s: ignored", "192.0.2.1:80, weight 1: yes",
                        "192.0.2.2:80, weight 1: only for sessions it already has: it drains",
                        "192.0.2.3:80, weight 1: only when no primary is up: it is a backup",
                        "192.0.2.4:80, weight 1: yes, while it is up, as priority 1",
                        "while all up 71% to priority 0, 29% to priority 1");
    }

    @Test void tellsTheSharesOfASplit() throws Exception {
        assertThat(explain("/s")).contains("route        shared\nsplit        default 95, next 5\n");
    }

    @Test void tellsWhyEarlierRoutesDoNotTakeIt() throws Exception {
        assertThat(explain("POST /v10")).contains("not route    api: path \"/v10\" is not /v1/*", "route        old",
                "HTTP/1.1 308 Permanent Redirect\n", "Location: /new\n").doesNotContain("candidate");
    }

    @Test void asksTheListenerOfThatPort() throws Exception {
        assertThat(explain("http://x:2/")).contains("listener     b on 127.0.0.1:2", "HTTP/1.1 418 ");
        assertThat(explain("http://x:9/")).contains("listener     a on 127.0.0.1:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GE\u00e9T /", "GET /\u00e9"})
    void tellsWhatIsNoRequestAtAll(String asked) throws Exception {
        assertThat(explain(asked)).contains("refused      400 request.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "GET", "GET http://a b", "ftp://x/", "a b c"})
    void saysWhatItExpects(String asked) {
        assertThatThrownBy(() -> explain(asked)).isInstanceOf(WrongCommandLine.class)
                .hasMessageContaining("expected such as");
        assertThatThrownBy(() -> explain("/", "-H", "no colon")).isInstanceOf(WrongCommandLine.class);
    }

    @Test void itsOptionsBelongTogether() {
        assertThatThrownBy(() -> Arguments.parse("--explain", "/", "--demo")).isInstanceOf(WrongCommandLine.class);
        assertThatThrownBy(() -> Arguments.parse("--config", "x", "-H", "a: b")).isInstanceOf(WrongCommandLine.class);
    }
}
