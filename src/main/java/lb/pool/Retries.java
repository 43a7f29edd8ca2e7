package lb.pool;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a pool knows of its retries: what became of failed attempts, by verdict, and how many more it can afford. Lives
 * on when a reload replaces the pool.
 *
 * <p>Threading: any thread, without a lock; {@link #sample} on the control thread.
 */
public final class Retries {
    private final LongAdder requests = new LongAdder();
    private final RetryBudget budget = new RetryBudget(requests::sum);
    private final LongAdder[] verdicts = new LongAdder[RetryVerdict.values().length];

    Retries() {
        for (int i = 0; i < verdicts.length; i++) verdicts[i] = new LongAdder();
    }

    /** A request begins; its retries are not counted here. */
    public void requestBegins() {
        requests.increment();
    }

    /** True when the pool can afford one more retry, which is then taken for made. */
    public boolean afford() {
        return budget.take();
    }

    /** An attempt failed, and this was decided. */
    public void decided(RetryVerdict verdict) {
        verdicts[verdict.ordinal()].increment();
    }

    /** Failed attempts with this verdict. */
    public long count(RetryVerdict verdict) {
        return verdicts[verdict.ordinal()].sum();
    }

    /** Retries made in the last ten seconds. */
    public long budgetUsed() {
        return budget.used();
    }

    /** Retries that the last ten seconds had room for, those made included. */
    public long budgetMost() {
        return budget.most();
    }

    /** Control thread; once a second. */
    public void sample() {
        budget.sample();
    }

    /** Control thread. @param share of requests; 0–1 */
    void share(double share) {
        budget.share(share);
    }
}
