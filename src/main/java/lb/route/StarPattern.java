package lb.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lb.http.Head;

/**
 * The rest of a path pattern from its first star on: of {@code /users/*&#47;orders} it is {@code *&#47;orders}. A star
 * takes one segment, whatever it is but empty; a last one takes everything below, or nothing. Threading: immutable.
 */
final class StarPattern {
    /** Null for a star. */
    private final byte[][] segments;
    private final boolean open;

    /** @param form with {@link PathRule#STAR} for each star, one of them first */
    StarPattern(byte[] form) {
        List<byte[]> found = new ArrayList<>();
        for (int start = 0, end; start <= form.length; start = end + 1) {
            end = start;
            while (end < form.length && form[end] != '/') end++;
            boolean star = end == start + 1 && form[start] == PathRule.STAR;
            found.add(star ? null : Arrays.copyOfRange(form, start, end));
        }
        open = found.size() > 1 && found.get(found.size() - 1) == null;
        if (open) found.remove(found.size() - 1);
        segments = found.toArray(byte[][]::new);
    }

    /** @param at where the first star stands in the path */
    boolean fits(Head head, byte[] read, int at, int end) {
        for (int i = 0;; i++) {
            int stop = RequestOctets.indexOf('/', head, read, at, end);
            boolean fits = segments[i] == null ? stop > at : RequestOctets.same(segments[i], head, read, at, stop);
            if (!fits) return false;
            if (i == segments.length - 1) return stop == end || open;
            if (stop == end) return false;
            at = stop + 1;
        }
    }
}
