package lb.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;

/** Writes each record at once: for the time before the log's thread runs and after it ended. Any thread. */
final class DirectAppender extends AppenderBase<ILoggingEvent> {
    private final EventFormat format;
    private final LogTarget target;

    DirectAppender(EventFormat format, LogTarget target) {
        this.format = format;
        this.target = target;
    }

    @Override protected void append(ILoggingEvent event) {
        byte[] line = format.line(event);
        try {
            target.write(line, 0, line.length);
        } catch (IOException e) {
            // stderr is gone: there is nowhere left to say so
        }
    }
}
