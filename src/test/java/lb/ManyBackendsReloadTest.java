package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import lb.config.Config;
import lb.config.ConfigChanges;
import lb.config.file.ConfigReader;
import lb.testkit.LeakWatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long a reload holds the control thread up when a pool has 10,000 backends: from the bytes of the file to the
 * running topology. {@code mvn -Psoak test -Dsoak=ManyBackendsReloadTest}
 */
@Tag("soak")
@ExtendWith(LeakWatch.class)
class ManyBackendsReloadTest {
    private static final int BACKENDS = 10_000;
    private static final int ROUNDS = 15;
    /** Until the code is compiled. */
    private static final int WARM = 5;
    private static final Duration MOST = Duration.ofMillis(200);

    private final ConfigSource source = source();
    private Daemon daemon;

    private static ConfigSource source() {
        try {
            return new ConfigSource(Arguments.parse("--config", "lb.json"));
        } catch (WrongCommandLine e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach void stop() {
        daemon.close();
    }

    @Test void aReloadOfTenThousandBackendsTakesNoLongerThanTwoHundredMilliseconds() throws Exception {
        daemon = Daemon.start(source.check(file(0, 0, "")).config(), null, 2);
        Map<String, byte[]> edits = new LinkedHashMap<>();
        edits.put("all weights", file(1, 0, ""));
        edits.put("a hundred less", file(1, 100, ""));
        edits.put("a hundred more", file(1, 0, ""));
        edits.put("leastRequests", file(1, 0, ", 'balance': 'leastRequests'"));
        edits.put("random", file(1, 0, ", 'balance': 'random'"));
        edits.put("hash", file(1, 0, ", 'balance': { 'hash': 'path' }"));
        edits.put("timeouts", file(1, 0, ", 'timeouts': { 'response': '5s' }"));
        edits.put("back again", file(0, 0, ""));
        Map<String, long[]> took = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, byte[]> edit : edits.entrySet()) {
                long nanos = daemon.control().submit(() -> reload(edit.getValue())).get();
                took.computeIfAbsent(edit.getKey(), any -> new long[ROUNDS])[round] = nanos / 1_000_000;
            }
        }
        took.forEach((edit, millis) ->
                System.out.printf("10,000 backends, %s: ms %s%n", edit, Arrays.toString(millis)));
        assertThat(took).allSatisfy((edit, millis) ->
                assertThat(median(Arrays.copyOfRange(millis, WARM, ROUNDS))).as(edit).isLessThan(MOST.toMillis()));
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** As a changed file is taken. @return how many nanoseconds it took */
    private long reload(byte[] bytes) throws Exception {
        long begun = System.nanoTime();
        ConfigReader.Checked checked = source.check(bytes);
        Config before = daemon.topology().config();
        ConfigChanges changes = ConfigChanges.between(before, checked.config());
        daemon.reload(checked.config());
        assertThat(changes.lines()).isNotEmpty();
        return System.nanoTime() - begun;
    }

    /** @param less backends than all @param more members of the root, with single quotes */
    private static byte[] file(int shift, int less, String more) {
        StringBuilder text = new StringBuilder("{'listen': '127.0.0.1:0', 'admin': false, 'health': false")
                .append(more).append(", 'backends': [");
        for (int i = less; i < BACKENDS; i++) {
            text.append(i == less ? "" : ",\n").append("{'url': 'http://10.").append(i >> 16).append('.')
                    .append(i >> 8 & 255).append('.').append(i & 255).append(":8080', 'weight': ")
                    .append(1 + (i + shift) % 5).append('}');
        }
        return text.append("]}").toString().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
