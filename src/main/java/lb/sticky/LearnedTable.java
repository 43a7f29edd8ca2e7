package lb.sticky;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Which backend set which session, for the newest {@value #SLOTS} or so. Bounded: in a set of {@value #WAYS} that is
 * full, the one longest without a request gives its place to the new one. One that nobody came back with counts as
 * {@value #ONCE} times as long without: whoever asks for one session after the other drives out hardly any in use.
 *
 * <pre>
 * value's hash ── low bits ──▶ set  | v b t | v b t | … | v b t |    hash of the value, of the backend's id, last use
 * </pre>
 *
 * Backends are remembered by the hash of their ids, so an entry outlives the removal of its backend and the pool. An
 * entry takes about 44 bytes, all of them 6 MB.
 *
 * <p>Threading: any event loop; no lock. Of two that learn at the same time none is torn; at worst one is forgotten.
 */
final class LearnedTable {
    static final int WAYS = 8;
    static final int SLOTS = 1 << 17;
    private static final int ONCE = 8;
    /** No backend; the hash of an id is never taken for it. */
    static final long NONE = 0;

    /** Made when the first session is learned: of a thousand pools, few may have any. */
    private final AtomicReference<AtomicReferenceArray<Learned>> made = new AtomicReference<>();

    private static final class Learned {
        final long value;
        final long backend;
        final int since;
        volatile int used;

        Learned(long value, long backend, int used) {
            this.value = value;
            this.backend = backend;
            this.since = used;
            this.used = used;
        }

        boolean expired(int now, int ttl) {
            return now - used > ttl;
        }

        /** How much it is time for it to give its place away. */
        long idle(int now) {
            int last = used;
            // at least a second, or a hundred of one second would be as good as one in use
            return (Math.max(0, now - last) + 1L) * (last == since ? ONCE : 1);
        }
    }

    /**
     * The backend of a session, which has a request now.
     *
     * @param value the hash of the cookie's value
     * @param now   seconds, of a monotonic clock
     * @param ttl   seconds without a request after which it is forgotten
     * @return the hash of the backend's id, or {@link #NONE}
     */
    long used(long value, int now, int ttl) {
        Learned found = find(value, now, ttl);
        if (found == null) return NONE;
        if (found.used != now) found.used = now;
        return found.backend;
    }

    /** The same, without counting as a request. */
    long peek(long value, int now, int ttl) {
        Learned found = find(value, now, ttl);
        return found == null ? NONE : found.backend;
    }

    void learn(long value, long backend, int now) {
        AtomicReferenceArray<Learned> slots = slots();
        while (true) {
            int slot = place(slots, value, now);
            Learned there = slots.get(slot);
            if (there != null && there.value == value && there.backend == backend) {
                there.used = now;
                return;
            }
            if (slots.compareAndSet(slot, there, new Learned(value, backend, now))) return;
        }
    }

    private AtomicReferenceArray<Learned> slots() {
        AtomicReferenceArray<Learned> slots = made.get();
        if (slots != null) return slots;
        AtomicReferenceArray<Learned> mine = new AtomicReferenceArray<>(SLOTS);
        AtomicReferenceArray<Learned> before = made.compareAndExchange(null, mine);
        return before == null ? mine : before;
    }

    private Learned find(long value, int now, int ttl) {
        AtomicReferenceArray<Learned> slots = made.get();
        if (slots == null) return null;
        int first = first(value);
        for (int i = first; i < first + WAYS; i++) {
            Learned learned = slots.get(i);
            if (learned != null && learned.value == value) return learned.expired(now, ttl) ? null : learned;
        }
        return null;
    }

    /** Where the value is, else a free place, else that of the one idle for longest. */
    private static int place(AtomicReferenceArray<Learned> slots, long value, int now) {
        int first = first(value);
        int place = first;
        long longest = -1;
        for (int i = first; i < first + WAYS; i++) {
            Learned learned = slots.get(i);
            if (learned != null && learned.value == value) return i;
            long idle = learned == null ? Long.MAX_VALUE : learned.idle(now);
            if (idle > longest) {
                longest = idle;
                place = i;
            }
        }
        return place;
    }

    private static int first(long value) {
        return ((int) value & SLOTS / WAYS - 1) * WAYS;
    }

    /** Sessions that are remembered, expired ones included. */
    int size() {
        AtomicReferenceArray<Learned> slots = made.get();
        int size = 0;
        for (int i = 0; slots != null && i < SLOTS; i++) {
            if (slots.get(i) != null) size++;
        }
        return size;
    }
}
