package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Faults of the parser that were found; everything else it does stands in the vectors. */
class HeadParserTest {
    @Test void turnsJunkBehindAnEmptyLineAwayAtItsFirstByteInOneReadToo() {
        String junk = "\r\n\u0016\u0003\u0001";
        assertThat(read(junk, Transcript.WHOLE)).isEqualTo("!REQUEST_LINE");
        assertThat(read(junk, Transcript.every(1))).isEqualTo("!REQUEST_LINE");
    }

    @Test void aTooLongStartLineIsTooLongHoweverItArrives() {
        String long8282 = "A".repeat(80) + " /" + "a".repeat(8180) + " HTTP/1.1\r\nHost: a\r\n\r\n";
        assertThat(read(long8282, Transcript.WHOLE)).isEqualTo("!REQUEST_TARGET_LIMIT");
        assertThat(read(long8282, Transcript.every(1))).isEqualTo("!REQUEST_TARGET_LIMIT");
    }

    @Test void aTooLongStartLineIsTooLongWithABareLineFeedToo() {
        String long8400 = "A /" + "a".repeat(8396) + "\n";
        assertThat(read(long8400, Transcript.WHOLE)).isEqualTo("!REQUEST_TARGET_LIMIT");
        assertThat(read(long8400, Transcript.every(1))).isEqualTo("!REQUEST_TARGET_LIMIT");
    }

    private static String read(String request, Transcript.Cut cut) {
        return Transcript.ofRequest(request.getBytes(StandardCharsets.ISO_8859_1), Transcript.LIMITS, cut);
    }
}
