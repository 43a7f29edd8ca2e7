package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the vectors do not show at a glance. */
class RequestRulesTest {
    @Test void aLongListOfCodingsCostsNoStack() {
        assertThat(coding("a,".repeat(7000) + "chunked")).isEqualTo("!REQUEST_TE_UNKNOWN");
        assertThat(coding("a, ".repeat(5000) + "a")).isEqualTo("!REQUEST_TE");
    }

    @Test void aBodyThatDoesNotEndChunkedIsABadRequest() {
        // RFC 9112 §6.3: "the server MUST respond with the 400 (Bad Request) status code"
        assertThat(coding("gzip")).isEqualTo("!REQUEST_TE");
        assertThat(Failure.REQUEST_TE.status()).isEqualTo(400);
    }

    @Test void anUnknownCodingBeforeChunkedIsNotImplemented() {
        assertThat(coding("gzip, chunked")).isEqualTo("!REQUEST_TE_UNKNOWN");
        assertThat(Failure.REQUEST_TE_UNKNOWN.status()).isEqualTo(501);
    }

    private static String coding(String value) {
        String request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " + value + "\r\n\r\n";
        return Transcript.ofRequest(request.getBytes(StandardCharsets.US_ASCII), Transcript.LIMITS, Transcript.WHOLE);
    }
}
