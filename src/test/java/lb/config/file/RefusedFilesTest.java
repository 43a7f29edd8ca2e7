package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case of {@code refused.txt}: what stands in the file, and every line that the operator reads about it. */
class RefusedFilesTest {
    /** What is refused, and the lines about it. */
    record Case(String title, String file, List<String> lines) {}

    static Stream<Arguments> cases() {
        return all().stream().map(each -> Arguments.of(Named.of(each.title(), each)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void namesEveryProblemWithItsPlace(Case refused) {
        ConfigProblems problems =
                catchThrowableOfType(ConfigProblems.class, () -> Reading.read(refused.file()));

        assertThat(problems).as("was accepted: %s", refused.file()).isNotNull();
        assertThat(problems.lines("lb.json")).containsExactlyElementsOf(refused.lines());
    }

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (String block : text().split("\n\n")) {
            List<String> lines = block.lines().toList();
            List<String> expected = lines.stream().filter(l -> l.startsWith("> ")).map(l -> l.substring(2)).toList();
            String file = String.join("\n", lines.subList(1, lines.size() - expected.size()));
            cases.add(new Case(lines.get(0).substring(2), file.startsWith("\"") ? around(file) : file, expected));
        }
        return cases;
    }

    /** Members alone are put on line 2 of an otherwise good file. */
    private static String around(String members) {
        return "{ \"listen\": 8080, \"backends\": [\"http://127.0.0.1:9001\"],\n" + members + " }";
    }

    private static String text() {
        try (InputStream in = RefusedFilesTest.class.getResourceAsStream("refused.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
