package lb.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DemoReportTest {
    private final DemoReport report = new DemoReport(List.of("swift", "steady"));

    @Test void isOneTableWithARowForEachBackendAndTheirSum() {
        answered("swift", 2, 3);
        answered("steady", 20, 1);
        assertThat(report.table(Map.of("steady", 4L)).replace("\r", "")).isEqualTo("""
                backend    requests     share    errors        p50        p99
                swift             3    75.0 %         0     2.1 ms     2.1 ms
                steady            1    25.0 %         4    20.1 ms    20.1 ms
                total             4   100.0 %         4     2.1 ms    20.1 ms
                failed for clients: 0
                """);
        assertThat(report.requests()).isEqualTo(4);
        assertThat(report.failed()).isZero();
    }

    @Test void givesARowToABackendThatAnsweredNothing() {
        assertThat(report.table(Map.of("swift", 7L)).lines())
                .contains("swift             0     0.0 %         7     0.0 ms     0.0 ms");
    }

    @Test void saysHowManyClientsSawAnErrorAndWhatTheFirstOfThemSaw() {
        report.failed("status 502, 502 Bad Gateway");
        report.failed("no answer within 10 s");
        assertThat(report.failed()).isEqualTo(2);
        assertThat(report.table(Map.of())).contains("failed for clients: 2 (the first: status 502, 502 Bad Gateway)");
    }

    @Test void countsAnAnswerOfSomebodyElseAsAFailure() {
        report.answered("nginx", 1);
        report.answered(null, 1);
        assertThat(report.failed()).isEqualTo(2);
        assertThat(report.requests()).isZero();
    }

    private void answered(String backend, int millis, int times) {
        for (int i = 0; i < times; i++) report.answered(backend, TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
