package lb.sticky;

import lb.pool.Backend;

/**
 * The backends of one pool by the 64-bit hashes of their ids that sessions remember. Threading: any thread once filled.
 *
 * <p>Open addressing with at least half of the slots empty; the names are hashes already. Of two backends with one
 * name, which 10,000 backends have once in 10¹¹ pools, the first gets the sessions of both.
 */
final class NamedBackends {
    private final long[] names;
    private final Named[] named;

    /** @param key which key made the name; 0 where there is none */
    record Named(Backend backend, int key) {}

    /** @param most how many will be added */
    NamedBackends(int most) {
        int slots = Integer.highestOneBit(Math.max(1, most)) * 4;
        names = new long[slots];
        named = new Named[slots];
    }

    void add(long name, Named backend) {
        int slot = slot(name);
        if (named[slot] != null) return;
        names[slot] = name;
        named[slot] = backend;
    }

    /** Or null. */
    Named find(long name) {
        return named[slot(name)];
    }

    /** Where the name is, or would be. */
    private int slot(long name) {
        int slot = (int) name & names.length - 1;
        while (named[slot] != null && names[slot] != name) slot = slot + 1 & names.length - 1;
        return slot;
    }
}
