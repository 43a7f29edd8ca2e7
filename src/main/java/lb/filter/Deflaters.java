package lb.filter;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.zip.Deflater;

/**
 * The deflaters of one event loop. Each holds about 270 KiB outside the heap for as long as a body lasts, so that their
 * number has a limit: {@value #MOST} at once; a few are kept for the next bodies.
 *
 * <p>Threading: event loop only.
 */
final class Deflaters {
    private static final int MOST = 256;
    private static final int KEPT = 8;
    /** Of lb's README, zlib leaves 41 % at level 1, 37 % at 4 and 36 % at 6, of 104, 65 and 35 MB a second. */
    private static final int LEVEL = 4;
    private static final FastThreadLocal<Deflaters> OF_LOOP = new FastThreadLocal<>() {
        @Override protected Deflaters initialValue() {
            return new Deflaters();
        }

        @Override protected void onRemoval(Deflaters removed) {
            removed.free.forEach(Deflater::end);
        }
    };

    private final ArrayDeque<Deflater> free = new ArrayDeque<>();
    private int taken;

    /** Those of the thread that asks. */
    static Deflaters ofLoop() {
        return OF_LOOP.get();
    }

    /** One that writes no zlib header, ready for a new body; or null: too many are in use. Given back exactly once. */
    Deflater acquire() {
        if (taken == MOST) return null;
        taken++;
        Deflater deflater = free.pollLast();
        return deflater == null ? new Deflater(LEVEL, true) : deflater;
    }

    void release(Deflater deflater) {
        taken--;
        if (free.size() < KEPT) {
            deflater.reset();
            free.addLast(deflater);
        } else {
            deflater.end();
        }
    }
}
