package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lb.config.Config;
import org.junit.jupiter.api.Test;

/** Reading takes time in proportion to the file: a reload must not keep the control thread from its probes. */
class LargeFilesTest {
    private static final int ROUNDS = 15;
    /** Warm, the best round takes about 10 ms on a 2-core machine, a middling one 50 ms when it is busy. */
    private static final long MOST_MILLIS = 200;

    @Test void readsTenThousandBackendsWithinATick() throws ConfigProblems {
        String backends = IntStream.range(0, 10_000).mapToObj(i -> "    { \"url\": \"http://10." + i / 65536 + "."
                + i / 256 % 256 + "." + i % 256 + ":8080\", \"weight\": " + (1 + i % 5) + " }")
                .collect(Collectors.joining(",\n"));
        Config config = readWithinATick("{ \"listen\": 8080,\n  \"backends\": [\n" + backends + "\n] }");
        assertThat(config.pools().get("default").backends()).hasSize(10_000);
    }

    @Test void readsAThousandListenersAndPoolsWithinATick() throws ConfigProblems {
        String listeners = IntStream.range(0, 1000).mapToObj(i -> "\"l" + i + "\": { \"listen\": " + (10_000 + i)
                + ", \"pool\": \"p" + i + "\" }").collect(Collectors.joining(",\n"));
        String pools = IntStream.range(0, 1000).mapToObj(i -> "\"p" + i + "\": { \"backends\": [\"http://10.0.0.1:"
                + (1 + i) + "\", \"http://10.0.0.2\"], \"health\": \"/healthz\" }").collect(Collectors.joining(",\n"));
        Config config = readWithinATick("{ \"listeners\": {" + listeners + "},\n\"pools\": {" + pools + "} }");
        assertThat(config.listeners()).hasSize(1000);
        assertThat(config.pools()).hasSize(1000);
    }

    private static Config readWithinATick(String file) throws ConfigProblems {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        long least = Long.MAX_VALUE;
        Config config = null;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            config = Reading.check(bytes).config();
            least = Math.min(least, System.nanoTime() - begin);
        }
        assertThat(least / 1_000_000).as("ms, best of %d", ROUNDS).isLessThan(MOST_MILLIS);
        return config;
    }
}
