package lb.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lb.config.route.CompressConfig;
import lb.config.route.FieldEdits;
import lb.http.Framing;
import lb.http.Head;
import lb.http.Received;
import lb.proxy.BodyStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which responses are compressed, and what their heads say then. */
class CompressTest {
    private static final String VARY = "Vary: Accept-Encoding\r\n";

    private final Compress compress = new Compress(CompressConfig.DEFAULT, FieldEdits.NONE);
    private String method = "GET";
    private String accepted = "gzip, br";

    @Test void saysInTheHeadWhatItDoesToTheBody() {
        Head head = response("200 OK", "Content-Type: text/html; charset=utf-8", "Content-Length: 2000",
                "Accept-Ranges: bytes", "ETag: \"v1\"", "X-A: 1");
        assertThat(compressed(head)).isTrue();
        assertThat(head.framing()).isEqualTo(Framing.CHUNKED);
        assertThat(head.contentLength()).isEqualTo(-1);
        assertThat(Asked.written(head)).isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                + "X-A: 1\r\n" + VARY + "Content-Encoding: gzip\r\nETag: W/\"v1\"\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "TEXT/plain ; charset=x", "application/json", "Application/JSON;a=b",
        "image/svg+xml", "text/event-stream"})
    void compressesTheTypesThatAreListed(String type) {
        assertThat(compressed(response("200 OK", "Content-Type: " + type, "Transfer-Encoding: chunked"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/jsonp", "text", "text/", "xtext/html", "", ";text/html"})
    void compressesNoOtherType(String type) {
        Head head = response("200 OK", "Content-Type: " + type, "Transfer-Encoding: chunked");
        assertThat(compressed(head)).isFalse();
        assertThat(Asked.written(head)).doesNotContain("Vary");
    }

    @Test void compressesNothingWithoutAType() {
        assertThat(compressed(response("200 OK", "Transfer-Encoding: chunked"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "201 Created", "203 Non-Authoritative Information", "404 Not Found",
        "500 Internal Server Error", "503 Service Unavailable"})
    void compressesWholeBodies(String status) {
        assertThat(compressed(response(status, "Content-Type: text/html", "Content-Length: 1024"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"206 Partial Content", "204 No Content", "304 Not Modified", "302 Found", "226 IM Used",
        "205 Reset Content"})
    void leavesPartsAndWhatHasNoBody(String status) {
        Head head = response(status, "Content-Type: text/html", "Content-Length: 1024");
        assertThat(compressed(head)).isFalse();
        assertThat(Asked.written(head)).doesNotContain("gzip");
        // RFC 9110 §15.3.7 and §15.4.5: what a 200 would have said
        boolean standsForA200 = status.startsWith("206") || status.startsWith("304");
        assertThat(Asked.written(head).contains(VARY)).isEqualTo(standsForA200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Encoding: br", "Content-Encoding: identity", "Content-Range: bytes 0-1/2",
        "Cache-Control: public, No-Transform", "Content-Digest: sha-256=:x:", "Repr-Digest: sha-256=:x:",
        "Digest: sha-256=x", "Content-MD5: x", "Trailer: Expires, Content-Digest", "Content-Length: 1023",
        "Content-Length: 0"})
    void leavesWhatMustNotOrNeedNotBeCompressed(String line) {
        List<String> lines = new ArrayList<>(List.of("Content-Type: text/html", line));
        if (!line.startsWith("Content-Length")) lines.add("Content-Length: 5000");
        Head head = response("200 OK", lines.toArray(String[]::new));
        assertThat(compressed(head)).isFalse();
        assertThat(Asked.written(head)).doesNotContain("Vary", "gzip");
    }

    @Test void tellsCachesThatAnotherClientWouldGetAnotherResponse() {
        accepted = "br";
        Head head = response("200 OK", "Content-Type: text/html", "Content-Length: 5000", "ETag: \"v1\"");
        assertThat(compressed(head)).isFalse();
        assertThat(head.framing()).isEqualTo(Framing.LENGTH);
        assertThat(Asked.written(head)).contains("ETag: \"v1\"\r\n", VARY).doesNotContain("gzip");
    }

    @Test void tellsThatOnceOnly() {
        for (String there : new String[] {"Vary: Origin, accept-encoding", "Vary: *"}) {
            Head head = response("200 OK", "Content-Type: text/html", there);
            assertThat(compressed(head)).isTrue();
            assertThat(Asked.written(head)).containsOnlyOnce("Vary").contains(there + "\r\n");
        }
        Head other = response("200 OK", "Content-Type: text/html", "Vary: Origin");
        assertThat(compressed(other)).isTrue();
        assertThat(Asked.written(other)).contains("Vary: Origin\r\n", VARY);
    }

    @Test void tellsItThoughAnEditTookTheBackendsWordAway() {
        Head head = response("200 OK", "Content-Type: text/html", "Vary: Accept-Encoding");
        head.remove(1);
        assertThat(compressed(head)).isTrue();
        assertThat(Asked.written(head)).containsOnlyOnce(VARY);
    }

    @Test void leavesAWeakETagAndAnOddOne() {
        for (String etag : new String[] {"W/\"v1\"", "v1"}) {
            Head head = response("200 OK", "Content-Type: text/html", "ETag: " + etag);
            assertThat(compressed(head)).isTrue();
            assertThat(Asked.written(head)).containsOnlyOnce("ETag: " + etag + "\r\n");
        }
    }

    @Test void answersAHeadWithTheHeadThatAGetWouldGet() {
        method = "HEAD";
        Head head = response("200 OK", "Content-Type: text/html", "Content-Length: 5000", "ETag: \"v1\"");
        head.answerBody(5000, false);
        assertThat(compressed(head)).isFalse();
        assertThat(head.framing()).isEqualTo(Framing.NONE);
        assertThat(head.contentLength()).isEqualTo(-1);
        assertThat(Asked.written(head)).isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + VARY
                + "Content-Encoding: gzip\r\nETag: W/\"v1\"\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'\"v1\"'                  | W/\"v1\"                | W/\"v1\"",
        "'\"v1\"'                  | \"v0\" , W/\"v1\",\"v2\" | W/\"v1\"",
        "'\"v1\"'                  | \"v0\",W/\"v1\"         | W/\"v1\"",
        "'\"W/\"'                  | W/\"W/\"                | W/\"W/\"",
        "'\"v1\"'                  | \"v1\"                  | \"v1\"",
        "'\"v1\"'                  | \"v1\", W/\"v11\"       | \"v1\"",
        "'\"v1\"'                  | *                     | \"v1\"",
        "'W/\"v1\"'                | W/\"v1\"                | W/\"v1\"",
        "v1                        | W/\"v1\"                | v1"})
    void saysInA304TheTagThatTheClientKnows(String tag, String asked, String told) {
        Head head = response("304 Not Modified", "ETag: " + tag, "X-A: 1");
        assertThat(compress.responseBody(head, Asked.by("GET / HTTP/1.1", "Host: a", "If-None-Match: " + asked)))
                .isNull();
        assertThat(Asked.written(head)).containsOnlyOnce("ETag: ").contains("ETag: " + told + "\r\n", VARY);
    }

    @Test void leavesA304OfWhatItNeverCompresses() {
        for (String line : List.of("Content-Type: image/png", "Cache-Control: no-transform", "Content-Encoding: br")) {
            Head head = response("304 Not Modified", "ETag: \"v1\"", line);
            assertThat(compress.responseBody(head, Asked.by("GET / HTTP/1.1", "Host: a", "If-None-Match: W/\"v1\"")))
                    .isNull();
            assertThat(Asked.written(head)).contains("ETag: \"v1\"\r\n").doesNotContain("Vary");
        }
    }

    @Test void leavesWhatTheClientWantsAsItIs() {
        Head head = response("200 OK", "Content-Type: text/html", "Content-Length: 5000", "ETag: \"v1\"");
        assertThat(compress.responseBody(head, Asked.by("GET / HTTP/1.1", "Host: a", "Accept-Encoding: gzip",
                "Cache-Control: max-age=0, no-transform"))).isNull();
        assertThat(Asked.written(head)).contains("ETag: \"v1\"\r\n", VARY).doesNotContain("gzip");
    }

    @Test void hasALimitOfBodiesAtOnce() {
        List<BodyStage> stages = new ArrayList<>();
        BodyStage stage;
        while ((stage = stage(response("200 OK", "Content-Type: text/html"))) != null) stages.add(stage);
        assertThat(stages).hasSize(256);
        Head head = response("200 OK", "Content-Type: text/html");
        assertThat(stage(head)).isNull();
        assertThat(Asked.written(head)).contains(VARY).doesNotContain("gzip");
        stages.forEach(BodyStage::close);
        assertThat(compressed(response("200 OK", "Content-Type: text/html"))).isTrue();
    }

    private boolean compressed(Head head) {
        BodyStage stage = stage(head);
        if (stage != null) stage.close();
        return stage != null;
    }

    private BodyStage stage(Head head) {
        return compress.responseBody(head,
                Asked.by(method + " / HTTP/1.1", "Host: a", "Accept-Encoding: " + accepted));
    }

    private static Head response(String status, String... lines) {
        return Received.responseHead(
                Stream.concat(Stream.of("HTTP/1.1 " + status), Stream.of(lines)).toArray(String[]::new));
    }
}
