package lb.route;

import java.util.BitSet;
import lb.http.Head;

/**
 * The paths that the entries of one host ask for. One pass over a path finds all rules that can take it: its beginnings
 * are looked up, but only those as long as some literal, however many segments a client sends.
 *
 * <p>Patterns lie where their literal ends, so that only those are tried which share it with the path. Threading:
 * written while the index is built, never afterwards.
 */
final class PathTable {
    /** The entries under one literal; each list may be null. */
    private static final class Place {
        Candidate exact;
        Candidate below;
        Candidate begins;

        /** @param at where the literal ends in the path */
        int first(Head head, byte[] read, int at, int end, int best) {
            int found = Candidate.first(begins, head, read, at, end, best);
            if (at == end) found = Candidate.first(exact, head, read, at, end, found);
            else if (RequestOctets.at(head, read, at) != '/') return found;
            return Candidate.first(below, head, read, at, end, found);
        }
    }

    private final OctetTable<Place> places = new OctetTable<>(false);
    /** How long the literals are. */
    private final BitSet lengths = new BitSet();
    private Candidate anyPath;

    /**
     * @param rule  or null for all paths
     * @param entry no later one than those that are there
     */
    void add(PathRule rule, int entry, Conditions conditions) {
        if (rule == null) {
            anyPath = new Candidate(entry, null, conditions, anyPath);
            return;
        }
        int hash = OctetTable.BEGIN;
        for (byte octet : rule.literal()) hash = OctetTable.step(hash, octet);
        Place place = places.of(hash, rule.literal(), Place::new);
        lengths.set(rule.literal().length);
        switch (rule.kind()) {
            case EXACT -> place.exact = new Candidate(entry, null, conditions, place.exact);
            case BELOW -> place.below = new Candidate(entry, null, conditions, place.below);
            case BEGINS -> place.begins = new Candidate(entry, rule.stars(), conditions, place.begins);
        }
    }

    /** The first entry that takes the request, if it stands before {@code best}; or {@code best}. */
    int first(Head head, byte[] read, int start, int end, int best) {
        int found = Candidate.first(anyPath, head, read, start, end, best);
        int last = Math.min(end, start + lengths.length() - 1);
        int hash = OctetTable.BEGIN;
        for (int at = start; at <= last; at++) {
            if (lengths.get(at - start)) {
                Place place = places.get(hash, head, read, start, at);
                if (place != null) found = place.first(head, read, at, end, found);
            }
            if (at < last) hash = OctetTable.step(hash, RequestOctets.at(head, read, at));
        }
        return found;
    }
}
