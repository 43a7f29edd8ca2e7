package lb.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import lb.config.LogConfig;

/**
 * How a record of the program log looks: one line, whatever is in it.
 *
 * <pre>
 * TEXT  2026-11-22T13:51:05.921Z WARN  pool=api backend=b1 UP -> DOWN: …
 * JSON  {"@timestamp":"2026-11-22T13:51:05.921Z","log.level":"WARN","log.logger":"lb.pool.Pool",
 *        "process.thread.name":"lb-control","message":"…","error.stack_trace":"…"}
 * </pre>
 *
 * Threading: stateless.
 */
enum EventFormat {
    TEXT {
        @Override void write(long millis, Level level, String logger, String thread, String message, String stack,
                StringBuilder out) {
            TIME.formatTo(Instant.ofEpochMilli(millis), out);
            String name = level.toString();
            // five columns
            out.append(' ').append(name).append(name.length() < 5 ? "  " : " ");
            EventText.plain(message, out);
            if (stack != null) {
                out.append("; ");
                EventText.plain(stack.replace("\n", "; "), out);
            }
        }
    },
    JSON {
        @Override void write(long millis, Level level, String logger, String thread, String message, String stack,
                StringBuilder out) {
            out.append("{\"@timestamp\":\"");
            TIME.formatTo(Instant.ofEpochMilli(millis), out);
            out.append("\",\"log.level\":\"").append(level).append("\",\"log.logger\":\"");
            EventText.json(logger, out);
            out.append("\",\"process.thread.name\":\"");
            EventText.json(thread, out);
            out.append("\",\"message\":\"");
            EventText.json(message, out);
            if (stack != null) {
                out.append("\",\"error.stack_trace\":\"");
                EventText.json(stack, out);
            }
            out.append("\"}");
        }
    };

    /** Characters of a message, and of a stack trace: what is behind is cut. */
    static final int TEXT_LIMIT = 4096;
    /** Bytes of a record at most: both texts with every character escaped, and what stands around them. */
    static final int RECORD_LIMIT = 2 * 6 * TEXT_LIMIT + 1024;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    static EventFormat of(LogConfig.Format format) {
        return switch (format) {
            case TEXT -> TEXT;
            case JSON -> JSON;
        };
    }

    /** The whole line with its line feed, in UTF-8. */
    byte[] line(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        return line(event.getTimeStamp(), event.getLevel(), event.getLoggerName(), event.getThreadName(),
                event.getFormattedMessage(), thrown == null ? null : EventText.stack(thrown));
    }

    /** A record of the log itself. */
    byte[] warning(long millis, String message) {
        return line(millis, Level.WARN, ProgramLog.class.getName(), Thread.currentThread().getName(), message, null);
    }

    abstract void write(long millis, Level level, String logger, String thread, String message, String stack,
            StringBuilder out);

    private byte[] line(long millis, Level level, String logger, String thread, String message, String stack) {
        StringBuilder out = new StringBuilder(160);
        write(millis, level, logger, thread, cut(message), cut(stack), out);
        return out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String cut(String text) {
        return text == null || text.length() <= TEXT_LIMIT ? text : text.substring(0, TEXT_LIMIT) + "...";
    }
}
