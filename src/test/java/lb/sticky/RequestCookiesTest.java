package lb.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.StringJoiner;
import lb.http.Head;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestCookiesTest {
    private static String values(String... cookies) {
        Head request = StickyFixture.request(cookies);
        RequestCookies found = new RequestCookies(request, "SID");
        StringJoiner text = new StringJoiner("|");
        while (found.next()) text.add(request.text(found.start(), found.end()));
        assertThat(found.next()).as("after the end").isFalse();
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "SID=1, 1",
        "SID=1;SID=2, 1|2",
        "a=1; SID=2; b=3, 2",
        "a=1;\tSID=2 ;b=3, 2",
        "SID=a=b, a=b",
        "SID=\"x\", \"x\"",
        "SID=; SID=1, |1",
        "xSID=1; SIDx=2; sid=3; SID=4, 4",
        "SID; SID =1; =SID; ;; SID=4;, 4",
        "SID, ``",
        "``, ``"})
    void findsEveryValueOfTheName(String line, String expected) {
        assertThat(values(line)).isEqualTo(expected);
        assertThat(values("", line, "b=2")).isEqualTo(expected);
    }

    @Test void goesThroughAllLines() {
        assertThat(values("SID=1; a=2", "b=3", "SID=4", "c=5; SID=6")).isEqualTo("1|4|6");
        assertThat(values()).isEmpty();
    }

    @Test void looksAtEightOfThem() {
        assertThat(values("SID=x; ".repeat(100))).isEqualTo("x" + "|x".repeat(7));
    }
}
