package lb.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTargetTest {
    @TempDir private Path folder;
    private Path file;
    private long nanos;
    private FileTarget target;

    @BeforeEach void open() throws IOException {
        file = folder.resolve("access.txt");
        target = new FileTarget(file, () -> nanos);
    }

    @AfterEach void close() {
        target.close();
    }

    @Test void opensAMovedFileAgainAfterASecond() throws IOException {
        write("a\n");
        Path moved = Files.move(file, folder.resolve("access.txt.1"));
        nanos += TimeUnit.MILLISECONDS.toNanos(999);
        write("b\n");
        assertThat(file).doesNotExist();
        nanos += TimeUnit.MILLISECONDS.toNanos(1);
        write("c\n");
        assertThat(moved).hasContent("a\nb\n");
        assertThat(file).hasContent("c\n");
    }

    @Test void goesOverToAFileThatSomebodyElseCreated() throws IOException {
        write("a\n");
        Files.move(file, folder.resolve("access.txt.1"));
        Files.createFile(file);
        nanos += TimeUnit.SECONDS.toNanos(1);
        write("b\n");
        assertThat(file).hasContent("b\n");
    }

    @Test void goesOnAtTheEndOfAFileThatWasCut() throws IOException {
        write("a\n");
        Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING).close();
        nanos += TimeUnit.SECONDS.toNanos(1);
        write("b\n");
        assertThat(file).hasContent("b\n");
    }

    @Test void goesOnWithTheMovedFileWhileThePathCannotBeOpened() throws IOException {
        Path away = folder.resolve("away");
        Path inside = Files.createDirectory(folder.resolve("inside")).resolve("access.txt");
        FileTarget other = new FileTarget(inside, () -> nanos);
        Files.move(folder.resolve("inside"), away);
        nanos += TimeUnit.SECONDS.toNanos(1);
        other.write("a\n".getBytes(StandardCharsets.US_ASCII), 0, 2);
        assertThat(away.resolve("access.txt")).hasContent("a\n");
        Files.createDirectory(folder.resolve("inside"));
        nanos += TimeUnit.SECONDS.toNanos(1);
        other.write("b\n".getBytes(StandardCharsets.US_ASCII), 0, 2);
        other.close();
        assertThat(inside).hasContent("b\n");
    }

    @Test void opensAPipeThatNobodyReadsAndSaysWhatIsLost() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        FileTarget other = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> new FileTarget(pipe, () -> nanos));
        assertThatThrownBy(() -> other.write(new byte[] {'a', '\n'}, 0, 2)).hasMessageContaining("Broken pipe");
        try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw")) {
            other.write(new byte[] {'b', '\n'}, 0, 2);
            assertThat(reader.readLine()).isEqualTo("b");
        }
        other.close();
    }

    private void write(String line) throws IOException {
        target.write(line.getBytes(StandardCharsets.US_ASCII), 0, line.length());
    }
}
