package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import lb.testkit.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may stand where the config file was: the watcher is told, and nothing is held up. */
class ConfigFileTest {
    @TempDir Path directory;

    private final ScheduledExecutorService control = Executors.newSingleThreadScheduledExecutor();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final List<String> lost = new CopyOnWriteArrayList<>();

    @AfterEach void stop() {
        control.shutdownNow();
    }

    private ConfigFile file() {
        return new ConfigFile(directory.resolve("lb.json"), new byte[0], control,
                b -> changes.add(new String(b)), lost::add);
    }

    private void isPassedByUntilAFileIsThere(Placing other) throws Exception {
        Path path = directory.resolve("lb.json");
        ConfigFile file = file();
        other.at(path);
        try (LogCapture log = LogCapture.of("lb.ConfigFile")) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), file::readNow);
            assertThat(log.lines()).singleElement().asString().contains("the running configuration is unchanged");
        }
        assertThat(changes).isEmpty();
        Files.delete(path);
        Files.writeString(path, "{}");
        file.readNow();
        assertThat(changes).containsExactly("{}");
    }

    private interface Placing {
        void at(Path path) throws IOException, InterruptedException;
    }

    @Test void saysAtEachAskingThatTheFileIsGoneAndTakesItAgainWhenItIsBack() throws Exception {
        Path path = Files.createFile(directory.resolve("lb.json"));
        ConfigFile file = file();
        Files.delete(path);
        control.execute(file::start);
        await().untilAsserted(() -> assertThat(lost).containsExactly("no such file"));
        control.submit(file::readNow).get();
        assertThat(lost).containsExactly("no such file", "no such file");
        Files.createFile(path);
        await().untilAsserted(() -> assertThat(changes).containsExactly(""));
    }

    @Test void aPipeWithoutAWriterHoldsNothingUp() throws Exception {
        isPassedByUntilAFileIsThere(
                path -> assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero());
    }

    @Test void aDirectoryIsNoFile() throws Exception {
        isPassedByUntilAFileIsThere(Files::createDirectory);
    }

    @Test void aLinkToItselfIsNoFile() throws Exception {
        isPassedByUntilAFileIsThere(path -> Files.createSymbolicLink(path, path));
    }
}
