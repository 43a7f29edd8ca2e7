package lb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private final Routes routes = new Routes()
            .add(HttpMethod.GET, "/fixed", call -> Answer.text(200, "fixed"))
            .add(HttpMethod.POST, "/both", call -> Answer.text(200, "written"))
            .add(HttpMethod.GET, "/both", call -> Answer.text(200, "read"))
            .add(HttpMethod.GET, "/a/{x}/b/{y}", call -> Answer.text(200, call.part("x") + "|" + call.part("y")));

    @Test void findsThePageByMethodAndPath() {
        assertThat(body(HttpMethod.GET, "/fixed?query=/both")).isEqualTo("fixed");
        assertThat(body(HttpMethod.POST, "/both")).isEqualTo("written");
        assertThat(body(HttpMethod.GET, "/both")).isEqualTo("read");
        assertThat(body(HttpMethod.HEAD, "/both")).isEqualTo("read");
    }

    @Test void decodesNamedSegmentsOneByOne() {
        assertThat(body(HttpMethod.GET, "/a/10.0.0.7%3A80/b/web%2Fshop")).isEqualTo("10.0.0.7:80|web/shop");
        assertThat(body(HttpMethod.GET, "/a/caf%C3%A9/b/+")).isEqualTo("café|+");
    }

    @Test void knowsNoOtherPath() {
        for (String path : new String[] {"/", "/fixed/", "//fixed", "/a/1/b", "/a/1/b/2/", "/Fixed", "/fixed%2f"}) {
            assertThat(answer(HttpMethod.GET, path).status()).as(path).isEqualTo(404);
        }
    }

    @Test void refusesMalformedPaths() {
        for (String path : new String[] {"fixed", "*", "http://evil.example/fixed", "/a/%/b", "/a/%4/b", "/a/%zz/b"}) {
            assertThat(answer(HttpMethod.GET, path).status()).as(path).isEqualTo(400);
        }
    }

    @Test void saysWhatElseThePathTakes() {
        assertThat(answer(HttpMethod.DELETE, "/both").status()).isEqualTo(405);
        assertThat(answer(HttpMethod.DELETE, "/both").allow()).isEqualTo("POST, GET, HEAD");
    }

    private String body(HttpMethod method, String uri) {
        Answer answer = answer(method, uri);
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private Answer answer(HttpMethod method, String uri) {
        return routes.answer(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, uri, Unpooled.EMPTY_BUFFER));
    }
}
