package lb.observe;

import java.util.function.LongSupplier;
import lb.config.AccessLogConfig;
import lb.proxy.ExchangeRecord;

/** What an access log's record looks like. Threading: one event loop. */
interface RecordFormat {
    /** Adds the record of an exchange that ended, its line feed included. */
    void write(ExchangeRecord exchange, Line line);

    /** One for one lane. */
    static RecordFormat of(AccessLogConfig config, LongSupplier millisClock) {
        LineTime time = new LineTime(millisClock);
        ClientFields clientFields = new ClientFields(config.redactHeaders());
        return switch (config.format()) {
            case COMBINED -> new CombinedFormat(time, clientFields);
            case JSON -> new JsonFormat(time, clientFields);
        };
    }
}
