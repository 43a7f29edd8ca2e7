package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import lb.config.BackendConfig;
import lb.config.Config;
import lb.config.PreferenceConfig;
import org.junit.jupiter.api.Test;

/** Priorities and zones as they stand in a file. */
class PreferenceFilesTest {
    private static void warns(String root, String backend, String warning) throws ConfigProblems {
        assertThat(Reading.warnings("{ \"listen\": 1, " + root + "\n\"backends\": [{ \"url\": \"http://a\", " + backend
                + " }] }")).containsExactly("lb.json:2:1   backends   " + warning);
    }

    @Test void readsWhoComesBeforeWhom() throws ConfigProblems {
        Config config = Reading.read("{ \"listen\": 1, \"backends\": [\"http://a\", { \"url\": \"http://b\","
                + " \"priority\": 2, \"zone\": \"eu-1a\" }, { \"url\": \"http://c\", \"backup\": true } ] }");
        assertThat(config.pools().get("default").backends()).extracting(BackendConfig::priority)
                .containsExactly(0, 2, BackendConfig.BACKUP);
        assertThat(config.pools().get("default").backends()).extracting(BackendConfig::zone)
                .containsExactly(null, "eu-1a", null);
    }

    @Test void takesTheZoneFromTheRootUnlessAPoolSaysOtherwise() throws ConfigProblems {
        Config config = Reading.read("""
                { "zone": "a", "enoughEligible": "50%", "listen": 1, "backends": [{ "url": "http://x", "zone": "a" }],
                  "pools": { "p": { "zone": false, "backends": ["http://x"] },
                             "q": { "enoughEligible": false, "backends": ["http://x"] } } }""");
        assertThat(config.pools().get("default").preference()).isEqualTo(new PreferenceConfig("a", 0.5));
        assertThat(config.pools().get("p").preference()).isEqualTo(new PreferenceConfig(null, 0.5));
        assertThat(config.pools().get("q").preference()).isEqualTo(new PreferenceConfig("a", 0));
    }

    @Test void takesItsZoneFromTheEnvironment() throws ConfigProblems {
        String file = "{ \"listen\": 1, \"backends\": [\"http://a\"], \"zone\": \"${env:ZONE}\" }";
        Config config = new ConfigReader(Set.of("weightedRoundRobin"), name -> name.equals("ZONE") ? "eu-1b" : null)
                .read(file.getBytes(StandardCharsets.UTF_8));
        assertThat(config.pools().get("default").preference().zone()).isEqualTo("eu-1b");
    }

    @Test void warnsOfAPreferenceForNobody() throws ConfigProblems {
        warns("", "\"backup\": true", "every backend is a backup: they are as good as none");
        warns("", "\"priority\": 3", "every backend has priority 3: none comes before another");
        warns("", "\"zone\": \"a\"",
                "the zones of its backends have no effect: \"zone\" at the root does not say where lb stands");
        warns("\"zone\": \"eu-1b\",", "\"zone\": \"eu-1a\"",
                "no backend is in lb's own zone \"eu-1b\"; did you mean \"eu-1a\"?");
    }
}
