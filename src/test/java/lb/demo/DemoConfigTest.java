package lb.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lb.config.BackendConfig;
import lb.config.Config;
import lb.config.file.ConfigReader;
import org.junit.jupiter.api.Test;

class DemoConfigTest {
    private static final Map<String, Integer> BACKENDS = new LinkedHashMap<>();

    static {
        BACKENDS.put("swift", 9001);
        BACKENDS.put("moody", 9005);
    }

    @Test void isAFileThatLbReadsWithoutAProblem() throws Exception {
        ConfigReader.Checked checked = read(true);
        assertThat(checked.warnings()).isEmpty();
        Config config = checked.config();
        assertThat(config.listeners().get("default").listen()).hasToString("127.0.0.1:8081");
        assertThat(config.admin().listen()).hasToString("127.0.0.1:9902");
        List<BackendConfig> backends = config.pools().get("default").backends();
        assertThat(backends).extracting(BackendConfig::id).containsExactly("swift", "moody");
        assertThat(backends).extracting(BackendConfig::authority).containsExactly("127.0.0.1:9001", "127.0.0.1:9005");
        assertThat(config.pools().get("default").health().path()).isEqualTo("/healthz");
    }

    @Test void logsAFewExchangesOrNone() throws Exception {
        assertThat(read(true).config().accessLog().sample()).isEqualTo(0.02);
        assertThat(read(false).config().accessLog()).isNull();
    }

    private static ConfigReader.Checked read(boolean accessLog) throws Exception {
        byte[] file = DemoConfig.json(8081, 9902, BACKENDS, accessLog).getBytes(StandardCharsets.UTF_8);
        return new ConfigReader(Set.of("weightedRoundRobin"), name -> null).check(file);
    }
}
