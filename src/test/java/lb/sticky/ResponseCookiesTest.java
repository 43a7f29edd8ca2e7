package lb.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.StringJoiner;
import lb.http.FieldName;
import lb.http.Head;
import lb.http.Received;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseCookiesTest {
    private static String values(Head response) {
        ResponseCookies found = new ResponseCookies(response, "SID");
        StringJoiner text = new StringJoiner("|");
        while (found.next()) text.add(response.text(found.start(), found.end()));
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "SID=1, 1",
        "SID=1; Path=/; HttpOnly, 1",
        "SID = 1 ;Path=/, 1",
        "SID=\"1\", \"1\"",
        "SID=1; Max-Age=60, 1",
        "SID=1; max-age = 007, 1",
        "SID=1; Max-Age=0; Max-Age=5, 1",
        "SID=1; xMax-Age=0, 1",
        "sid=1, ``",
        "SIDE=1, ``",
        "SID, ``",
        "a=SID=1, ``",
        "a=1; SID=1, ``",
        "SID=, ``",
        "SID=; Path=/, ``",
        "SID=\"\"; Path=/, ``",
        "SID=1; Max-Age=0, ``",
        "SID=1; MAX-AGE=00; Path=/, ``",
        "SID=1; Path=/; Max-Age=-1, ``",
        "SID=1;Max-Age=5;Max-Age=0, ``"})
    void findsWhatIsSetAndNotWhatIsDeleted(String line, String expected) {
        assertThat(values(Received.responseHead("HTTP/1.1 200 OK", "Set-Cookie: " + line))).isEqualTo(expected);
    }

    @Test void goesThroughAllLinesThatAreLeft() {
        Head response = Received.responseHead("HTTP/1.1 200 OK", "Set-Cookie: SID=1", "Set-Cookie: a=2",
                "Set-Cookie: SID=; Max-Age=0", "Set-Cookie: SID=3");
        assertThat(values(response)).isEqualTo("1|3");
        response.remove(response.find(FieldName.SET_COOKIE, 0));
        assertThat(values(response)).isEqualTo("3");
        assertThat(values(Received.responseHead("HTTP/1.1 200 OK", "A: b"))).isEmpty();
    }
}
