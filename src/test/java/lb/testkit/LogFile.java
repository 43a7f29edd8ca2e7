package lb.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;

/** A file that lb writes lines to, such as the access log. Any thread. */
public record LogFile(Path path) {

    /** Those written so far, the last perhaps not whole. */
    public List<String> lines() {
        try {
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The first line with this text in it, when it is there. */
    public String await(String text) {
        var awaited = Awaitility.await("a line with " + text).pollInterval(Duration.ofMillis(10));
        return awaited.atMost(Duration.ofSeconds(5)).until(
                () -> lines().stream().filter(line -> line.contains(text)).findFirst().orElse(null),
                Objects::nonNull);
    }
}
