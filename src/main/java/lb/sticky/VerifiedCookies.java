package lb.sticky;

import java.util.concurrent.atomic.AtomicReferenceArray;
import lb.http.Head;
import lb.pool.Hash;

/**
 * Values of lb's own cookie that were found rightly signed, so that the next request with the same value costs a hash
 * and a comparison, not an HMAC. Bounded; a newer value takes the place of an older one. Whoever has no key can put
 * nothing in.
 *
 * <p>Threading: any event loop; no lock. Entries are immutable, and a lost one costs one HMAC.
 */
final class VerifiedCookies {
    /** Clients that got their cookie from the same backend in the same second share a value: this goes a long way. */
    static final int SLOTS = 1 << 13;

    /** The end of a value is of its tag, and as good as random. */
    private static final int HASHED = 12;

    private final AtomicReferenceArray<Verified> slots = new AtomicReferenceArray<>(SLOTS);

    /** @param issued seconds since 1970 */
    record Verified(byte[] text, long name, long issued) {}

    /** @param start of {@value CookieValue#LENGTH} octets @return null: not verified yet, or no more */
    Verified find(Head head, int start) {
        Verified found = slots.get(slot(head, start));
        if (found == null) return null;
        // as long for a wrong value as for a right one: a guess learns nothing from the time it takes
        int differs = 0;
        for (int i = 0; i < CookieValue.LENGTH; i++) differs |= found.text[i] ^ head.octet(start + i);
        return differs == 0 ? found : null;
    }

    /** @param fields what the text at {@code start} stands for, rightly signed */
    Verified add(Head head, int start, byte[] fields) {
        byte[] text = new byte[CookieValue.LENGTH];
        for (int i = 0; i < text.length; i++) text[i] = head.octet(start + i);
        Verified verified = new Verified(text, CookieValue.name(fields), CookieValue.issued(fields));
        slots.set(slot(head, start), verified);
        return verified;
    }

    private static int slot(Head head, int start) {
        int end = start + CookieValue.LENGTH;
        long hash = Hash.BEGIN;
        for (int i = end - HASHED; i < end; i++) hash = Hash.step(hash, head.octet(i));
        return (int) Hash.end(hash) & SLOTS - 1;
    }
}
