package lb.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import lb.config.BackendConfig;
import lb.config.SuccessRateConfig;
import lb.pool.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RateOutlierTest {
    /** @param attempts {@code good/all} of each backend a, b, c … */
    private static RateOutlier.Found worst(String attempts) {
        List<Ejectable> backends = new ArrayList<>();
        for (String each : attempts.split(" ")) {
            String id = "" + (char) ('a' + backends.size());
            Ejectable backend = new Ejectable(
                    new Backend(new BackendConfig(id, "10.0.0.1", 80, 1, BackendConfig.State.READY), () -> 0));
            long good = Long.parseLong(each.split("/")[0]);
            backend.window().step(good, Long.parseLong(each.split("/")[1]) - good);
            backends.add(backend);
        }
        return RateOutlier.worst(backends, SuccessRateConfig.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "99/100 100/100 40/100, c",
        "80/100 100/100, a",
        "81/100 100/100, -",
        "55/100 60/100 50/100, -",
        "0/100 0/100 0/100, -",
        "0/100, -",
        "0/99 100/100 100/100, -",
        "0/100 9/9, -",
        "1000/1000 500/1000 300/1000, c",
        "100/100 100/100 100/100 100/100 79/100, e"})
    void findsWhoIsFarBelowTheOthers(String attempts, String found) {
        RateOutlier.Found worst = worst(attempts);
        assertThat(worst == null ? null : worst.backend().backend().id()).isEqualTo(found);
    }

    @Test void saysTheMeanOfTheOthersWhoWereAskedEnough() {
        assertThat(worst("90/100 100/100 10/100 0/7").mean()).isEqualTo(0.95, offset(1e-9));
    }
}
