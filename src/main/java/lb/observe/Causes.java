package lb.observe;

import java.util.concurrent.atomic.LongAdder;
import lb.http.Failure;
import lb.proxy.ExchangeRecord;
import lb.proxy.ExchangeObserver;

/** Counts how exchanges ended. Threading: counted on any event loop, read on any thread. */
public final class Causes implements ExchangeObserver {
    private static final int GROUPS = 6;

    private final LongAdder total = new LongAdder();
    private final LongAdder[] byCause = adders(Failure.values().length);
    private final LongAdder[] byStatus = adders(GROUPS);

    @Override public void exchangeEnded(ExchangeRecord exchange) {
        total.increment();
        Failure failure = exchange.failure();
        if (failure != null) byCause[failure.ordinal()].increment();
        int group = exchange.status() / 100;
        byStatus[group < GROUPS ? group : 0].increment();
    }

    /** Exchanges that ended. */
    public long total() {
        return total.sum();
    }

    /** Exchanges that ended by this failure. */
    public long count(Failure failure) {
        return byCause[failure.ordinal()].sum();
    }

    /**
     * Exchanges by the status that the client got; 499 for those who left counts as 4xx.
     *
     * @param group 1–5, or 0 for statuses beyond 599
     */
    public long statuses(int group) {
        return byStatus[group].sum();
    }

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) adders[i] = new LongAdder();
        return adders;
    }
}
