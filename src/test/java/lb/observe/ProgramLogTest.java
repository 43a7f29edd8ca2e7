package lb.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import lb.config.LogConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Timeout(30)
class ProgramLogTest {
    private static final LogConfig TEXT = new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.INFO);
    private static final LogConfig JSON = new LogConfig(LogConfig.Format.JSON, LogConfig.Level.INFO);

    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("lb.pool.Pool");
    private CaughtTarget target = new CaughtTarget();

    @Test void writesTextOneLineARecord() {
        ProgramLog log = ProgramLog.start(TEXT, context, target);
        logger.warn("pool={} backend={} UP -> DOWN", "api", "b1");
        logger.info("ready");
        log.close();
        assertThat(target.lines()).hasSize(2);
        assertThat(target.lines().get(0))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z WARN  pool=api backend=b1 UP -> DOWN");
        assertThat(target.lines().get(1)).matches("\\S+Z INFO  ready");
    }

    @Test void writesJsonThatParses() throws IOException {
        ProgramLog log = ProgramLog.start(JSON, context, target);
        logger.error("a \"quoted\"\nmessage → \u001b[31m", new IOException("boom"));
        log.close();
        assertThat(target.lines()).hasSize(1);
        JsonNode json = new ObjectMapper().readTree(target.text());
        assertThat(json.get("log.level").asText()).isEqualTo("ERROR");
        assertThat(json.get("log.logger").asText()).isEqualTo("lb.pool.Pool");
        assertThat(json.get("message").asText()).isEqualTo("a \"quoted\"\nmessage → \u001b[31m");
        assertThat(json.get("error.stack_trace").asText())
                .startsWith("java.io.IOException: boom\nat lb.observe.ProgramLogTest");
        assertThat(target.text()).doesNotContain("\u001b");
    }

    @Test void letsNoMessageEndItsLineOrTalkToATerminal() {
        ProgramLog log = ProgramLog.start(TEXT, context, target);
        logger.info("a\nb\rc\u001b[2Jd\u0085e\u2028f\u202eg\ud800h→i \uD83D\uDE00 C:\\x");
        log.close();
        assertThat(target.text()).endsWith("INFO  a\\x0Ab\\x0Dc\\x1B[2Jd\\x85e\\" + "u2028f\\" + "u202Eg\\"
                + "uD800h→i \uD83D\uDE00 C:\\x\n");
    }

    @Test void writesAStackTraceIntoTheSameLine() {
        ProgramLog log = ProgramLog.start(TEXT, context, target);
        logger.error("failed", new IllegalStateException("outer", new IOException("inner")));
        log.close();
        assertThat(target.lines()).singleElement().asString()
                .contains("ERROR failed; java.lang.IllegalStateException: outer; at lb.observe.ProgramLogTest.")
                .contains("; caused by: java.io.IOException: inner");
    }

    @Test void cutsALongMessage() {
        ProgramLog log = ProgramLog.start(TEXT, context, target);
        logger.info("x".repeat(100_000));
        log.close();
        assertThat(target.text().length()).isBetween(EventFormat.TEXT_LIMIT, EventFormat.TEXT_LIMIT + 100);
    }

    @Test void changesFormatAndLevelWhileItRuns() {
        ProgramLog log = ProgramLog.start(TEXT, context, target);
        logger.debug("unseen");
        log.change(new LogConfig(LogConfig.Format.JSON, LogConfig.Level.DEBUG));
        logger.debug("seen");
        log.close();
        assertThat(target.lines()).singleElement().asString().startsWith("{").contains("\"message\":\"seen\"");
    }

    @Test void keepsNettyAtWarnAtMost() {
        ProgramLog log = ProgramLog.start(new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.TRACE), context, target);
        Logger netty = context.getLogger("io.netty.channel");
        assertThat(netty.isInfoEnabled()).isFalse();
        assertThat(netty.isWarnEnabled()).isTrue();
        log.change(new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.ERROR));
        assertThat(netty.isWarnEnabled()).isFalse();
        log.close();
    }

    @Test void dropsAndCountsInsteadOfWaitingForAStuckStderr() throws InterruptedException {
        target = CaughtTarget.stuck();
        ProgramLog log = ProgramLog.start(TEXT, context, target);
        logger.info("first");
        target.awaitWrite();
        for (int i = 0; i < QueuedAppender.CAPACITY + 7; i++) logger.info("more");
        assertThat(log.dropped()).isEqualTo(7);
        target.loosen();
        await().until(() -> target.text().contains("WARN  7 log records were dropped"));
        log.close();
        assertThat(target.lines()).hasSize(1 + QueuedAppender.CAPACITY + 1);
    }

    @Test void survivesABrokenStderr() {
        target.broken = true;
        ProgramLog log = ProgramLog.start(TEXT, context, target);
        logger.info("lost");
        await().until(() -> log.dropped() == 1);
        target.broken = false;
        logger.info("written");
        log.close();
        assertThat(target.text()).contains("written");
    }

    @Test void writesAtOnceAfterItWasClosed() {
        ProgramLog log = ProgramLog.start(TEXT, context, target);
        logger.info("before");
        log.close();
        logger.info("behind");
        assertThat(target.lines()).hasSize(2);
    }

    @Test void isWhatLogbackAsksInsteadOfSearchingForFiles() {
        LoggerContext shared = (LoggerContext) LoggerFactory.getILoggerFactory();
        assertThat(shared.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().next())
                .isInstanceOf(DirectAppender.class);
        assertThat(shared.getLogger("io.netty").getLevel()).hasToString("WARN");
    }
}
