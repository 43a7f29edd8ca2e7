package lb.observe;

import java.util.SplittableRandom;
import lb.config.AccessLogConfig;
import lb.proxy.ExchangeRecord;

/**
 * The access log of one lane: decides whether an exchange is recorded, writes the record and hands it over.
 * Threading: the lane's event loop.
 */
final class LaneRecords {
    private final RecordFormat format;
    private final LaneRing ring;
    private final AccessWriter writer;
    private final double sample;
    private final SplittableRandom random = new SplittableRandom();
    private final Line line = new Line();
    private final int half;

    LaneRecords(AccessLogConfig config, LaneRing ring, AccessWriter writer) {
        this.ring = ring;
        this.writer = writer;
        format = RecordFormat.of(config, System::currentTimeMillis);
        sample = config.sample();
        half = ring.capacity() / 2;
    }

    void exchangeEnded(ExchangeRecord exchange) {
        if (sample < 1 && !failed(exchange) && random.nextDouble() >= sample) return;
        line.begin();
        format.write(exchange, line);
        int waiting = ring.offer(line.bytes(), line.length());
        if (waiting < 0) writer.dropped(1);
        else if (waiting >= half && waiting - line.length() < half) writer.wake();
    }

    /** Such an exchange is recorded whatever the sample: somebody will ask for it. */
    private static boolean failed(ExchangeRecord exchange) {
        return exchange.failure() != null || exchange.status() >= 500;
    }
}
