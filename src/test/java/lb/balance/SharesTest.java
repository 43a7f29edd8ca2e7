package lb.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SharesTest {
    /** The share of all numbers that give each index, column by column in 4,096 steps. */
    private static double[] measured(int... weights) {
        Shares shares = new Shares(weights);
        double[] got = new double[weights.length];
        int steps = 1 << 12;
        for (int column = 0; column < weights.length; column++) {
            long high = ((((long) column << 32) + (1L << 31)) / weights.length) << 32;
            for (long step = 0; step < steps; step++) {
                got[shares.draw(high | step << 20)] += 1.0 / steps / weights.length;
            }
        }
        return got;
    }

    @Test void drawsByWeight() {
        assertThat(measured(2, 1, 1)).containsExactly(new double[] {0.5, 0.25, 0.25}, within(0.001));
        assertThat(measured(256, 1, 1, 1)).containsExactly(
                new double[] {256 / 259.0, 1 / 259.0, 1 / 259.0, 1 / 259.0}, within(0.001));
        assertThat(measured(7, 1, 200, 13, 13)).containsExactly(
                new double[] {7 / 234.0, 1 / 234.0, 200 / 234.0, 13 / 234.0, 13 / 234.0}, within(0.001));
    }

    @Test void drawsTheOnlyOneAlways() {
        Shares shares = new Shares(new int[] {9});
        for (long random : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) assertThat(shares.draw(random)).isZero();
    }

    @Test void drawsTheFirstAndTheLastAtTheEndsOfTheNumbers() {
        Shares shares = new Shares(new int[] {1, 1, 1});
        assertThat(shares.draw(0)).isZero();
        assertThat(shares.draw(-1)).isEqualTo(2);
    }
}
