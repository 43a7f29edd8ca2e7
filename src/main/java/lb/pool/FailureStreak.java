package lb.pool;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import lb.config.OutlierConfig.On;

/**
 * The failed attempts at one backend, as far as they may take it out: how many in a row, and how many ever.
 *
 * <pre>
 * limit 3     attempt   ✓  ✗  ✗  ✓  ✗  ✗  ✗     ✗
 *             in a row  0  1  2  0  1  2  3     4
 *                                         crossed, once
 * </pre>
 *
 * An attempt counts when it ends, not when its answer begins: else a backend that cuts off every body would never fail
 * twice in a row.
 *
 * <p>Threading: any event loop, without a lock. A race between a success and a failure may lose either; the next one
 * makes up for it. The usual case, a success after a success, is one read.
 */
public final class FailureStreak {
    private final AtomicInteger inARow = new AtomicInteger();
    private final LongAdder bad = new LongAdder();
    private final LongAdder badAnswers = new LongAdder();
    private volatile Judging judging;               // null: nobody judges
    private volatile String lastCause = "";

    /**
     * Who judges, and by what.
     *
     * @param on      what counts as a failure
     * @param limit   failures in a row
     * @param crossed run on the event loop that saw the failure which reached the limit; must not block
     */
    public record Judging(Set<On> on, int limit, Runnable crossed) {}

    FailureStreak() {}

    /** Control thread. @param judging or null: failures no longer count */
    public void judgeBy(Judging judging) {
        this.judging = judging;
    }

    /** Any thread. Failures in a row up to now. */
    public int inARow() {
        return inARow.get();
    }

    /** Any thread. The next failure is the first in a row. */
    public void forgetRow() {
        inARow.set(0);
    }

    /** Any thread. Failures that counted, ever. */
    public long bad() {
        return bad.sum();
    }

    /** Any thread. Those of {@link #bad} that had a response head, and so are among the backend's responses too. */
    long badAnswers() {
        return badAnswers.sum();
    }

    /** Any thread. What the last failure that counted was, such as {@code connect.refused}; empty before it. */
    public String lastCause() {
        return lastCause;
    }

    /** Any event loop. */
    void succeeded(int httpStatus) {
        if (httpStatus >= 500) {
            Judging now = judging;
            if (counts(now, On.STATUS_5XX)) {
                failed(now, "status " + httpStatus, true);
                return;
            }
        }
        if (inARow.get() != 0) inARow.set(0);           // reading is free of contention, writing is not
    }

    /** Any event loop. @param answered its response had begun */
    void failed(On kind, String cause, boolean answered) {
        Judging now = judging;
        if (counts(now, kind)) failed(now, cause, answered);
    }

    private void failed(Judging now, String cause, boolean answered) {
        bad.increment();
        if (answered) badAnswers.increment();
        lastCause = cause;
        if (inARow.incrementAndGet() == now.limit) now.crossed.run();
    }

    private static boolean counts(Judging now, On kind) {
        return now != null && now.on.contains(kind);
    }
}
