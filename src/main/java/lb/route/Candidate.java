package lb.route;

import lb.http.Head;

/**
 * An entry under one of its hosts and one of its paths, with what is still to be asked once these were found, and the
 * next one in the order of the config. Where several ask for the same host and path, they are gone through. Threading:
 * immutable.
 *
 * @param entry      its position in the config, from 0
 * @param stars      what follows in the path, or null
 * @param conditions or null
 * @param next       of no earlier entry, or null
 */
record Candidate(int entry, StarPattern stars, Conditions conditions, Candidate next) {

    /**
     * The first of a list that fits, if it stands before {@code best}.
     *
     * @param list or null
     * @param at   where in the path the stars begin
     * @return its entry, or {@code best}
     */
    static int first(Candidate list, Head head, byte[] read, int at, int end, int best) {
        for (Candidate each = list; each != null && each.entry < best; each = each.next) {
            if (each.fits(head, read, at, end)) return each.entry;
        }
        return best;
    }

    private boolean fits(Head head, byte[] read, int at, int end) {
        return (stars == null || stars.fits(head, read, at, end)) && (conditions == null || conditions.hold(head));
    }
}
