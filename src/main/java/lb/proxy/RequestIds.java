package lb.proxy;

import java.util.SplittableRandom;

/** Names for exchanges, unique over lanes and restarts: a random start and a count. Event loop only. */
final class RequestIds {
    private final String prefix;
    private long count;

    RequestIds(int lane) {
        prefix = Long.toString(new SplittableRandom().nextLong() >>> 24, 36) + Integer.toString(lane, 36) + "-";
    }

    String next() {
        return prefix + Long.toString(++count, 36);
    }
}
