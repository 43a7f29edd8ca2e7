package lb.config.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How hosts, paths, rates and templates are written. */
class PatternsTest {
    @ParameterizedTest
    @CsvSource({"/,EXACT", "/login,EXACT", "/a%20b;c=1,EXACT", "/*,PREFIX", "/v1/*,PREFIX", "/img*,PREFIX",
            "/users/*/orders,PATTERN", "/a/*/b/*,PATTERN", "/*/b,PATTERN"})
    void tellsTheKindOfAPath(String text, PathPattern.Kind kind) {
        assertThat(PathPattern.parse(text)).isEqualTo(new PathPattern(kind, text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "*", "/a b", "/a?b", "/a#b", "/a*b/c", "/a**", "/é", "/a\nb", "http://a/b"})
    void refusesWhatIsNoPath(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PathPattern.parse(text))
                .withMessageContaining("expected a path such as");
    }

    @ParameterizedTest
    @CsvSource({"a,false,a", "Shop.Example.com.,false,shop.example.com", "*.example.com,true,example.com",
            "[2001:DB8::1],false,[2001:db8::1]", "10.0.0.1,false,10.0.0.1", "a_b-c.d,false,a_b-c.d"})
    void readsHosts(String text, boolean wildcard, String name) {
        assertThat(HostPattern.parse(text)).isEqualTo(new HostPattern(wildcard, name))
                .hasToString(wildcard ? "*." + name : name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "*.", "*a.b", "a.*", "a..b", ".a", "a b", "a:80", "[::1]:80", "*.[::1]", "é.de",
            "a/b", "https://a", "[:::]", "[1.2.3.4]", "[::1%1]", "[::1/128]", "[]"})
    void refusesWhatIsNoHost(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostPattern.parse(text))
                .withMessageContaining("expected a host such as");
    }

    @Test void saysHowANameBeyondAsciiIsSent() {
        assertThatIllegalArgumentException().isThrownBy(() -> HostPattern.parse("*.B\u00fccher.example"))
                .withMessageEndingWith("; did you mean \"*.xn--bcher-kva.example\"?");
        assertThatIllegalArgumentException().isThrownBy(() -> HostPattern.parse("\u00fc b"))
                .withMessageNotContaining("did you mean");
    }

    @Test void readsRates() {
        assertThat(RequestRate.parse("100/s")).isEqualTo(new RequestRate(100, Duration.ofSeconds(1)));
        assertThat(RequestRate.parse("1/m")).isEqualTo(new RequestRate(1, Duration.ofMinutes(1)));
        assertThat(RequestRate.parse("1000000/h")).isEqualTo(new RequestRate(1_000_000, Duration.ofHours(1)))
                .hasToString("1000000/h");
    }

    @ParameterizedTest
    @CsvSource({"100,write \"100/s\" (or \"100/m\")", "100 / sec,did you mean \"100/s\"?",
            "60r/m,did you mean \"60/m\"?",
            "5 per Hour,did you mean \"5/h\"?", "0/s,expected 1–1000000", "1000001/s,expected 1–1000000",
            "1.5/s,is not a rate", "10/d,is not a rate", "-1/s,is not a rate"})
    void refusesWhatIsNoRate(String text, String why) {
        assertThatIllegalArgumentException().isThrownBy(() -> RequestRate.parse(text)).withMessageContaining(why);
    }

    @Test void readsTemplates() {
        Template template = Template.parse("https://{host}:8443{URI}?from={clientIp}");
        assertThat(template.pieces()).containsExactly(new Template.Text("https://"),
                new Template.Place(Template.What.HOST), new Template.Text(":8443"),
                new Template.Place(Template.What.URI), new Template.Text("?from="),
                new Template.Place(Template.What.CLIENT_IP));
        assertThat(template).hasToString("https://{host}:8443{uri}?from={clientIp}");
        for (Template.What what : Template.What.values()) {
            assertThat(Template.parse(what.toString()).pieces()).containsExactly(new Template.Place(what));
        }
        String json = "{{\"max_age\":60} {{host} {host}";
        assertThat(Template.parse(json).pieces()).containsExactly(
                new Template.Text("{\"max_age\":60} {host} "), new Template.Place(Template.What.HOST));
        assertThat(Template.parse(json)).hasToString(json);
        assertThat(Template.parse("a}\tb")).hasToString("a}\tb");
    }

    @ParameterizedTest
    @CsvSource({"'',expected some text", "{hots},cannot be filled in",
            "{},cannot be filled in",
            "a{host,has a brace that is never closed", "é,expected plain ASCII in one line"})
    void refusesWhatIsNoTemplate(String text, String why) {
        assertThatIllegalArgumentException().isThrownBy(() -> Template.parse(text)).withMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: b", "a\nb", "a\0", "\u007f"})
    void refusesATemplateThatCouldForgeAField(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Template.parse(text))
                .withMessageContaining("plain ASCII in one line").withMessageNotContaining("\n");
    }
}
