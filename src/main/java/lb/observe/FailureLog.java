package lb.observe;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import lb.http.Failure;
import lb.http.Head;
import lb.proxy.ExchangeRecord;
import lb.proxy.ExchangeObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the program log which exchanges failed by a backend's fault or ours, one line each:
 *
 * <pre>
 * WARN  pool=api backend=b1 GET /x -> 502 connect.refused: the backend refused the connection; not tried again:
 *       2 of 2 attempts; attempts 2, request 3k-1
 * </pre>
 *
 * Clients' faults are for DEBUG, or anybody outside could fill the disk. Each lane logs 20 lines at once and 10 a
 * second after that, of either kind; every 10 s one line says how many more there were.
 *
 * <p>Threading: told on event loops; closed by any thread, after all that.
 */
public final class FailureLog implements ExchangeObserver, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FailureLog.class);
    private static final String FORMAT = "pool={} backend={} {} -> {} {}: {}{}; attempts {}, request {}";
    private static final int BURST = 20;
    private static final int PER_SECOND = 10;
    private static final long REPORT_SECONDS = 10;
    /** Bytes of a target in a line. */
    private static final int TARGET_LIMIT = 200;

    private final Lane[] lanes;
    private final ScheduledFuture<?> reports;
    private final LongAdder unlogged = new LongAdder();
    private long reported;

    /** What belongs to one event loop. */
    private record Lane(TokenBucket ours, TokenBucket clients, Line line) {}

    /**
     * @param lanes         how many event loops will tell of exchanges
     * @param controlThread says how many were not logged
     */
    public FailureLog(int lanes, ScheduledExecutorService controlThread) {
        this(lanes, controlThread, System::nanoTime);
    }

    FailureLog(int lanes, ScheduledExecutorService controlThread, LongSupplier nanoClock) {
        this.lanes = new Lane[lanes];
        for (int i = 0; i < lanes; i++) {
            this.lanes[i] = new Lane(new TokenBucket(BURST, PER_SECOND, nanoClock),
                    new TokenBucket(BURST, PER_SECOND, nanoClock), new Line());
        }
        reports = controlThread.scheduleWithFixedDelay(this::report, REPORT_SECONDS, REPORT_SECONDS, TimeUnit.SECONDS);
    }

    @Override public void exchangeEnded(ExchangeRecord exchange) {
        Failure failure = exchange.failure();
        if (failure == null) return;
        boolean client = failure.fault() == Failure.Fault.CLIENT;
        if (client && !log.isDebugEnabled()) return;
        Lane lane = lanes[exchange.lane()];
        if (!(client ? lane.clients : lane.ours).take()) {
            unlogged.increment();
            return;
        }
        Object[] values = {
            exchange.pool() == null ? "-" : exchange.pool().name(),
            exchange.backend() == null ? "-" : exchange.backend().id(),
            request(exchange.request(), lane.line.begin()), exchange.status(), failure.cause(), failure.sentence(),
            notTriedAgain(exchange), exchange.attempts(), exchange.id()
        };
        if (client) log.debug(FORMAT, values);
        else log.warn(FORMAT, values);
    }

    /** When the control thread has ended. Says what is still to be said. */
    @Override public void close() {
        reports.cancel(false);
        report();
    }

    private void report() {
        long sum = unlogged.sum();
        if (sum == reported) return;
        log.warn("{} more failed exchanges like those above were not logged", sum - reported);
        reported = sum;
    }

    private static String notTriedAgain(ExchangeRecord exchange) {
        String why = exchange.notTriedAgain();
        return why == null ? "" : "; not tried again: " + why;
    }

    private static String request(Head request, Line line) {
        if (request == null) return "-";
        line.escaped(request, 0, request.methodEnd(), ClientFields.METHOD_LIMIT, Escape.TEXT).add(' ');
        line.escaped(request, request.targetStart(), request.targetEnd(), TARGET_LIMIT, Escape.TEXT);
        return line.toString();
    }
}
