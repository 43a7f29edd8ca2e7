package lb.listen;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import lb.http.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that were closed at once, by cause: counted, and said in the program log once a second at most, so
 * that those who are refused cannot fill a disk.
 *
 * <pre>
 * WARN  listener=http refused a connection, client.too_many: too many clients are connected; 1203 since the start
 * </pre>
 *
 * Any thread.
 */
final class Refusals {
    private static final Logger log = LoggerFactory.getLogger(Refusals.class);
    private static final long APART = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoClock;
    private final Map<Failure, Tally> tallies = new EnumMap<>(Failure.class);

    private static final class Tally {
        final LongAdder count = new LongAdder();
        final AtomicLong mayLogAt;

        Tally(long now) {
            mayLogAt = new AtomicLong(now);
        }
    }

    /** @param causes those that will be counted */
    Refusals(LongSupplier nanoClock, Failure... causes) {
        this.nanoClock = nanoClock;
        for (Failure cause : causes) tallies.put(cause, new Tally(nanoClock.getAsLong()));
    }

    void count(Failure cause, String listener) {
        Tally tally = tallies.get(cause);
        tally.count.increment();
        long now = nanoClock.getAsLong();
        long at = tally.mayLogAt.get();
        if (now - at < 0 || !tally.mayLogAt.compareAndSet(at, now + APART)) return;
        log.warn("listener={} refused a connection, {}: {}; {} since the start", listener, cause.cause(),
                cause.sentence(), tally.count.sum());
    }

    /** 0 for causes that are not counted here. */
    long of(Failure cause) {
        Tally tally = tallies.get(cause);
        return tally == null ? 0 : tally.count.sum();
    }
}
