package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsTableTest {
    private static final Path README = Path.of("README.md");

    @Test void hasARowForEveryKeyOfTheRootAndInside() {
        assertThat(SettingsTable.markdown().lines())
                .contains("| `timeouts.connect` | `\"3s\"` | A connection to a backend. |",
                        "| `retry.on` | `[\"connect\", \"reset\"]` | " + description("retryObject", "on") + " |",
                        "| `backends[].weight` | `1` | " + description("backend", "weight") + " |",
                        "| `listeners.*.pool` | `\"default\"` | " + description("listenerObject", "pool") + " |")
                .anyMatch(row -> row.startsWith("| `health.expect.status` | `\"200-399\"` |"))
                .anyMatch(row -> row.startsWith("| `pools` | – |"))
                .noneMatch(row -> row.contains("pools.*."))
                .allMatch(row -> row.startsWith("| ") && row.endsWith(" |"));
    }

    private static String description(String definition, String key) {
        return Schema.DOCUMENT.at("/$defs/" + definition + "/properties/" + key + "/description").asText();
    }

    @Test void standsInTheReadme() throws Exception {
        String readme = Files.readString(README);
        int begin = readme.indexOf(SettingsTable.BEGIN);
        int end = readme.indexOf(SettingsTable.END);
        assertThat(begin).as("marks").isNotNegative().isLessThan(end);
        assertThat(readme.substring(begin + SettingsTable.BEGIN.length(), end).strip())
                .as("run lb.config.file.SettingsTable and put its output between the marks")
                .isEqualTo(SettingsTable.markdown().strip());
    }
}
