package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import lb.config.Config;
import lb.config.LogConfig;
import org.junit.jupiter.api.Test;

/** What the command line says in place of the config. */
class ConfigSourceTest {
    private static final String FILE = """
            { "listen": 8080, "backends": ["http://127.0.0.1:1"], "admin": "127.0.0.1:9902",
              "log": { "format": "json", "level": "warn" } }
            """;

    @Test void leavesAloneWhatTheCommandLineDoesNotSay() throws Exception {
        Config config = read();
        assertThat(config.log()).isEqualTo(new LogConfig(LogConfig.Format.JSON, LogConfig.Level.WARN));
        assertThat(config.admin().listen()).hasToString("127.0.0.1:9902");
    }

    @Test void overridesEachByItself() throws Exception {
        assertThat(read("--log", "TEXT").log())
                .isEqualTo(new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.WARN));
        assertThat(read("--log-level", "debug").log())
                .isEqualTo(new LogConfig(LogConfig.Format.JSON, LogConfig.Level.DEBUG));
        assertThat(read("--admin", "127.0.0.1:9903").admin().listen()).hasToString("127.0.0.1:9903");
        assertThat(read("--admin", "off").admin()).isNull();
    }

    @Test void saysWhichOptionIsWrong() {
        assertRefused("--log: \"xml\" does not fit", "--log", "xml");
        assertRefused("--log-level: \"loud\" does not fit", "--log-level", "loud");
        assertRefused("--admin: \"nonsense\" does not fit", "--admin", "nonsense");
        assertRefused("--admin: ", "--admin", "10.0.0.1:9901");
    }

    private static void assertRefused(String message, String option, String value) {
        assertThatThrownBy(() -> read(option, value)).isInstanceOf(WrongCommandLine.class)
                .hasMessageStartingWith(message);
    }

    private static Config read(String... options) throws Exception {
        String[] line = new String[options.length + 2];
        line[0] = "-c";
        line[1] = "lb.json";
        System.arraycopy(options, 0, line, 2, options.length);
        return new ConfigSource(Arguments.parse(line)).check(FILE.getBytes(StandardCharsets.UTF_8)).config();
    }
}
