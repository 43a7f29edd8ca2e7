package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import lb.config.AccessLogConfig;
import lb.observe.FailureLog;
import lb.testkit.Configs;
import lb.testkit.LogCapture;
import lb.testkit.LogFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody outside can end a line of a log, close a quote in it or talk to the terminal that shows it. */
class LogForgingTest extends ProxyTest {
    private static final String FORGED = "\" 200 1 \"-\" \"-\"} {\"lb.end\":\"ok\"";
    /** Accepted, as HTTP allows them; the octets beyond ASCII are C1 controls to some terminals. */
    private static final List<String> ACCEPTED = List.of(
            get("/\"'\\%0d%0aGET%1b[2J`$(x)"),
            get("/", "User-Agent: " + FORGED + "\t\u009b2J\u0085\u00ff\\"),
            get("/", "Referer: " + FORGED + "\u009d0;title\u009c"),
            get("/", "Cookie: a=" + FORGED, "X-Forwarded-For: " + FORGED),
            "GET / HTTP/1.1\r\nHost: $(x)'a;a\r\n\r\n",
            "`'|!#$%&*^~ / HTTP/1.1\r\nHost: a\r\n\r\n");
    /** Refused, but recorded. */
    private static final List<String> REFUSED = List.of(
            get("/\u001b[2J"), get("/a\rb"), get("/a\0b"), get("/\u0085"),
            "G\u001bT / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\"\u001b\r\n\r\n",
            get("/", "User-Agent: a\u001b[2Jb"), get("/", "Cookie: a\rb"), get("/", "A: a\nb: c d"));

    @TempDir Path dir;

    @ParameterizedTest
    @EnumSource(AccessLogConfig.Format.class)
    void writesOneLineOfPlainAsciiForEachRequest(AccessLogConfig.Format format) {
        LogFile log = new LogFile(dir.resolve("access.log"));
        start(Configs.of(backend.port()).accessLog(format, log.path()));
        ACCEPTED.forEach(request -> assertThat(exchange(request).status()).as(request).isEqualTo(200));
        REFUSED.forEach(request -> assertThat(exchange(request).status()).as(request).isEqualTo(400));
        int records = ACCEPTED.size() + REFUSED.size();
        Awaitility.await().until(() -> log.lines().size() >= records);
        assertThat(log.lines()).hasSize(records).allMatch(line -> line.matches("[ -~]+"));
        if (format == AccessLogConfig.Format.COMBINED) {
            assertThat(log.lines()).allMatch(line -> line.chars().filter(c -> c == '"').count() == 6);
        } else {
            assertThat(log.lines()).allMatch(line -> line.split("\"lb\\.end\":\"").length == 2);
        }
    }

    @Test void keepsTheProgramLogToOneLineForEachFailure() {
        Daemon daemon = start(Configs.of(backend.port()));
        backend.stopListening();
        try (LogCapture log = LogCapture.of(FailureLog.class.getName(), "debug")) {
            ACCEPTED.forEach(request -> assertThat(exchange(request).status()).as(request).isEqualTo(502));
            REFUSED.forEach(request -> assertThat(exchange(request).status()).as(request).isEqualTo(400));
            Awaitility.await().until(() -> log.lines().size() >= ACCEPTED.size() + REFUSED.size());
            assertThat(log.lines()).hasSize(ACCEPTED.size() + REFUSED.size())
                    .allMatch(line -> line.matches("[ -~]+")).noneMatch(line -> line.contains("\""));
        }
        assertThat(daemon.lanes().active()).isZero();
    }
}
