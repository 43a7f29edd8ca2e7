package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeadTest {
    private static final String[] LINES = {"GET /p HTTP/1.1", "A: 1", "Host: a", "B: 2", "Via: x", "via: y", "C:"};

    private final Head head = Received.requestHead(LINES);

    @Test void findsLinesByNameInOrder() {
        int first = head.find(FieldName.VIA, 0);
        assertThat(first).isEqualTo(3);
        assertThat(head.find(FieldName.VIA, first + 1)).isEqualTo(4);
        assertThat(head.find(FieldName.VIA, 5)).isEqualTo(-1);
        assertThat(head.find(FieldName.DATE, 0)).isEqualTo(-1);
        assertThat(head.find(FieldName.OTHER, 1)).isEqualTo(2);
    }

    @Test void knowsWhichNamesItHas() {
        assertThat(head.has(FieldName.VIA)).isTrue();
        assertThat(head.has(FieldName.OTHER)).isTrue();
        assertThat(head.has(FieldName.DATE)).isFalse();
        assertThat(head.has(FieldName.UNDERSCORED)).isFalse();
        assertThat(head.count()).isEqualTo(6);
    }

    @Test void givesNamesAndValuesAsSent() {
        assertThat(head.nameText(4)).isEqualTo("via");
        assertThat(head.value(4)).isEqualTo("y");
        assertThat(head.value(5)).isEmpty();
        assertThat(head.value(FieldName.VIA)).isEqualTo("x");
        assertThat(head.value(FieldName.DATE)).isNull();
        assertThat(Received.requestHead("GET / HTTP/1.0", "A: \t a \t b\t ").value(0)).isEqualTo("a \t b");
        assertThat(Received.requestHead("GET / HTTP/1.0", "A: \u00e9").value(0)).isEqualTo("\u00e9");
    }

    @Test void knowsItsStartLine() {
        assertThat(head.method()).isEqualTo("GET");
        assertThat(head.methodIs("GET")).isTrue();
        assertThat(head.methodIs("get")).isFalse();
        assertThat(head.methodIs("GETS")).isFalse();
        assertThat(head.target()).isEqualTo("/p");
        assertThat(head.targetIs("/p")).isTrue();
        assertThat(head.targetIs("/P")).isFalse();
        assertThat(head.minor()).isOne();
        assertThat(head.valueIs(3, "x")).isTrue();
    }

    @Test void writesWhatItReceivedWhenNothingWasEdited() {
        assertThat(request(head)).isEqualTo(lines(LINES));
    }

    @Test void writesWithoutTheFirstLine() {
        head.remove(0);
        assertThat(request(head)).isEqualTo(lines("GET /p HTTP/1.1", "Host: a", "B: 2", "Via: x", "via: y", "C:"));
    }

    @Test void writesWithoutTheLastLine() {
        head.remove(5);
        assertThat(request(head)).isEqualTo(lines("GET /p HTTP/1.1", "A: 1", "Host: a", "B: 2", "Via: x", "via: y"));
    }

    @Test void writesWithoutAMiddleLine() {
        head.remove(2);
        assertThat(request(head)).isEqualTo(lines("GET /p HTTP/1.1", "A: 1", "Host: a", "Via: x", "via: y", "C:"));
    }

    @Test void writesEveryChoiceOfRemovedLines() {
        for (int mask = 0; mask < 1 << 6; mask++) {
            StringBuilder expected = new StringBuilder("GET /p HTTP/1.1\r\n");
            for (int line = 0; line < 6; line++) {
                if ((mask & 1 << line) != 0) head.remove(line);
                else expected.append(LINES[line + 1]).append("\r\n");
            }
            assertThat(request(head)).isEqualTo(expected + "\r\n");
            head.append(ascii("D: 4\r\n"));
            assertThat(request(head)).isEqualTo(expected + "D: 4\r\n\r\n");
            head.unedit();
        }
    }

    @Test void removesEveryLineOfAName() {
        head.removeAll(FieldName.VIA);
        head.removeAll(FieldName.DATE);
        assertThat(request(head)).isEqualTo(lines("GET /p HTTP/1.1", "A: 1", "Host: a", "B: 2", "C:"));
        assertThat(head.removed(3)).isTrue();
        assertThat(head.removed(2)).isFalse();
    }

    @Test void removingALineTwiceRemovesItOnce() {
        head.remove(1);
        head.remove(1);
        head.unedit();
        assertThat(request(head)).isEqualTo(lines(LINES));
    }

    @Test void appendsLinesAndPiecesOfLines() {
        head.append(ascii("X: "));
        head.append(ascii("_piece_"), 1, 6);
        head.append(ascii(" "));
        head.appendOwn(head.valueStart(3), head.valueEnd(3));
        head.append(0L);
        head.append(12L);
        head.append(Long.MAX_VALUE);
        head.append(ascii("\r\n"));
        assertThat(request(head)).endsWith("C:\r\nX: piece x0129223372036854775807\r\n\r\n");
    }

    @Test void takesAllEditsBackAtOnce() {
        head.removeAll(FieldName.VIA);
        head.append(ascii("X: ".repeat(2000) + "\r\n"));
        head.unedit();
        assertThat(request(head)).isEqualTo(lines(LINES));
    }

    @Test void growsWithoutLosingItsOwnBytes() {
        for (int i = 0; i < 300; i++) {
            head.append(ascii("X: "));
            head.appendOwn(head.hostStart(), head.hostEnd());
            head.append(ascii("\r\n"));
        }
        assertThat(request(head)).isEqualTo(lines(LINES).replace("C:\r\n", "C:\r\n" + "X: a\r\n".repeat(300)));
    }

    @Test void promisesTheRoomThatItNeeds() {
        for (String target : new String[] {"/", "http://b", "http://b?q", "http://b/c"}) {
            Head request = Received.requestHead("GET " + target + " HTTP/1.1", "Host: a");
            request.append(ascii("X: y\r\n"));
            assertThat(request(request).length()).isLessThanOrEqualTo(request.size());
        }
        Head response = Received.responseHead("HTTP/1.0 200", "A: b");
        assertThat(response(response).length()).isLessThanOrEqualTo(response.size());
    }

    @Test void writesAResponseInOurVersion() {
        assertThat(response(Received.responseHead("HTTP/1.0 404 Not so", "A: b")))
                .isEqualTo("HTTP/1.1 404 Not so\r\nA: b\r\n\r\n");
    }

    @Test void writesTheSpaceBehindAStatusWithoutReason() {
        // RFC 9112 §4: "A server MUST send the space [...] even when the reason-phrase is absent"
        assertThat(response(Received.responseHead("HTTP/1.1 200", "A: b"))).isEqualTo("HTTP/1.1 200 \r\nA: b\r\n\r\n");
        assertThat(response(Received.responseHead("HTTP/1.0 200", "A: b"))).isEqualTo("HTTP/1.1 200 \r\nA: b\r\n\r\n");
        assertThat(response(Received.responseHead("HTTP/1.1 200 ", "A: b"))).isEqualTo("HTTP/1.1 200 \r\nA: b\r\n\r\n");
    }

    @Test void answersOnItsOwn() {
        Heads heads = new Heads();
        Head answer = heads.acquire();
        answer.answer(503, "Service Unavailable");
        answer.append(ascii("A: b\r\n"));
        answer.answerBody(12, true);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.framing()).isEqualTo(Framing.LENGTH);
        assertThat(response(answer)).isEqualTo("HTTP/1.1 503 Service Unavailable\r\nA: b\r\n\r\n");
    }

    @Test void isEmptyWhenAcquiredAgain() {
        Heads heads = new Heads();
        Head used = heads.acquire();
        used.answer(200, "OK");
        used.answerBody(5, true);
        heads.release(used);
        Head again = heads.acquire();
        assertThat(again).isSameAs(used);
        assertThat(again.status()).isZero();
        assertThat(again.framing()).isEqualTo(Framing.NONE);
        assertThat(again.contentLength()).isEqualTo(-1);
        again.answer(404, "No");
        assertThat(response(again)).isEqualTo("HTTP/1.1 404 No\r\n\r\n");
    }

    private static String request(Head head) {
        ByteBuf out = Unpooled.buffer();
        HeadWriter.request(head, out);
        return text(out);
    }

    private static String response(Head head) {
        ByteBuf out = Unpooled.buffer();
        HeadWriter.response(head, out);
        return text(out);
    }

    private static String text(ByteBuf out) {
        String text = out.toString(StandardCharsets.ISO_8859_1);
        out.release();
        return text;
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test void becomesACopyWithoutTheEditsOfTheOther() {
        head.remove(0);
        head.append("X: 1\r\n".getBytes(StandardCharsets.US_ASCII));
        head.target("/other".getBytes(StandardCharsets.US_ASCII));
        Head copy = new Heads().acquire();
        copy.copyFrom(head);
        assertThat(copied(copy)).isEqualTo(String.join("\r\n", LINES) + "\r\n\r\n");
        copy.removeAll(FieldName.VIA);
        assertThat(copy.hostEnd() - copy.hostStart()).isEqualTo(1);
        head.unedit();
        assertThat(copied(head)).isEqualTo(String.join("\r\n", LINES) + "\r\n\r\n");
    }

    @Test void copiesHowABodyIsFramedAndATargetTakenApart() {
        Head other = Received.requestHead("POST http://h:8?q HTTP/1.0", "Host: a", "Content-Length: 7");
        Head copy = new Heads().acquire();
        copy.copyFrom(other);
        assertThat(copy.framing()).isEqualTo(Framing.LENGTH);
        assertThat(copy.contentLength()).isEqualTo(7);
        assertThat(copy.minor()).isZero();
        assertThat(copy.absolute()).isTrue();
        assertThat(copied(copy)).isEqualTo(copied(other)).startsWith("POST /?q HTTP/1.1\r\n");
    }

    @Test void appendsPiecesOfAnotherHeadAndOfItself() {
        Head other = Received.requestHead("GET /path HTTP/1.1", "Host: b");
        head.append(other, other.pathStart(), other.pathEnd());
        head.append(head, head.pathStart(), head.pathEnd());
        assertThat(head.appended()).isEqualTo("/path/p");
    }

    @Test void forgetsTheLengthOfABodyThatIsChangedOnItsWay() {
        Head response = Received.responseHead("HTTP/1.1 200 OK", "Content-Length: 7");
        response.chunked();
        assertThat(response.framing()).isEqualTo(Framing.CHUNKED);
        assertThat(response.contentLength()).isEqualTo(-1);
        assertThat(response.removed(0)).isTrue();
    }

    @Test void forgetsTheLengthOfABodyThatIsNotEvenSent() {
        Head response = Received.responseHead("HTTP/1.1 200 OK", "Content-Length: 7");
        response.answerBody(7, false);
        response.chunked();
        assertThat(response.framing()).isEqualTo(Framing.NONE);
        assertThat(response.contentLength()).isEqualTo(-1);
    }

    private static String copied(Head head) {
        ByteBuf out = Unpooled.buffer();
        HeadWriter.request(head, out);
        return out.toString(StandardCharsets.US_ASCII);
    }
}
