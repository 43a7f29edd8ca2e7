package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({"wieght,weight", "Weight,weight", "weigth,weight", "stat,state", "url,url", "ulr,url", "uri,url",
            "x,", "colour,", "weightedRoundRobin,", "statement,"})
    void suggestsWhatIsNearAndNothingElse(String written, String meant) {
        assertThat(Nearest.of(written, List.of("url", "id", "weight", "state"))).isEqualTo(meant);
    }
}
