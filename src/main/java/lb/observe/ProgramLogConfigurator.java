package lb.observe;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import lb.config.LogConfig;

/**
 * What logback finds under {@code META-INF/services} and asks instead of searching for XML, which would cost 0.2 s at
 * start. Records of the time before {@link ProgramLog#start} go to stderr at once, as text, from INFO on.
 */
public final class ProgramLogConfigurator extends ContextAwareBase implements Configurator {
    @Override public ExecutionStatus configure(LoggerContext context) {
        ProgramLog.levels(context, LogConfig.Level.INFO);
        ProgramLog.direct(context, EventFormat.of(LogConfig.Format.TEXT), LogTarget.stderr());
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
