package lb.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import lb.http.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

    private final Logger logger = (Logger) LoggerFactory.getLogger(FailureLog.class);
    private final ListAppender<ILoggingEvent> caught = new ListAppender<>();
    private final ControlThread control = new ControlThread();
    private volatile long nanos;
    private final FailureLog failures = new FailureLog(1, control, () -> nanos);
    private final Runs runs = new Runs(0, failures);

    @BeforeEach void listen() {
        logger.setAdditive(false);
        logger.addAppender(caught);
        caught.start();
    }

    @AfterEach void close() {
        runs.close();
        control.shutdownNow();
        logger.detachAppender(caught);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test void saysWhichBackendFailedHowAndWhatTheClientGot() throws IOException {
        runs.refusedByBackend(GET);
        assertThat(caught.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage()).matches("pool=api backend=b1 GET /x -> 502 connect\\.refused: "
                    + "the backend refused the connection; not tried again: retry is off; attempts 1, "
                    + "request [a-z0-9-]+");
        });
    }

    @Test void saysThatAnAnswerWasCutOff() throws IOException {
        runs.answered(GET, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        assertThat(messages()).singleElement().asString().contains("GET /x -> 200 backend.truncated: ");
    }

    @Test void saysNothingOfExchangesThatEndedWell() {
        runs.served();
        assertThat(messages()).isEmpty();
    }

    @Test void keepsClientsFaultsForDebug() {
        logger.setLevel(Level.INFO);
        runs.malformed(Failure.REQUEST_FIELD);
        assertThat(messages()).isEmpty();
        logger.setLevel(Level.DEBUG);
        runs.malformed(Failure.REQUEST_FIELD);
        assertThat(messages()).singleElement().asString()
                .startsWith("pool=- backend=- - -> 400 request.bad_field: a field line is malformed; attempts 0, ");
    }

    @Test void escapesAndCutsTheTarget() {
        runs.unserved("GET /\"{}" + "x".repeat(300) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(messages()).singleElement().asString().contains(" GET /\\x22{}" + "x".repeat(196) + "... -> 503 ");
    }

    @Test void logsABurstThenTenASecondAndCountsTheRest() {
        for (int i = 0; i < 50; i++) runs.unserved(GET);
        assertThat(messages()).hasSize(20);
        nanos += TimeUnit.SECONDS.toNanos(1);
        for (int i = 0; i < 50; i++) runs.unserved(GET);
        assertThat(messages()).hasSize(30);
        failures.close();
        assertThat(messages()).hasSize(31).last().asString()
                .isEqualTo("70 more failed exchanges like those above were not logged");
    }

    @Test void keepsBackendsFailuresApartFromAFloodOfClientsFaults() {
        logger.setLevel(Level.DEBUG);
        for (int i = 0; i < 50; i++) runs.malformed(Failure.REQUEST_LINE);
        runs.unserved(GET);
        assertThat(messages()).hasSize(21).last().asString().contains("pool.no_backend");
    }


    @Test void reportsByItselfAndOnlyWhatIsNew() {
        for (int i = 0; i < 23; i++) runs.unserved(GET);
        control.repeated.run();
        control.repeated.run();
        assertThat(messages()).hasSize(21).last().asString().startsWith("3 more ");
        failures.close();
        assertThat(messages()).hasSize(21);
        assertThat(control.getQueue()).allMatch(task -> ((Future<?>) task).isCancelled());
    }

    private List<String> messages() {
        return caught.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** Runs what is repeated when the test says so. */
    private static final class ControlThread extends ScheduledThreadPoolExecutor {
        private Runnable repeated;

        private ControlThread() {
            super(1);
        }

        @Override public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay,
                TimeUnit unit) {
            assertThat(unit.toSeconds(delay)).isEqualTo(10);
            repeated = task;
            return super.scheduleWithFixedDelay(task, first, delay, unit);
        }
    }
}
