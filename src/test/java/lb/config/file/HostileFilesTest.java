package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no text, too large, too deep, cut off or shuffled: always a problem with a place, never a crash. */
class HostileFilesTest {
    private static List<String> problems(byte[] file) {
        ConfigProblems problems = catchThrowableOfType(ConfigProblems.class, () -> Reading.check(file));
        return problems == null ? List.of() : problems.lines("lb.json");
    }

    private static List<String> problems(String file) {
        return problems(file.getBytes(StandardCharsets.UTF_8));
    }

    @Test void refusesAnEmptyFile() {
        String line = "lb.json:1:1   the file is empty; expected an object with at least \"listen\" and \"backends\"";
        assertThat(problems("")).containsExactly(line);
        assertThat(problems(" \n\t\r\n")).containsExactly(line);
    }

    @Test void refusesAByteOrderMarkAndUtf16() {
        assertThat(problems("\ufeff{}")).containsExactly(
                "lb.json:1:1   the file begins with a byte order mark; save it as UTF-8 without one");
        assertThat(problems("{}".getBytes(StandardCharsets.UTF_16))).containsExactly(
                "lb.json:1:1   the file is UTF-16; save it as UTF-8");
    }

    @Test void namesThePlaceOfAByteThatIsNotUtf8() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("{\n \"// é\": \"".getBytes(StandardCharsets.UTF_8));
        file.writeBytes("é\" }".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problems(file.toByteArray())).containsExactly(
                "lb.json:2:11  byte 0xe9 is not UTF-8; save the file as UTF-8");
        assertThat(problems(new byte[] {'{', (byte) 0xc3})).containsExactly(
                "lb.json:1:2   byte 0xc3 is not UTF-8; save the file as UTF-8");
    }

    @Test void countsLinesUpToAByteThatIsNotUtf8InEveryStyle() {
        for (String lineBreaks : new String[] {"\n\n", "\r\r", "\r\n\r\n", "\n\r"}) {
            assertThat(problems(("{" + lineBreaks + " \u00e9").getBytes(StandardCharsets.ISO_8859_1))).containsExactly(
                    "lb.json:3:2   byte 0xe9 is not UTF-8; save the file as UTF-8");
        }
    }

    @Test void countsColumnsInCharactersAndLinesInEveryStyle() {
        assertThat(problems("{ \"// äöü\": 1, \"lisen\": 2,\r\n\t\"bakends\": 3 }")).contains(
                "lb.json:1:16  lisen      unknown key; did you mean \"listen\"?",
                "lb.json:2:2   bakends    unknown key; did you mean \"backends\"?");
    }

    @Test void refusesAFileBeyond16MiB() {
        assertThat(problems(new byte[SourceText.MOST_BYTES + 1])).containsExactly(
                "lb.json:1:1   the file has 16777217 bytes; expected at most 16MiB");
    }

    @Test void refusesWhatIsTooDeep() {
        assertThat(problems("{ \"//\": " + "[".repeat(100_000))).containsExactly(
                "lb.json:1:72  [\"//\"]" + "[0]".repeat(63) + "   more than 64 objects and lists inside each other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "1e99999999999", "-1e999999999", "1e99", "1E+30",
            "123456789012345678901", "0.1e-99"})
    void refusesANumberThatWouldTakeAGigabyteToWriteOut(String number) {
        assertThat(problems("{ \"listen\": 1, \"backends\": [\"http://a\"],\n\"slowStart\": " + number + ","
                + "\n\"limits\": { \"body\": " + number + ", \"bodyRate\": " + number + " },"
                + "\n\"retry\": { \"budget\": " + number + " },"
                + "\n\"routes\": [{ \"rateLimit\": " + number + " }] }")).hasSize(5)
                .allSatisfy(line -> assertThat(line).contains(number + " does not fit; expected a "));
    }

    @Test void saysWhereAKeyOrANumberIsTooLong() {
        String tooLong = "a key or number is too long; expected at most 50000 characters of a key, 1000 of a number";
        assertThat(problems("{ \"listen\": 1,\n  \"" + "a".repeat(60_000) + "\": 1 }"))
                .singleElement().asString().startsWith("lb.json:2:").endsWith(" " + tooLong);
        assertThat(problems("{ \"listen\":\n " + "1".repeat(1001) + " }"))
                .singleElement().asString().startsWith("lb.json:2:").endsWith(" " + tooLong);
    }

    @Test void refusesHalfOfACharacter() throws Exception {
        String file = "{ \"listen\": 1, \"backends\": [\"http://a\"],\n \"routes\": [{ \"respond\": { \"body\": \"";
        assertThat(problems(file + "a\\ud83d\" } }] }")).containsExactly("lb.json:2:36  routes[0].respond.body   "
                + "has half of a character, such as \\ud83d without \\ude00 behind it");
        assertThat(problems(file + "\\ude00\\ud83d\" } }] }")).hasSize(1);
        assertThat(problems(file + "\\ud83d\\ude00\" } }] }")).isEmpty();
    }

    @Test void cutsALongKeyShortInAPath() {
        assertThat(problems("{ \"listen\": 1, \"backends\": [\"http://a\"], \"" + "a".repeat(2000) + "\": 1 }"))
                .containsExactly("lb.json:1:42  [\"" + "a".repeat(80) + "…\"]   unknown key");
    }

    @Test void stopsListingProblemsAtAThousand() {
        assertThat(problems("{ \"listen\": 1, \"backends\": [" + "5,".repeat(4999) + "5] }"))
                .hasSize(1001).last().asString().endsWith("and 4000 more problems");
    }

    @Test void saysWhyALookedUpFileIsRefused(@TempDir Path folder) throws Exception {
        Path large = Files.write(folder.resolve("large"), new byte[65537]);
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff});
        assertThat(problems("{ \"listen\": \"${file:" + large + "}\", \"backends\": [\"${file:" + binary + "}\","
                + " \"${file:" + folder + "}\"] }")).hasSize(3)
                .anySatisfy(line -> assertThat(line).endsWith("large}: longer than 64KiB"))
                .anySatisfy(line -> assertThat(line).endsWith("binary}: is not UTF-8"))
                .anySatisfy(line -> assertThat(line).endsWith("}: there is no such file"));
    }

    @Test void refusesEveryHalfOfAFile() throws Exception {
        byte[] whole = Files.readAllBytes(Path.of("config/service.json"));
        int end = new String(whole, StandardCharsets.UTF_8).stripTrailing().length();
        for (int length = 0; length < end; length++) {
            byte[] half = Arrays.copyOf(whole, length);
            assertThat(problems(half)).as("the first %d bytes", length).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pools.json", "routes.json"})
    void neverFailsOtherwiseThanWithProblems(String sample) throws Exception {
        Random random = new Random(42);
        byte[] whole = Files.readAllBytes(Path.of("config", sample));
        String signs = "{}[]\",:0159.-eE$/*\\ntruefalsenull \u0000\n";
        for (int round = 0; round < 3000; round++) {
            byte[] changed = whole.clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) signs.charAt(random.nextInt(signs.length()));
            }
            assertThat(problems(changed)).as("seed 42, round %d", round).doesNotContain("");
        }
    }
}
