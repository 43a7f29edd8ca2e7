package lb.config.file;

import java.util.Collection;
import java.util.Locale;
import lb.config.Quoted;

/** Finds the known word that was probably meant. Threading: stateless. */
final class Nearest {
    private static final int LONGEST = 64;
    /** A thousand wrong names among ten thousand right ones must not hold up the control thread. */
    private static final int MOST_KNOWN = 1000;

    private Nearest() {}

    /** {@code ; did you mean "weight"?}, or nothing when no known word is near. */
    static String hint(String word, Collection<String> known) {
        String nearest = of(word, known);
        return nearest == null ? "" : "; did you mean " + Quoted.of(nearest) + "?";
    }

    /** @return null when none is near: more than one slip in three letters is another word */
    static String of(String word, Collection<String> known) {
        if (word.isEmpty() || word.length() > LONGEST || known.size() > MOST_KNOWN) return null;
        String lower = word.toLowerCase(Locale.ROOT);
        String nearest = null;
        int least = Math.max(1, word.length() / 3) + 1;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - word.length()) >= least) continue;
            int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Letters added, left out, changed, or two neighbours swapped (optimal string alignment). */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] now = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) last[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                now[j] = Math.min(last[j - 1] + change, Math.min(last[j], now[j - 1]) + 1);
                boolean swapped = i > 1 && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) now[j] = Math.min(now[j], beforeLast[j - 2] + 1);
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = now;
            now = free;
        }
        return last[b.length()];
    }
}
