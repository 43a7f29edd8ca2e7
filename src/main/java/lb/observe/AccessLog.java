package lb.observe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import lb.config.AccessLogConfig;
import lb.proxy.ExchangeRecord;
import lb.proxy.ExchangeObserver;

/**
 * One line for each exchange, to stdout or a file. Each lane writes its records by hand into bytes of its own, which
 * one thread takes to the target within 100 ms. When the target is slower than the exchanges, records are dropped and
 * counted; no event loop ever waits for a log.
 *
 * <p>Threading: changed on the control thread and closed when that has ended, told of exchanges on their event loops.
 */
public final class AccessLog implements ExchangeObserver, AutoCloseable {
    /** Of records that wait to be written, per lane: about 0.1 s of a lane that is as busy as it can be. */
    static final int RING_BYTES = 1 << 20;

    private final int lanes;
    private final LongAdder dropped = new LongAdder();
    private volatile Open open;
    private AccessLogConfig config;

    private record Open(LaneRecords[] lanes, AccessWriter writer) {}

    /**
     * A log that is turned off until {@link #change}.
     *
     * @param lanes how many event loops will tell of exchanges
     */
    public AccessLog(int lanes) {
        this.lanes = lanes;
    }

    /**
     * Control thread. From the next exchange on; the old log is written to its end meanwhile.
     *
     * @param next or null to turn it off
     * @throws IOException when its file cannot be opened; then nothing has changed
     */
    public void change(AccessLogConfig next) throws IOException {
        if (next == null) turnOff();
        else if (!next.equals(config)) change(next, LogTarget.of(next.to()), RING_BYTES);
    }

    /** @param ringBytes per lane; a power of two */
    void change(AccessLogConfig next, LogTarget target, int ringBytes) {
        List<LaneRing> rings = new ArrayList<>(lanes);
        for (int i = 0; i < lanes; i++) rings.add(new LaneRing(ringBytes));
        AccessWriter writer = new AccessWriter(List.copyOf(rings), target, dropped);
        LaneRecords[] records = new LaneRecords[lanes];
        for (int i = 0; i < lanes; i++) records[i] = new LaneRecords(next, rings.get(i), writer);
        writer.start();
        Open previous = open;
        open = new Open(records, writer);
        config = next;
        if (previous != null) previous.writer.close();
    }

    @Override public void exchangeEnded(ExchangeRecord exchange) {
        Open now = open;
        if (now != null) now.lanes[exchange.lane()].exchangeEnded(exchange);
    }

    /** Records that were never written, since start. Any thread. */
    public long dropped() {
        return dropped.sum();
    }

    /** When the control thread has ended. Writes what is there; waits for that, but never longer than 2 s. */
    @Override public void close() {
        Open previous = open;
        turnOff();
        if (previous != null) previous.writer.awaitClosed();
    }

    private void turnOff() {
        Open previous = open;
        open = null;
        config = null;
        if (previous != null) previous.writer.close();
    }
}
