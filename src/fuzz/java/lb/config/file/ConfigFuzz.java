package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lb.config.Config;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a config file. Seeds: the samples, and small files with what the samples lack. */
@Tag("fuzz")
class ConfigFuzz {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

    static Stream<byte[]> files() throws IOException {
        Stream.Builder<byte[]> files = Stream.builder();
        for (String sample : new String[] {"lb", "service", "pools", "routes"}) {
            files.add(Files.readAllBytes(Path.of("config", sample + ".json")));
        }
        for (String small : new String[] {
            "{ \"listen\": 8080, \"backends\": [\"http://a\"] }",
            "{ \"listen\": \"${env:LB_PORT}\", \"backends\": [\"http://[::1]\"], // note\n \"balance\": \"random\" }",
            "{ \"listen\": 1, \"backends\": [{ \"url\": \"http://a\", \"weight\": 0, \"state\": \"maint\" }],"
                    + " \"retry\": { \"on\": [\"503\"] }, \"limits\": { \"body\": \"1KiB\" } }",
            "{ \"listen\": 8080,\r\n\t\"bakends\": [}"
        }) {
            files.add(small.getBytes(StandardCharsets.UTF_8));
        }
        return files.build();
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "60s")
    void takesAConfigOrNamesPlacesInTheFile(byte[] file) throws ConfigProblems {
        long begin = THREADS.getCurrentThreadCpuTime();
        Config config = null;
        try {
            config = Reading.check(file).config();
        } catch (ConfigProblems problems) {
            assertThat(problems.problems()).isNotEmpty().allSatisfy(each -> assertInside(file, each));
        }
        assertThat(THREADS.getCurrentThreadCpuTime() - begin).as("nanoseconds").isLessThan(MOST_NANOS);
        if (config != null) assertReadsBack(config);
    }

    private static void assertReadsBack(Config config) throws ConfigProblems {
        String printed = ConfigPrinter.print(config);
        // what is hidden cannot come back
        if (printed.contains(Secrets.HIDDEN)) return;
        assertThat(Reading.read(printed)).isEqualTo(config);
    }

    /** A line ends with CR, LF or both; a place may be right behind its last character. */
    private static void assertInside(byte[] file, Problem problem) {
        String[] lines = new String(file, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1);
        assertThat(problem.line()).as("line of %s", problem).isBetween(1, lines.length);
        assertThat(problem.column()).as("column of %s", problem).isBetween(1, lines[problem.line() - 1].length() + 1);
    }
}
