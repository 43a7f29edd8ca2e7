package lb;

import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import lb.config.Config;
import lb.observe.AccessLog;
import lb.observe.Causes;
import lb.observe.FailureLog;
import lb.observe.Observers;
import lb.proxy.ExchangeObserver;

/** Everybody who watches exchanges. Changed on the control thread, closed when that has ended. */
final class Observation implements AutoCloseable {
    private final Causes causes = new Causes();
    private final AccessLog accessLog;
    private final FailureLog failureLog;
    private final ExchangeObserver observer;

    Observation(int lanes, ScheduledExecutorService control) {
        accessLog = new AccessLog(lanes);
        failureLog = new FailureLog(lanes, control);
        observer = new Observers(causes, accessLog, failureLog);
    }

    /** @throws IOException when the access log cannot be opened; then nothing has changed */
    void change(Config config) throws IOException {
        try {
            accessLog.change(config.accessLog());
        } catch (IOException e) {
            throw new IOException("the access log cannot be written: " + e.getMessage(), e);
        }
    }

    ExchangeObserver observer() {
        return observer;
    }

    Causes causes() {
        return causes;
    }

    AccessLog accessLog() {
        return accessLog;
    }

    @Override public void close() {
        failureLog.close();
        accessLog.close();
    }
}
