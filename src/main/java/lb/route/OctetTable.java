package lb.route;

import java.util.Arrays;
import java.util.function.Supplier;
import lb.http.Head;

/**
 * Values by the octets of their key, found in a request without making a String of it. Whoever asks brings the hash,
 * made octet by octet on the way to them, so that all beginnings of a path cost one pass:
 *
 * <pre>
 * int hash = OctetTable.BEGIN;
 * for (each octet) hash = OctetTable.step(hash, octet);
 * </pre>
 *
 * Keys come from the config only, so nobody outside can make them collide. Threading: written while the index is
 * built, never afterwards.
 */
final class OctetTable<V> {
    /** The hash of nothing yet (FNV-1a). */
    static final int BEGIN = 0x811c9dc5;
    private static final int PRIME = 0x01000193;

    private final boolean ignoreCase;
    /** Open addressing, at most half full; 0 for an empty slot. */
    private int[] hashes = new int[2];
    private byte[][] keys = new byte[2][];
    private Object[] values = new Object[2];
    private int size;

    /** @param ignoreCase keys and what is hashed are in lower case; the request need not be */
    OctetTable(boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
    }

    static int step(int hash, byte octet) {
        return (hash ^ octet & 0xff) * PRIME;
    }

    /** The value of the key that these octets are, or null. */
    V get(int hash, Head head, byte[] read, int start, int end) {
        int mask = hashes.length - 1;
        int stored = stored(hash);
        for (int slot = slot(stored, mask); hashes[slot] != 0; slot = slot + 1 & mask) {
            if (hashes[slot] == stored && same(keys[slot], head, read, start, end)) return value(slot);
        }
        return null;
    }

    /** The value of this key; a new one when it had none. */
    V of(int hash, byte[] key, Supplier<V> absent) {
        int slot = find(stored(hash), key);
        if (hashes[slot] == 0) {
            if (++size > hashes.length / 2) {
                grow();
                slot = find(stored(hash), key);
            }
            hashes[slot] = stored(hash);
            keys[slot] = key;
            values[slot] = absent.get();
        }
        return value(slot);
    }

    private boolean same(byte[] key, Head head, byte[] read, int start, int end) {
        return ignoreCase ? RequestOctets.sameIgnoringCase(key, head, read, start, end)
                : RequestOctets.same(key, head, read, start, end);
    }

    /** The slot of this key, or the empty one where it belongs. */
    private int find(int stored, byte[] key) {
        int mask = hashes.length - 1;
        int slot = slot(stored, mask);
        while (hashes[slot] != 0 && !Arrays.equals(keys[slot], key)) slot = slot + 1 & mask;
        return slot;
    }

    private void grow() {
        int[] oldHashes = hashes;
        byte[][] oldKeys = keys;
        Object[] oldValues = values;
        hashes = new int[oldHashes.length * 2];
        keys = new byte[hashes.length][];
        values = new Object[hashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] == 0) continue;
            int slot = find(oldHashes[i], oldKeys[i]);
            hashes[slot] = oldHashes[i];
            keys[slot] = oldKeys[i];
            values[slot] = oldValues[i];
        }
    }

    @SuppressWarnings("unchecked")
    private V value(int slot) {
        return (V) values[slot];
    }

    private static int slot(int stored, int mask) {
        return (stored ^ stored >>> 15) & mask;
    }

    private static int stored(int hash) {
        return hash == 0 ? 1 : hash;
    }
}
