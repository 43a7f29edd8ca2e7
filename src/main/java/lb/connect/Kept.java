package lb.connect;

/**
 * How many unused connections a lane keeps over all backends, and how many it may keep: each holds a descriptor that a
 * client or another backend may need, and with many backends the number for each of them bounds nothing.
 *
 * <p>Threading: event loop only.
 */
final class Kept {
    private int count;
    private int most = Integer.MAX_VALUE;

    /** @param most at least 1; what is kept beyond it stays until it is used or retired */
    void atMost(int most) {
        if (most < 1) throw new IllegalArgumentException("most: " + most + " (expected: at least 1)");
        this.most = most;
    }

    void change(int by) {
        count += by;
    }

    /** True when one has to go before another can be kept. */
    boolean full() {
        return count >= most;
    }
}
