package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lb.balance.Balancers;
import lb.config.file.ConfigReader;
import lb.http.Failure;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the README says is so. Its table of settings is compared in lb.config.file.SettingsTableTest. */
class ReadmeTest {
    private static final String README = read(Path.of("README.md"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
    private static final Pattern FILE = Pattern.compile("\\b(?:config|docker|\\.ci)/[\\w./-]*\\w");

    @Test void beginsWithTheTwoCommandsThatBuildItShowItAndTestIt() {
        assertThat(blocks("sh").get(0)).isEqualTo("""
                mvn -q -DskipTests package && java -jar target/lb.jar --demo
                mvn -q verify
                """);
        assertThat(README.lines().toList().indexOf("mvn -q verify")).as("on the first screen").isLessThan(15);
    }

    @TestFactory List<DynamicTest> everyJsonBlockIsAFileThatLbTakesWithoutAWord() {
        assertThat(blocks("json")).hasSizeGreaterThan(1);
        ConfigReader reader = new ConfigReader(Balancers.names(), name -> "what stands in " + name);
        return blocks("json").stream().map(block -> DynamicTest.dynamicTest(block, () -> {
            byte[] file = block.getBytes(StandardCharsets.UTF_8);
            assertThat(reader.check(file).warnings()).isEmpty();
        })).toList();
    }

    @Test void theFirstFileIsTheSmallestSample() {
        assertThat(blocks("json").get(0)).isEqualTo(read(Path.of("config/lb.json")));
    }

    @Test void listsEveryCause() {
        StringBuilder table = new StringBuilder("| cause | status | whose fault | what happened |\n"
                + "| --- | --- | --- | --- |\n");
        for (Failure failure : Failure.values()) {
            table.append("| `").append(failure.cause()).append("` | ").append(failure.status()).append(" | ")
                    .append(failure.fault().name().toLowerCase(Locale.ROOT)).append(" | ").append(failure.sentence())
                    .append(" |\n");
        }
        assertThat(between("<!-- causes -->", "<!-- /causes -->")).isEqualTo(table.toString().strip());
    }

    @Test void namesOnlyCausesThatThereAre() {
        String events = between("## What happens when things break", "<!-- causes -->");
        List<String> known = new ArrayList<>();
        for (Failure failure : Failure.values()) known.add(failure.cause() + ": " + failure.sentence());
        Matcher named = Pattern.compile("\\b(?:backend|connect|response|pool|client|request)\\.[a-z_]+: [^;`]+")
                .matcher(events);
        int count = 0;
        for (; named.find(); count++) assertThat(known).contains(named.group());
        assertThat(count).isPositive();
    }

    @Test void namesOnlyFilesThatThereAre() {
        Matcher file = FILE.matcher(README);
        List<String> missing = new ArrayList<>();
        while (file.find()) {
            if (!Files.exists(Path.of(file.group()))) missing.add(file.group());
        }
        assertThat(missing).isEmpty();
    }

    @Test void namesOnlyOptionsThatThereAre() {
        Matcher option = Pattern.compile("lb\\.jar (--[a-z-]+)").matcher(README);
        int count = 0;
        for (; option.find(); count++) assertThat(Arguments.usage()).contains(option.group(1));
        assertThat(count).isPositive();
    }

    @Test void drawsTheFloorsThatTheHouseHas() throws IOException {
        String floors = between("below.\n\n```", "```\n\nA package imports");
        for (String line : floors.strip().lines().toList()) assertThat(line).startsWith("floor ");
        try (var folders = Files.list(Path.of("src/main/java/lb"))) {
            assertThat(folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()))
                    .allSatisfy(name -> assertThat(floors).containsPattern("\\b" + name + "\\b"));
        }
    }

    private static List<String> blocks(String language) {
        List<String> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(README);
        while (block.find()) {
            if (block.group(1).equals(language)) found.add(block.group(2));
        }
        return found;
    }

    private static String between(String begin, String end) {
        assertThat(README).contains(begin, end);
        return README.substring(README.indexOf(begin) + begin.length(), README.indexOf(end)).strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
