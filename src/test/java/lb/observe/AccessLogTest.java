package lb.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import lb.config.AccessLogConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AccessLogTest {
    private static final int SMALL = 4096;

    private final AccessLog log = new AccessLog(2);
    private final Runs runs = new Runs(1, log);
    @TempDir private Path folder;

    @AfterEach void close() {
        runs.close();
        log.close();
    }

    @Test void bringsRecordsToTheirTargetSoon() {
        CaughtTarget target = new CaughtTarget();
        log.change(config("stdout", 1), target, SMALL);
        runs.unserved("GET /soon HTTP/1.1\r\nHost: a\r\n\r\n");
        await().until(() -> target.text().contains("GET /soon HTTP/1.1"));
        assertThat(log.dropped()).isZero();
    }

    @Test void doesNothingWhileTurnedOff() throws IOException {
        CaughtTarget target = new CaughtTarget();
        runs.served();
        log.change(config("stdout", 1), target, SMALL);
        log.change(null);
        runs.served();
        await().until(() -> target.closed);
        assertThat(target.text()).isEmpty();
    }

    @Test void writesEverythingBeforeItCloses() {
        CaughtTarget target = new CaughtTarget();
        log.change(config("stdout", 1), target, 1 << 20);
        for (int i = 0; i < 200; i++) runs.served();
        log.close();
        assertThat(target.lines()).hasSize(200);
        assertThat(target.closed).isTrue();
    }

    @Test void dropsAndCountsInsteadOfWaitingForAStuckTarget() throws Exception {
        CaughtTarget target = CaughtTarget.stuck();
        log.change(config("stdout", 1), target, SMALL);
        runs.served();
        target.awaitWrite();
        for (int i = 0; i < 299; i++) runs.served();
        long dropped = log.dropped();
        assertThat(dropped).isBetween(200L, 299L);
        target.loosen();
        log.close();
        assertThat(target.lines()).hasSize((int) (300 - dropped));
    }

    @Test void survivesABrokenTargetAndCountsWhatItLost() {
        CaughtTarget target = new CaughtTarget();
        target.broken = true;
        log.change(config("stdout", 1), target, SMALL);
        for (int i = 0; i < 3; i++) runs.served();
        await().until(() -> log.dropped() == 3);
        target.broken = false;
        runs.served();
        log.close();
        assertThat(target.lines()).hasSize(1);
        assertThat(log.dropped()).isEqualTo(3);
    }

    @Test void recordsAShareOfExchangesButEveryFailedOne() throws IOException {
        CaughtTarget target = new CaughtTarget();
        log.change(config("stdout", 0.1), target, 1 << 20);
        for (int i = 0; i < 3000; i++) runs.served();
        for (int i = 0; i < 50; i++) runs.unserved("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        runs.answered("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
        log.close();
        // 300 expected; nine standard deviations (16) to either side
        assertThat(target.lines().stream().filter(line -> line.contains("\" 200 ")).count()).isBetween(150L, 450L);
        assertThat(target.lines().stream().filter(line -> line.contains("\" 503 ")).count()).isEqualTo(50);
        assertThat(target.lines().stream().filter(line -> line.contains("\" 500 ")).count()).isEqualTo(1);
    }

    @Test void changesItsTargetWithoutLosingARecord() {
        CaughtTarget before = new CaughtTarget();
        CaughtTarget after = new CaughtTarget();
        log.change(config("stdout", 1), before, SMALL);
        runs.served();
        log.change(config("stdout", 1), after, SMALL);
        runs.served();
        await().until(() -> before.closed);
        log.close();
        assertThat(before.lines()).hasSize(1);
        assertThat(after.lines()).hasSize(1);
    }

    @Test void appendsToItsFile() throws IOException {
        Path file = folder.resolve("access.txt");
        Files.writeString(file, "before\n");
        log.change(config(file.toString(), 1));
        log.change(config(file.toString(), 1));
        runs.served();
        log.close();
        assertThat(Files.readAllLines(file)).hasSize(2).startsWith("before");
    }

    @Test void keepsTheOldLogWhenTheNewFileCannotBeOpened() {
        CaughtTarget target = new CaughtTarget();
        log.change(config("stdout", 1), target, SMALL);
        assertThatThrownBy(() -> log.change(config(folder.resolve("no/such/folder").toString(), 1)))
                .isInstanceOf(IOException.class);
        runs.served();
        log.close();
        assertThat(target.lines()).hasSize(1);
    }

    private static AccessLogConfig config(String to, double sample) {
        return new AccessLogConfig(AccessLogConfig.Format.COMBINED, to, sample, Set.of());
    }
}
