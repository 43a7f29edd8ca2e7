package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every vector, whole and in fragments of every size, has the outcome that its file says. */
class MessageVectorsTest {
    /** Up to this length every size of fragment is tried; longer messages get sizes around what the parser steps by. */
    private static final int EVERY_SIZE = 300;
    private static final int RANDOM_CUTS = 8;

    @Test void readsEveryRequestAsWrittenDown() {
        assertWhole(MessageVector.requests(), 300);
    }

    @Test void readsEveryResponseAsWrittenDown() {
        assertWhole(MessageVector.responses(), 120);
    }

    @Test void readsEveryRequestTheSameInFragmentsOfEverySize() {
        MessageVector.requests().forEach(MessageVectorsTest::assertFragments);
    }

    @Test void readsEveryResponseTheSameInFragmentsOfEverySize() {
        MessageVector.responses().forEach(MessageVectorsTest::assertFragments);
    }

    private static void assertWhole(List<MessageVector> vectors, int atLeast) {
        assertThat(vectors).hasSizeGreaterThanOrEqualTo(atLeast);
        List<String> wrong = new ArrayList<>();
        for (MessageVector each : vectors) {
            String read = each.readWatched();
            if (!read.equals(each.outcome())) wrong.add(each + " => " + read + " (expected: " + each.outcome() + ")");
        }
        assertThat(wrong).isEmpty();
    }

    private static void assertFragments(MessageVector vector) {
        for (int size : sizes(vector.bytes().length)) {
            assertThat(vector.read(Transcript.every(size))).as("%s in fragments of %s", vector, size)
                    .isEqualTo(vector.outcome());
        }
        Random random = new Random(vector.place().hashCode());
        for (int i = 0; i < RANDOM_CUTS; i++) {
            String read = vector.read((start, length) -> start + 1 + random.nextInt(length - start));
            assertThat(read).as("%s in random fragments", vector).isEqualTo(vector.outcome());
        }
    }

    private static Set<Integer> sizes(int length) {
        Set<Integer> sizes = new LinkedHashSet<>();
        for (int size = 1; size <= Math.min(length, EVERY_SIZE); size++) sizes.add(size);
        if (length > EVERY_SIZE) sizes.removeIf(size -> size > 3 && size % 61 != 0);
        for (int size : new int[] {1023, 1024, 1025, 8191, 8192, length - 1}) {
            if (size > 0 && size < length) sizes.add(size);
        }
        return sizes;
    }
}
