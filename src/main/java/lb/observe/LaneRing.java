package lb.observe;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records on their way from one lane to the thread that writes: a ring of bytes without a lock. The lane adds whole
 * records and publishes where they end; the writer takes everything up to there and publishes where it stopped. A
 * record that finds no room is refused, so that nobody ever waits.
 *
 * <p>Threading: {@link #offer} on the lane's event loop, {@link #drain} on the writer.
 */
final class LaneRing {
    private final byte[] bytes;
    private final int mask;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong given = new AtomicLong();

    /** @param capacity in bytes; a power of two */
    LaneRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) throw new IllegalArgumentException("capacity: " + capacity);
        bytes = new byte[capacity];
        mask = capacity - 1;
    }

    int capacity() {
        return bytes.length;
    }

    /** @return bytes that wait now, this record included, or -1 when there was no room for it */
    int offer(byte[] record, int length) {
        long end = given.getPlain();
        int waiting = (int) (end - taken.getAcquire());
        if (length > bytes.length - waiting) return -1;
        int at = (int) end & mask;
        int first = Math.min(length, bytes.length - at);
        System.arraycopy(record, 0, bytes, at, first);
        System.arraycopy(record, first, bytes, 0, length - first);
        given.setRelease(end + length);
        return waiting + length;
    }

    /**
     * Writes what waits and makes room, also where writing fails.
     *
     * @throws Lost when it failed
     */
    void drain(LogTarget target) throws Lost {
        long start = taken.getPlain();
        long end = given.getAcquire();
        if (start == end) return;
        int at = (int) start & mask;
        int length = (int) (end - start);
        int first = Math.min(length, bytes.length - at);
        try {
            target.write(bytes, at, first);
            if (length > first) target.write(bytes, 0, length - first);
        } catch (IOException e) {
            throw new Lost(lines(start, end), e);
        } finally {
            taken.setRelease(end);
        }
    }

    private int lines(long start, long end) {
        int lines = 0;
        for (long i = start; i < end; i++) {
            if (bytes[(int) i & mask] == '\n') lines++;
        }
        return lines;
    }

    /** Records could not be written; some of them may have been. */
    static final class Lost extends IOException {
        private static final long serialVersionUID = 1;
        private final int records;

        private Lost(int records, IOException cause) {
            super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
            this.records = records;
        }

        int records() {
            return records;
        }
    }
}
