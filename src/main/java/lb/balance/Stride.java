package lb.balance;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import lb.pool.Backend;
import lb.pool.Picker;

/**
 * Weighted round robin for many backends, without a table of the whole period. Threading: any event loop.
 *
 * <p>The backends lie side by side on a line, each as long as its weight; every turn goes on by a fixed stride, around
 * the line's end, and picks who lies there.
 */
final class Stride implements Picker {
    /*
     * The stride is the golden section of the line's length, moved to the next number that shares no divisor with it.
     * So a period visits every point once, which makes the shares exact, and the visits of any stretch come as evenly
     * as a fixed step can make them (three-distance theorem; Knuth, TAOCP 3, 6.4, on Fibonacci hashing).
     *
     * Measured with 10,000 backends (WeightedRoundRobinTest): nobody is ever more than 4 picks away from its share, and
     * its picks come at a third to 1.6 times the usual distance.
     *
     * Who lies at a point is found by a guide: for every 2^shift points, the first backend there. At most 256 short
     * backends can crowd one such piece, and one step is usual, since there are at least as many pieces as backends.
     *
     * A table of the whole period would be exact as well, but 10,000 backends of weights 1–256 have a period of
     * 1.3 million places, to be filled anew at every flip; a shorter table would give a backend of weight 1 several
     * times its share.
     */
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private final Backend[] backends;
    private final int[] ends;           // where each backend's stretch ends, exclusive
    private final int[] guide;
    private final int shift;
    private final int length;
    private final long stride;
    private final AtomicInteger turn;

    Stride(Backend[] backends, int[] weights, AtomicInteger turn) {
        this.backends = backends;
        this.turn = turn;
        ends = new int[weights.length];
        int end = 0;
        for (int i = 0; i < weights.length; i++) ends[i] = end = Math.addExact(end, weights[i]);
        length = end;
        stride = strideOf(length);
        shift = 31 - Integer.numberOfLeadingZeros(length / weights.length);
        guide = guideOf(ends, shift);
    }

    @Override public Backend pick(long affinity) {
        // both factors are below 2³¹
        long way = Integer.remainderUnsigned(turn.getAndIncrement(), length) * stride;
        return at((int) (way % length));
    }

    @Override public Backend pickInstead(long affinity) {
        return at(ThreadLocalRandom.current().nextInt(length));
    }

    private Backend at(int point) {
        int i = guide[point >>> shift];
        while (point >= ends[i]) i++;
        return backends[i];
    }

    private static long strideOf(int length) {
        int stride = (int) (length * GOLDEN);
        while (WeightedRoundRobin.greatestCommonDivisor(length, stride) != 1) stride++;
        return stride;
    }

    private static int[] guideOf(int[] ends, int shift) {
        int[] guide = new int[(ends[ends.length - 1] - 1 >>> shift) + 1];
        int i = 0;
        for (int piece = 0; piece < guide.length; piece++) {
            while (ends[i] <= piece << shift) i++;
            guide[piece] = i;
        }
        return guide;
    }
}
