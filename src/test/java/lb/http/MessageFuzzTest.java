package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Spoiled messages: nothing escapes and nothing leaks, fragments change nothing, and what is accepted is written in a
 * form that any parser reads the same way.
 *
 * <p>Ten million of them: {@code mvn -Psoak test -Dsoak=MessageFuzzTest}; {@code -Dlb.fuzz.seed=} for others.
 */
class MessageFuzzTest {
    private static final int ALL = 10_000_000;
    /** What a build does of them. */
    private static final int A_FEW = 100_000;
    private static final long SEED = Long.getLong("lb.fuzz.seed", 9112);
    /** Longer vectors test limits, which mutations need not meet again. */
    private static final int LONGEST = 400;

    @Test void survivesSpoiledRequests() {
        requests(Integer.getInteger("lb.fuzz.mutations", A_FEW) / 2);
    }

    @Test void survivesSpoiledResponses() {
        responses(Integer.getInteger("lb.fuzz.mutations", A_FEW) / 2);
    }

    @Tag("soak")
    @Test void survivesTenMillionSpoiledMessages() {
        int mutations = Integer.getInteger("lb.fuzz.mutations", ALL);
        requests(mutations / 2);
        responses(mutations / 2);
    }

    @Test void writesEveryAcceptedVectorInOneForm() {
        MessageVector.requests().stream().filter(MessageVector::accepted)
                .forEach(each -> assertOneForm(each.bytes(), true, false));
        MessageVector.responses().stream().filter(MessageVector::accepted)
                .forEach(each -> assertOneForm(each.bytes(), false, each.toHead()));
    }

    private static void requests(int count) {
        List<byte[]> good = good(MessageVector.requests());
        Mutations mutations = new Mutations(SEED);
        int accepted = 0;
        for (int i = 0; i < count; i++) {
            byte[] bytes = mutations.next(good);
            String read = check(bytes, true, false, mutations);
            if (Transcript.accepted(read)) accepted++;
        }
        // a fuzzer that never gets past the head tests nothing
        assertThat(accepted).isGreaterThan(count / 12);
    }

    private static void responses(int count) {
        List<byte[]> good = good(MessageVector.responses());
        Mutations mutations = new Mutations(SEED);
        int accepted = 0;
        for (int i = 0; i < count; i++) {
            byte[] bytes = mutations.next(good);
            String read = check(bytes, false, i % 8 == 0, mutations);
            if (Transcript.accepted(read)) accepted++;
        }
        assertThat(accepted).isGreaterThan(count / 12);
    }

    private static List<byte[]> good(List<MessageVector> vectors) {
        return vectors.stream().filter(each -> each.accepted() && each.bytes().length < LONGEST)
                .map(MessageVector::bytes).toList();
    }

    private static String check(byte[] bytes, boolean request, boolean toHead, Mutations mutations) {
        try {
            String whole = read(bytes, request, toHead, Transcript.WHOLE);
            String cut = read(bytes, request, toHead, mutations.cut());
            if (!cut.equals(whole)) throw new AssertionError("whole " + whole + ", in fragments " + cut);
            if (Transcript.accepted(whole)) assertOneForm(bytes, request, toHead);
            return whole;
        } catch (Throwable e) {
            throw new AssertionError("seed " + SEED + ", " + Escapes.whole(bytes), e);
        }
    }

    private static String read(byte[] bytes, boolean request, boolean toHead, Transcript.Cut cut) {
        return request ? Transcript.ofRequest(bytes, Transcript.LIMITS, cut)
                : Transcript.ofResponse(bytes, toHead, Transcript.LIMITS, cut);
    }

    private static void assertOneForm(byte[] bytes, boolean request, boolean toHead) {
        Received message = received(bytes, request, toHead);
        if (message.head().status() == 101) return;
        byte[] once = written(message, request);
        String written = new String(once, StandardCharsets.ISO_8859_1);
        assertThat(WireRules.broken(once)).as("in %s", written).isNull();
        Received again = received(once, request, toHead);
        assertThat(again.whole()).as("is read again: %s", written).isTrue();
        assertThat(again.body()).isEqualTo(message.body());
        assertThat(again.head().status()).isEqualTo(message.head().status());
        if (request) assertThat(again.head().method()).isEqualTo(message.head().method());
        assertThat(written(again, request)).isEqualTo(once);
    }

    private static Received received(byte[] bytes, boolean request, boolean toHead) {
        return request ? Received.request(bytes) : Received.response(bytes, toHead);
    }

    private static byte[] written(Received message, boolean request) {
        return request ? NormalForm.ofRequest(message) : NormalForm.ofResponse(message);
    }
}
