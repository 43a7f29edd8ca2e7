package lb.proxy;

import java.util.Arrays;
import java.util.List;
import lb.config.HashSource;
import lb.sticky.Sticky;

/**
 * The pools of one route and the share of its clients that each gets. A client keeps the pool that its session is in;
 * where no session is known, the one that its address falls into, for as long as the shares stay as they are.
 * Threading: immutable.
 */
public final class Destination {
    private static final HashSource CLIENT = new HashSource(HashSource.Kind.CLIENT_IP, null);

    private final Terms[] terms;
    /** The sum of the weights up to each. */
    private final long[] upTo;

    /** @param weights one for each of the terms; at least one above 0 */
    public Destination(List<Terms> terms, List<Integer> weights) {
        this.terms = terms.toArray(Terms[]::new);
        upTo = new long[weights.size()];
        long sum = 0;
        for (int i = 0; i < upTo.length; i++) upTo[i] = sum += weights.get(i);
    }

    public static Destination of(Terms terms) {
        return new Destination(List.of(terms), List.of(1));
    }

    /** Every pool that may get a request, with what holds there. */
    public List<Terms> all() {
        return List.of(terms);
    }

    Terms of(Exchange exchange) {
        if (terms.length == 1) return terms[0];
        for (int i = 0; i < terms.length; i++) {
            Sticky sticky = terms[i].sticky();
            if (sticky != null && keeps(i, sticky.session(exchange.request()))) return terms[i];
        }
        long point = Long.remainderUnsigned(exchange.key(CLIENT), upTo[upTo.length - 1]);
        int at = Arrays.binarySearch(upTo, point);
        // a point on a border belongs to the next that has a share at all
        int index = at < 0 ? -at - 1 : at + 1;
        while (upTo[index] <= point) index++;
        return terms[index];
    }

    /** A session whose backend is out stays in its pool for as long as that gets new clients and has who takes them. */
    private boolean keeps(int index, Sticky.Session session) {
        if (!session.known()) return false;
        boolean hasShare = upTo[index] > (index == 0 ? 0 : upTo[index - 1]);
        return session.kept() || hasShare && terms[index].pool().eligibleCount() > 0;
    }
}
