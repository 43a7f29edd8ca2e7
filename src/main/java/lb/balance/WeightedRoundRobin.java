package lb.balance;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Picker;

/**
 * Shares by weight, evenly mixed: weights 5,1,1 → a a b a c a a. Equal weights give the exact rotation a b c a b c.
 *
 * <p>Every way keeps each share exactly over one period, which is the sum of the weights divided by their greatest
 * common divisor. Which way is a matter of size: see {@link #over}.
 */
final class WeightedRoundRobin implements Balancer {
    /** Steps of {@link SmoothSchedule} that a rebuild may cost; about 3 ms. */
    private static final long MAX_STEPS = 1 << 21;

    private final AtomicInteger turn;

    /** @param firstTurn random when it runs, so that several instances do not march in step; 0 in tests */
    WeightedRoundRobin(int firstTurn) {
        turn = new AtomicInteger(firstTurn);
    }

    @Override public Picker over(List<Backend> eligible) {
        Backend[] backends = eligible.toArray(Backend[]::new);
        int[] weights = new int[backends.length];
        // weights stay as they are while this runs: only the control thread changes them, and it runs this
        for (int i = 0; i < weights.length; i++) weights[i] = backends[i].effectiveWeight();
        return picker(backends, weights, turn);
    }

    /** @param weights of the backends, each at least 1; written to */
    static Picker picker(Backend[] backends, int[] weights, AtomicInteger turn) {
        reduce(weights);
        long total = 0;
        for (int weight : weights) total += weight;

        if (total == backends.length) return new Ring(backends, turn);
        // A hundred backends of mixed weights are about 10⁶ steps, ten thousand are 10¹⁰: those get the stride,
        // whose memory and time to build grow with the number of backends only.
        if (total * backends.length <= MAX_STEPS) return new Ring(SmoothSchedule.of(backends, weights), turn);
        return new Stride(backends, weights, turn);
    }

    /** The same shares in the smallest whole numbers, so that 100,200 is a period of three and not of three hundred. */
    private static void reduce(int[] weights) {
        int divisor = 0;
        for (int weight : weights) divisor = greatestCommonDivisor(weight, divisor);
        for (int i = 0; i < weights.length; i++) weights[i] /= divisor;
    }

    static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
