package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a request and as a response. Seeds: the vectors with which the parser is tested. */
@Tag("fuzz")
class HeadFuzz {
    /** Lines that lb adds do not count: what is written is read again with more room. */
    private static final HeadLimits LENIENT = new HeadLimits(64 * 1024, 200, 32 * 1024);
    /** Longer vectors test limits, and would set the size of every other input. */
    private static final int LONGEST = 400;

    static Stream<byte[]> vectors() {
        return Stream.concat(MessageVector.requests().stream(), MessageVector.responses().stream())
                .map(MessageVector::bytes).filter(bytes -> bytes.length < LONGEST);
    }

    @MethodSource("vectors")
    @FuzzTest(maxDuration = "60s")
    void readsAndWritesEveryHeadInOneWay(byte[] bytes) {
        for (boolean request : new boolean[] {true, false}) {
            String whole = read(bytes, request, Transcript.WHOLE);
            // the input decides where it is cut, so that a finding can be played again
            Mutations cuts = new Mutations(Arrays.hashCode(bytes));
            assertThat(read(bytes, request, cuts.cut())).isEqualTo(whole);
            Received head = received(bytes, request, Transcript.LIMITS, cuts.cut());
            if (head.head() == null) continue;
            assertThat(lines(head.head())).isEqualTo(
                    lines(received(bytes, request, Transcript.LIMITS, Transcript.WHOLE).head()));
            if (head.head().status() != 101) assertReadsAgain(head, request);
            assertThat(NettyOracle.difference(bytes, request)).isNull();
        }
    }

    private static void assertReadsAgain(Received first, boolean request) {
        Head head = first.head();
        byte[] written = request ? NormalForm.ofRequest(first) : NormalForm.ofResponse(first);
        Received again = received(written, request, LENIENT, Transcript.WHOLE);
        assertThat(again.head()).as("%s: %s", Escapes.whole(written), again.failure()).isNotNull();
        boolean endsByClose = head.framing() == Framing.UNTIL_CLOSE;
        assertThat(again.head().framing()).isEqualTo(endsByClose ? Framing.CHUNKED : head.framing());
        if (head.framing() == Framing.LENGTH) {
            assertThat(again.head().contentLength()).isEqualTo(head.contentLength());
        }
        assertThat(again.head().status()).isEqualTo(head.status());
        if (request) assertThat(requestLine(again.head())).isEqualTo(requestLine(head));
        List<String> expected = lines(head);
        head.appended().lines().forEach(expected::add);
        assertThat(lines(again.head())).isEqualTo(expected);
        if (first.whole()) {
            assertThat(again.whole()).isTrue();
            assertThat(again.body()).isEqualTo(first.body());
        }
    }

    private static String read(byte[] bytes, boolean request, Transcript.Cut cut) {
        return request ? Transcript.ofRequest(bytes, Transcript.LIMITS, cut)
                : Transcript.ofResponse(bytes, false, Transcript.LIMITS, cut);
    }

    private static Received received(byte[] bytes, boolean request, HeadLimits limits, Transcript.Cut cut) {
        return request ? Received.request(bytes, limits, cut) : Received.response(bytes, false, limits, cut);
    }

    /** Method and target as they go on. */
    private static String requestLine(Head head) {
        String lead = head.pathLead() == 0 ? "" : String.valueOf((char) head.pathLead());
        return head.method() + ' ' + lead + head.text(head.pathStart(), head.pathEnd());
    }

    /** The received lines that are not removed, as "name: value". */
    private static List<String> lines(Head head) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < head.count(); i++) {
            if (!head.removed(i)) lines.add(head.nameText(i) + ": " + head.value(i));
        }
        return lines;
    }
}
