package lb;

import java.util.concurrent.CompletableFuture;

/**
 * How lb ends. With time to spare it drains: accepts nobody any more and lets running exchanges end. Closing is what
 * comes last, and at once:
 *
 * <pre>
 * health checks, listeners   nothing new begins
 * exchanges                  what still runs is answered by us, where that is possible
 * admin, event loops         their connections are closed
 * control thread
 * logs                       after all that they are told of
 * </pre>
 *
 * <p>Threading: any thread; each step happens on the thread of what it ends.
 */
final class Stopping {
    private final Daemon daemon;
    private final ControlThread control;
    private Drain drain;
    private volatile boolean begun;

    Stopping(Daemon daemon, ControlThread control) {
        this.daemon = daemon;
        this.control = control;
    }

    /** True from the moment that lb was asked to stop. */
    boolean begun() {
        return begun;
    }

    /** @return completes when nothing runs any more, or the config's {@code drain} is over */
    synchronized CompletableFuture<Void> drain() {
        if (drain != null) return drain.done();
        Drain last = new Drain(control.loop(), daemon.lanes(), daemon.clientLimit());
        drain = last;
        begun = true;
        control.loop().execute(() -> {
            daemon.listeners().drain();
            last.begin(daemon.topology().config().timeouts().drain());
        });
        return last.done();
    }

    /** Stops now. Waits for up to a few seconds; may be called again. */
    void close() {
        begun = true;
        boolean answers = control.lastly(() -> {
            daemon.watch().stop();
            daemon.listeners().close();
            daemon.admin().close();
        });
        // before their loops end, which begins with closing every connection: what is cut is answered first
        daemon.lanes().cut();
        daemon.lanes().close();
        control.close();
        // after all that they are told of, and after the thread that changes them
        if (answers) daemon.observation().close();
    }
}
