package lb.balance;

import lb.pool.Backend;

/**
 * Draws an index by weight from a random number: weights 2,1,1 → half of all numbers give 0, a quarter each 1 and 2.
 * Walker's alias method, with the table made as Vose does (IEEE Trans. Softw. Eng. 17.9, 1991): however many there are,
 * a draw looks at one place. Threading: immutable.
 */
final class Shares {
    /*
     * As many columns as indices, all of the same height, the sum of the weights. Column i holds index i up to its cut,
     * and above it one other index, whose weight was too much for its own column.
     */
    private final long[] cuts;          // of 2³²; a draw below it stays
    private final int[] others;

    /** @param weights at least one, each 1–2,560 */
    Shares(int[] weights) {
        int count = weights.length;
        long height = 0;
        for (int weight : weights) height += weight;

        long[] rest = new long[count];
        int[] low = new int[count];
        int lows = 0;
        int[] high = new int[count];
        int highs = 0;
        for (int i = 0; i < count; i++) {
            rest[i] = (long) weights[i] * count;
            if (rest[i] < height) low[lows++] = i;
            else high[highs++] = i;
        }
        cuts = new long[count];
        others = new int[count];
        while (lows > 0) {
            int small = low[--lows];
            int tall = high[highs - 1];
            cuts[small] = (rest[small] << 32) / height;
            others[small] = tall;
            rest[tall] -= height - rest[small];
            if (rest[tall] < height) low[lows++] = high[--highs];
        }
        // whoever is left fills its column exactly: all is counted in whole numbers
        while (highs > 0) cuts[high[--highs]] = 1L << 32;
    }

    /** By the weights that the backends have now, slow starts included. */
    static Shares of(Backend[] backends) {
        int[] weights = new int[backends.length];
        for (int i = 0; i < weights.length; i++) weights[i] = backends[i].effectiveWeight();
        return new Shares(weights);
    }

    /** @param random any 64 bits; the same bits give the same index */
    int draw(long random) {
        int column = (int) ((random >>> 32) * cuts.length >>> 32);
        return (random & 0xffff_ffffL) < cuts[column] ? column : others[column];
    }
}
