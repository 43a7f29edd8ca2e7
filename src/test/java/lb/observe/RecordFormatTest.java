package lb.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Set;
import lb.config.AccessLogConfig;
import lb.http.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordFormatTest {
    private static final long MILLIS = Instant.parse("2026-11-22T13:51:05.921Z").toEpochMilli();
    private static final String GET = "GET /x?y=1 HTTP/1.1\r\nHost: shop.example.com:8080\r\n"
            + "Referer: https://a.example/\r\nUser-Agent: curl/8.5.0\r\n\r\n";

    private String record;
    private RecordFormat format;
    private final Runs runs = new Runs(0, exchange -> {
        Line line = new Line();
        format.write(exchange, line.begin());
        record = line.toString();
    });

    @AfterEach void close() {
        runs.close();
    }

    @Test void writesTheCombinedFormat() throws IOException {
        format = format(AccessLogConfig.Format.COMBINED);
        runs.answered(GET, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(record).isEqualTo("127.0.0.1 - - [22/Nov/2026:13:51:05 +0000] \"GET /x?y=1 HTTP/1.1\" 200 5 "
                + "\"https://a.example/\" \"curl/8.5.0\"\n");
    }

    @Test void writesDashesForWhatWasNotSaid() {
        format = format(AccessLogConfig.Format.COMBINED);
        runs.unserved("GET / HTTP/1.0\r\n\r\n");
        assertThat(record).startsWith("127.0.0.1 - - [22/Nov/2026:13:51:05 +0000] \"GET / HTTP/1.0\" 503 ")
                .endsWith(" \"-\" \"-\"\n");
    }

    @Test void recordsWhatWasNoRequestAtAll() throws IOException {
        format = format(AccessLogConfig.Format.COMBINED);
        runs.malformed(Failure.REQUEST_CL_TE);
        assertThat(record).startsWith("127.0.0.1 - - [22/Nov/2026:13:51:05 +0000] \"-\" 400 ")
                .endsWith("\"-\" \"-\"\n");

        format = format(AccessLogConfig.Format.JSON);
        runs.malformed(Failure.REQUEST_CL_TE);
        JsonNode json = json();
        assertThat(json.get("http.request.method").isNull()).isTrue();
        assertThat(json.get("lb.pool").isNull()).isTrue();
        assertThat(json.get("lb.end").asText()).isEqualTo("request.smuggling.cl_te");
        assertThat(json.get("http.response.status_code").asInt()).isEqualTo(400);
    }

    @Test void writesTheJsonFormat() throws IOException {
        format = format(AccessLogConfig.Format.JSON);
        runs.answered(GET, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(record.replaceAll("_ms\":[0-9]+\\.[0-9]{3}", "_ms\":T")
                .replaceAll("request.id\":\"[^\"]+", "request.id\":\"I"))
                .isEqualTo("{\"@timestamp\":\"2026-11-22T13:51:05.921Z\",\"client.ip\":\"127.0.0.1\","
                        + "\"http.request.method\":\"GET\",\"url.domain\":\"shop.example.com\",\"url.path\":\"/x\","
                        + "\"url.query\":\"y=1\",\"http.version\":\"1.1\","
                        + "\"http.request.referrer\":\"https://a.example/\",\"user_agent.original\":\"curl/8.5.0\","
                        + "\"http.request.body.bytes\":0,\"http.response.status_code\":200,"
                        + "\"http.response.body.bytes\":5,\"event.duration_ms\":T,\"lb.listener\":\"http\","
                        + "\"lb.route\":null,\"lb.pool\":\"api\",\"lb.backend\":\"b1\",\"lb.connect_ms\":T,"
                        + "\"lb.first_byte_ms\":T,\"lb.attempts\":1,\"lb.retried\":null,"
                        + "\"lb.retry_refused\":null,\"lb.end\":\"ok\",\"lb.queue_ms\":T,\"request.id\":\"I\"}\n");
        json();
    }

    @Test void writesNullsWhereThereWasNoAttempt() throws IOException {
        format = format(AccessLogConfig.Format.JSON);
        runs.unserved("GET http://[::1]:8080?q HTTP/1.1\r\nHost: other\r\n\r\n");
        JsonNode json = json();
        assertThat(json.get("lb.backend").isNull()).isTrue();
        assertThat(json.get("lb.connect_ms").isNull()).isTrue();
        assertThat(json.get("lb.end").asText()).isEqualTo("pool.no_backend");
        assertThat(json.get("url.domain").asText()).isEqualTo("[::1]");
        assertThat(json.get("url.path").asText()).isEqualTo("/");
        assertThat(json.get("url.query").asText()).isEqualTo("q");
        assertThat(json.get("user_agent.original").isNull()).isTrue();
    }

    @Test void saysWhyThereWasNoOtherAttempt() throws IOException {
        format = format(AccessLogConfig.Format.JSON);
        runs.refusedByBackend(GET);
        assertThat(json().get("lb.retried").isNull()).isTrue();
        assertThat(json().get("lb.retry_refused").asText()).isEqualTo("not_listed");
        assertThat(json().get("lb.end").asText()).isEqualTo("connect.refused");
    }

    @Test void keepsHostileFieldsInsideTheirQuotesOnOneLine() throws IOException {
        String agent = "a\"} \\ \u001b[2J \u009b31m \u007f \u00e9\t\" 200 1 \"{";
        String hostile = "GET /\"\\%0a HTTP/1.1\r\nHost: a\r\nUser-Agent: " + agent.replace("\u001b", "\u009b")
                .replace("\u007f", "\u00ff") + "\r\nReferer: \"\\\u0085\r\n\r\n";
        format = format(AccessLogConfig.Format.COMBINED);
        runs.unserved(hostile);
        assertThat(record).matches("[ -~]+\n").contains("\"GET /\\x22\\x5C%0a HTTP/1.1\"")
                .contains("\"\\x22\\x5C\\x85\" \"a\\x22} \\x5C \\x9B[2J \\x9B31m \\xFF \\xE9\\x09\\x22 200 1 \\x22{\"");
        assertThat(record.chars().filter(c -> c == '"').count()).isEqualTo(6);

        format = format(AccessLogConfig.Format.JSON);
        runs.unserved(hostile);
        assertThat(record).matches("[ -~]+\n");
        assertThat(json().get("user_agent.original").asText())
                .isEqualTo(agent.replace("\u001b", "\u009b").replace("\u007f", "\u00ff"));
        assertThat(json().get("url.path").asText()).isEqualTo("/\"\\%0a");
    }

    @Test void cutsWhatIsTooLong() throws IOException {
        format = format(AccessLogConfig.Format.JSON);
        runs.unserved("GET /" + "x".repeat(8000) + " HTTP/1.1\r\nHost: a\r\n"
                + "User-Agent: " + "é".repeat(5000) + "\r\n\r\n");
        assertThat(json().get("url.path").asText()).hasSize(ClientFields.TARGET_LIMIT + 3).endsWith("x...");
        assertThat(json().get("user_agent.original").asText()).isEqualTo("é".repeat(ClientFields.FIELD_LIMIT) + "...");
    }

    @Test void hidesTheFieldsThatTheOperatorNames() {
        for (AccessLogConfig.Format each : AccessLogConfig.Format.values()) {
            Set<String> hidden = Set.of("referer", "user-agent");
            format = RecordFormat.of(new AccessLogConfig(each, "stdout", 1, hidden), () -> MILLIS);
            runs.unserved(GET);
            assertThat(record).doesNotContain("curl", "a.example").contains("\"[redacted]\"");
        }
    }

    @Test void writesIpv6ClientsShort() throws IOException {
        format = format(AccessLogConfig.Format.COMBINED);
        runs.client = InetAddress.getByName("2001:db8:0:0:0:0:0:1");
        runs.unserved(GET);
        assertThat(record).startsWith("2001:db8::1 - - [");
    }

    private static RecordFormat format(AccessLogConfig.Format format) {
        return RecordFormat.of(new AccessLogConfig(format, "stdout", 1, Set.of()), () -> MILLIS);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(record);
    }
}
