package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import lb.http.Failure;
import lb.http.Framing;
import lb.http.FramingLines;
import lb.http.Head;
import lb.http.HeadWriter;
import lb.http.Heads;
import lb.http.Received;
import org.junit.jupiter.api.Test;

final class OwnAnswerTest {
    private static final Head PLAIN = Received.requestHead("GET / HTTP/1.1", "Host: secret.internal:81");

    @Test void saysWhatHappenedInPlainText() {
        assertThat(answer(Failure.CONNECT_REFUSED, PLAIN))
                .startsWith("HTTP/1.1 502 Bad Gateway\r\nDate: ")
                .contains("\r\nContent-Type: text/plain; charset=us-ascii\r\n", "\r\nCache-Control: no-store\r\n")
                .endsWith("\r\n\r\n502 Bad Gateway: the backend refused the connection\n"
                        + "cause: connect.refused\nrequest: id-1\n");
    }

    @Test void saysItInJsonToThoseWhoAcceptIt() {
        for (String accept : new String[] {"application/json", "text/html, application/json;q=0.9",
                "application/problem+json", "Application/JSON", "application/json ; charset=utf-8; q=0.001",
                "application/json;q=0, application/problem+json;Q=1"}) {
            Head request = Received.requestHead("GET / HTTP/1.1", "Host: a", "Accept: " + accept);
            assertThat(answer(Failure.NO_BACKEND, request)).as(accept)
                    .contains("\r\nContent-Type: application/problem+json\r\n")
                    .endsWith("\r\n\r\n{\"type\":\"urn:lb:problem:pool.no_backend\",\"title\":\"Service Unavailable\","
                            + "\"status\":503,\"detail\":\"no backend is available\",\"request.id\":\"id-1\"}\n");
        }
        for (String accept : new String[] {"*/*", "text/html", "application/xml", "application/json;q=0",
                "application/json; Q=0.000", "application/jsonp", "x;a=application/json"}) {
            Head request = Received.requestHead("GET / HTTP/1.1", "Host: a", "Accept: " + accept);
            assertThat(answer(Failure.NO_BACKEND, request)).as(accept).contains("text/plain");
        }
    }

    @Test void hasNoBodyForHeadButItsLength() {
        Head answer = new Heads().acquire();
        Head request = Received.requestHead("HEAD / HTTP/1.1", "Host: a");
        assertThat(OwnAnswer.fill(answer, LocalAnswer.refusal(Failure.NO_BACKEND, ""), request, "id-1",
                new DateLine())).isNull();
        assertThat(answer.framing()).isEqualTo(Framing.NONE);
        assertThat(answer.contentLength()).isPositive();
    }

    @Test void asksToComeAgainOnlyWhereThatMayHelp() {
        for (Failure each : Failure.values()) {
            assertThat(answer(each, PLAIN).contains("\r\nRetry-After: ")).as("%s", each)
                    .isEqualTo(each.status() == 503);
        }
    }

    @Test void namesTheMethodsThatAreOffered() {
        assertThat(answer(Failure.REQUEST_CONNECT, PLAIN)).contains("\r\nAllow: GET, HEAD,");
        assertThat(answer(Failure.REQUEST_TRACE, PLAIN)).contains("\r\nAllow: GET, HEAD,");
        assertThat(answer(Failure.REQUEST_LINE, PLAIN)).doesNotContain("\r\nAllow:");
    }

    @Test void namesNeitherVersionNorAddressNorTheRequest() {
        for (Failure each : Failure.values()) {
            String answer = answer(each, PLAIN).substring("HTTP/1.1".length());
            assertThat(answer).as("%s", each).doesNotContainIgnoringCase("netty")
                    .doesNotContain("lb/", "secret", "Server:")
                    .doesNotContainPattern("\\d+\\.\\d+\\.\\d+");
        }
    }

    @Test void isAWholeMessageForEveryFailure() {
        Head json = Received.requestHead("GET / HTTP/1.1", "Host: a", "Accept: application/json");
        for (Failure each : Failure.values()) {
            for (Head request : new Head[] {null, PLAIN, json}) {
                String answer = answer(each, request);
                String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
                assertThat(answer).contains("\r\nContent-Length: " + body.length() + "\r\n")
                        .startsWith("HTTP/1.1 " + each.status());
                // 499 is logged and never sent, 500 is a bug; everything else has its own reason
                if (each.status() == 499 || each.status() == 500) continue;
                assertThat(answer).doesNotContain("Internal Server Error");
            }
        }
    }

    @Test void answersOptionsThatMayGoNoFurther() {
        Head answer = new Heads().acquire();
        ByteBuf body = OwnAnswer.fill(answer, LocalAnswer.of(200, ""), PLAIN, "id-1", new DateLine());
        assertThat(written(answer, body)).startsWith("HTTP/1.1 200 OK\r\nDate: ")
                .endsWith("\r\nContent-Length: 0\r\n\r\n");
    }

    private static String answer(Failure failure, Head request) {
        Head answer = new Heads().acquire();
        return written(answer, OwnAnswer.fill(answer, LocalAnswer.refusal(failure, ""), request, "id-1",
                new DateLine()));
    }

    private static String written(Head answer, ByteBuf body) {
        FramingLines.append(answer, answer.framing());
        ByteBuf out = Unpooled.buffer();
        HeadWriter.response(answer, out);
        if (body != null) out.writeBytes(body);
        String text = out.toString(StandardCharsets.US_ASCII);
        out.release();
        return text;
    }
}
