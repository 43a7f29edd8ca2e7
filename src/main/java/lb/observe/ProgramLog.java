package lb.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.ArrayList;
import java.util.List;
import lb.config.LogConfig;
import org.slf4j.LoggerFactory;

/**
 * What lb says about itself, on stderr, one line a record. Until it is started and after it was closed records are
 * written at once; in between by a thread of its own, so that nobody waits for a slow stderr.
 *
 * <p>Threading: started, changed and closed on the control thread; records come from any thread.
 */
public final class ProgramLog implements AutoCloseable {
    /** Netty tells at INFO and DEBUG what only its developers want to know. */
    private static final String NETTY = "io.netty";

    private final LoggerContext context;
    private final QueuedAppender appender;

    private ProgramLog(LoggerContext context, LogTarget target) {
        this.context = context;
        appender = new QueuedAppender(target);
        appender.setContext(context);
    }

    /** Once in the life of the process. */
    public static ProgramLog start(LogConfig config) {
        return start(config, (LoggerContext) LoggerFactory.getILoggerFactory(), LogTarget.stderr());
    }

    static ProgramLog start(LogConfig config, LoggerContext context, LogTarget target) {
        ProgramLog log = new ProgramLog(context, target);
        log.change(config);
        log.appender.start();
        replace(context, log.appender);
        return log;
    }

    /** From the next record on. */
    public void change(LogConfig config) {
        appender.format(EventFormat.of(config.format()));
        levels(context, config.level());
    }

    /** Records that were never written because stderr was too slow, since start. Any thread. */
    public long dropped() {
        return appender.dropped();
    }

    /** Writes what is there; waits for that, but never longer than 2 s. */
    @Override public void close() {
        direct(context, appender.format(), appender.target());
        appender.stop();
    }

    /** Writes at once, on whatever thread a record comes from. */
    static void direct(LoggerContext context, EventFormat format, LogTarget target) {
        DirectAppender direct = new DirectAppender(format, target);
        direct.setContext(context);
        direct.start();
        replace(context, direct);
    }

    /** The new one first, so that no record finds none. */
    private static void replace(LoggerContext context, Appender<ILoggingEvent> next) {
        Logger root = root(context);
        List<Appender<ILoggingEvent>> previous = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(previous::add);
        root.addAppender(next);
        for (Appender<ILoggingEvent> each : previous) root.detachAppender(each);
    }

    static void levels(LoggerContext context, LogConfig.Level level) {
        Level wanted = switch (level) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
        root(context).setLevel(wanted);
        context.getLogger(NETTY).setLevel(wanted.isGreaterOrEqual(Level.WARN) ? wanted : Level.WARN);
    }

    private static Logger root(LoggerContext context) {
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
