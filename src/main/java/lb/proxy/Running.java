package lb.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The exchanges of one lane that have begun and not ended, linked through the exchanges themselves, so that to come and
 * to go costs no memory. Event loop only, but for {@link #count}.
 */
final class Running {
    private final AtomicInteger count = new AtomicInteger();
    private Exchange newest;

    void add(Exchange exchange) {
        exchange.older = newest;
        if (newest != null) newest.newer = exchange;
        newest = exchange;
        count.lazySet(count.get() + 1);
    }

    /** Once for each that was added. */
    void remove(Exchange exchange) {
        Exchange newer = exchange.newer;
        Exchange older = exchange.older;
        if (newer == null) newest = older;
        else newer.older = older;
        if (older != null) older.newer = newer;
        exchange.newer = null;
        exchange.older = null;
        count.lazySet(count.get() - 1);
    }

    /** Those that run at this time; they may end while the list is gone through. */
    List<Exchange> all() {
        List<Exchange> all = new ArrayList<>(count.get());
        for (Exchange each = newest; each != null; each = each.older) all.add(each);
        return all;
    }

    /** Any thread. */
    int count() {
        return count.get();
    }
}
