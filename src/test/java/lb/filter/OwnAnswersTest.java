package lb.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import lb.config.route.RouteTarget;
import lb.config.route.Template;
import lb.http.Failure;
import lb.proxy.LocalAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Redirects and fixed responses. */
class OwnAnswersTest {
    @Test void redirectsWithTheStatusThatTheConfigNames() {
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            LocalAnswer answer = redirect("https://{host}{uri}", status, "/p?q", "Shop.example:8080");
            assertThat(answer).isEqualTo(LocalAnswer.of(status, "Location: https://shop.example/p?q\r\n"));
            assertThat(answer.failure()).isNull();
        }
    }

    /** A path that begins with two slashes names a host for a browser, also with a backslash among them. */
    @ParameterizedTest
    @CsvSource({
        "'{path}/',              //evil.example,     /evil.example/",
        "'{uri}',                '/\\evil.example',  /evil.example",
        "'/{path}',              /evil.example,      /evil.example",
        "'/new{path}',           //evil.example,     /new//evil.example",
        "'{path}/',              /a,                 /a/",
        "'//cdn.example{path}',  /a,                 //cdn.example/a",
        "'https://b.example{uri}', //evil.example,   https://b.example//evil.example",
        "'{scheme}://{host}{uri}', //evil.example,   http://a//evil.example"})
    void leadsToNoServerThatARequestNames(String location, String target, String expected) {
        assertThat(redirect(location, 308, target, "a").fields()).isEqualTo("Location: " + expected + "\r\n");
    }

    /** Else who came by https would be sent to http, be sent back from there, and so on. */
    @Test void keepsTheSchemeThatATrustedProxyWasAskedBy() {
        Redirect redirect =
                new Redirect(new RouteTarget.Redirect(Template.parse("{scheme}://www.{host}{uri}"), 308));
        String[] lines = {"GET /p HTTP/1.1", "Host: a", "X-Forwarded-Proto: https"};
        assertThat(redirect.request(Asked.from("10.0.0.1", lines)).fields())
                .isEqualTo("Location: https://www.a/p\r\n");
        assertThat(redirect.request(Asked.by(lines)).fields()).isEqualTo("Location: http://www.a/p\r\n");
    }

    @Test void refusesToRedirectToAHostThatIsNone() {
        assertThat(redirect("https://{host}/", 308, "/", "a;b").failure()).isEqualTo(Failure.REQUEST_HOST);
        Redirect redirect = new Redirect(new RouteTarget.Redirect(Template.parse("https://{host}/"), 308));
        assertThat(redirect.request(Asked.by("GET / HTTP/1.0")).failure()).isEqualTo(Failure.REQUEST_HOST);
        assertThat(redirect("https://b.example/", 308, "/", "a;b").failure()).isNull();
    }

    @Test void answersWhatStandsInTheConfig() {
        LocalAnswer answer = new FixedResponse(new RouteTarget.Respond(503, "Zu sp\u00e4t", RouteTarget.Respond.TEXT))
                .request(Asked.by("GET / HTTP/1.1", "Host: a"));
        assertThat(answer.failure()).isNull();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.fields()).isEmpty();
        assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.body()).isEqualTo("Zu sp\u00e4t".getBytes(StandardCharsets.UTF_8));
    }

    @Test void saysNoTypeOfABodyThatIsNotThere() {
        LocalAnswer answer = new FixedResponse(new RouteTarget.Respond(204, "", RouteTarget.Respond.TEXT))
                .request(Asked.by("GET / HTTP/1.1", "Host: a"));
        assertThat(answer.contentType()).isNull();
        assertThat(answer.body()).isEmpty();
    }

    private static LocalAnswer redirect(String location, int status, String target, String host) {
        return new Redirect(new RouteTarget.Redirect(Template.parse(location), status))
                .request(Asked.by("GET " + target + " HTTP/1.1", "Host: " + host));
    }
}
