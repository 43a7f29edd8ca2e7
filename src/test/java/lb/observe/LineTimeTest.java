package lb.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LineTimeTest {
    private long now;
    private final LineTime time = new LineTime(() -> now);

    @Test void followsTheClockWithinASecondAndOverIt() {
        assertThat(at("2026-11-22T13:51:05.007Z")).isEqualTo("2026-11-22T13:51:05.007Z 22/Nov/2026:13:51:05 +0000");
        assertThat(at("2026-11-22T13:51:05.999Z")).isEqualTo("2026-11-22T13:51:05.999Z 22/Nov/2026:13:51:05 +0000");
        assertThat(at("2027-01-01T00:00:00.000Z")).isEqualTo("2027-01-01T00:00:00.000Z 01/Jan/2027:00:00:00 +0000");
    }

    @Test void followsAClockThatIsSetBack() {
        at("2026-11-22T13:51:05.007Z");
        assertThat(at("2026-11-22T12:00:00.100Z")).startsWith("2026-11-22T12:00:00.100Z");
    }

    private String at(String instant) {
        now = Instant.parse(instant).toEpochMilli();
        Line line = new Line();
        time.iso(line);
        line.add(' ');
        time.common(line);
        return line.toString();
    }
}
