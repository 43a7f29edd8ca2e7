package lb.pool;

/**
 * The 64-bit hash by which clients and backends find each other. It has no seed: every instance of lb, of any version,
 * must get the same, or two of them before the same pool would send one client to two backends.
 *
 * <pre>
 * long hash = Hash.BEGIN;
 * for (each octet) hash = Hash.step(hash, octet);
 * hash = Hash.end(hash);
 * </pre>
 *
 * FNV-1a, which is short and takes octets one by one, and then a finisher that spreads its last octets over all bits.
 * Whoever chooses what is hashed can make two hashes equal: never use it where that does harm. Threading: stateless.
 */
public final class Hash {
    /** The hash of nothing yet. */
    public static final long BEGIN = 0xcbf29ce484222325L;

    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private Hash() {}

    /** The hash with one more octet. */
    public static long step(long hash, byte octet) {
        return (hash ^ (octet & 0xff)) * FNV_PRIME;
    }

    /** The last step: every bit of what went in moves about half of the bits (Stafford's mix 13, as in SplitMix64). */
    public static long end(long hash) {
        long mixed = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** The next of the sequence that a hash begins: where a client goes when its first choice will not do. */
    public static long next(long hash) {
        return end(hash + GOLDEN);
    }

    /** Of Latin-1 text, such as an id. */
    public static long of(String text) {
        long hash = BEGIN;
        for (int i = 0; i < text.length(); i++) hash = step(hash, (byte) text.charAt(i));
        return end(hash);
    }
}
