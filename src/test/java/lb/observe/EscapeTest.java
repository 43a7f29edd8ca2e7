package lb.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EscapeTest {
    private static final Map<Integer, String> TEXT = Map.ofEntries(
            Map.entry(0x00, "\\x00"), Map.entry(0x09, "\\x09"), Map.entry(0x0a, "\\x0A"), Map.entry(0x0d, "\\x0D"),
            Map.entry(0x1b, "\\x1B"), Map.entry(0x1f, "\\x1F"), Map.entry(0x20, " "), Map.entry(0x22, "\\x22"),
            Map.entry(0x2f, "/"), Map.entry(0x5c, "\\x5C"), Map.entry(0x7e, "~"), Map.entry(0x7f, "\\x7F"),
            Map.entry(0x80, "\\x80"), Map.entry(0x9b, "\\x9B"), Map.entry(0xe9, "\\xE9"), Map.entry(0xff, "\\xFF"));

    @Test void writesTextAsNginxDoes() {
        TEXT.forEach((octet, expected) -> assertThat(written(Escape.TEXT, octet)).isEqualTo(expected));
    }

    @Test void writesJsonAsItsGrammarWants() {
        assertThat(written(Escape.JSON, '"')).isEqualTo("\\\"");
        assertThat(written(Escape.JSON, '\\')).isEqualTo("\\\\");
        assertThat(written(Escape.JSON, 0x1b)).isEqualTo("\\" + "u001b");
        assertThat(written(Escape.JSON, 0xe9)).isEqualTo("\\" + "u00e9");
        assertThat(written(Escape.JSON, '/')).isEqualTo("/");
    }

    @Test void leavesNothingButPlainAsciiInEitherForm() {
        for (Escape escape : Escape.values()) {
            for (int octet = 0; octet < 256; octet++) {
                String written = written(escape, octet);
                assertThat(written).matches("[ -~]+");
                if (written.length() == 1) assertThat(written).isNotIn("\"", "\\").isEqualTo("" + (char) octet);
            }
        }
    }

    private static String written(Escape escape, int octet) {
        byte[] instead = escape.of((byte) octet);
        return instead == null ? "" + (char) octet : new String(instead, StandardCharsets.US_ASCII);
    }
}
