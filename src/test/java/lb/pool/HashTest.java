package lb.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HashTest {
    /** A change of these sends every client of every running lb to another backend. */
    @Test void isTheSameInEveryVersionOfLb() {
        assertThat(Long.toHexString(Hash.of(""))).isEqualTo("f52a15e9a9b5e89b");
        assertThat(Long.toHexString(Hash.of("10.0.0.7:8080"))).isEqualTo("eadd95fd6356c0de");
        assertThat(Long.toHexString(Hash.next(Hash.of("10.0.0.7:8080")))).isEqualTo("45b3c05b05ef0872");
    }

    @Test void changesHalfOfItsBitsWithOneBitOfTheText() {
        long changed = 0;
        int pairs = 0;
        for (int i = 0; i < 2000; i++) {
            for (int bit = 0; bit < 7; bit++) {
                char last = (char) ('@' ^ 1 << bit);
                changed += Long.bitCount(Hash.of("user-" + i + "@") ^ Hash.of("user-" + i + last));
                pairs++;
            }
        }
        assertThat((double) changed / pairs).isBetween(31.5, 32.5);
    }

    @Test void makesASequenceThatDoesNotSoonComeBack() {
        Set<Long> seen = new HashSet<>();
        long hash = Hash.of("client");
        for (int i = 0; i < 10_000; i++) {
            seen.add(hash);
            hash = Hash.next(hash);
        }
        assertThat(seen).hasSize(10_000);
    }
}
