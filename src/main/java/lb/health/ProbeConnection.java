package lb.health;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lb.connect.Dialler;
import lb.pool.Backend;

/**
 * The connection over which one backend is asked one thing. The question ends exactly once, by a finding, by a deadline
 * or because it is abandoned; whatever ends it closes the connection.
 *
 * <p>Threading: control thread, which is the connection's event loop.
 *
 * @param <F> what may be found
 */
final class ProbeConnection<F> implements Prober.Probe {
    private final EventLoop control;
    private final Consumer<F> whenDone;
    private Channel channel;                // both null before it is opened
    private Future<?> deadline;
    private boolean ended;

    /** @param whenDone told once unless abandoned, on the control thread, never before {@link #open} has returned */
    ProbeConnection(EventLoop control, Consumer<F> whenDone) {
        this.control = control;
        this.whenDone = whenDone;
    }

    /**
     * Begins with a deadline, which covers resolving and connecting, and whatever comes after them.
     *
     * @param bootstrap this question's own, with its handler
     * @param late      asked for the finding when the deadline is over
     * @return whose listeners are told on the control thread
     */
    ChannelFuture open(Bootstrap bootstrap, Backend backend, Duration time, Supplier<F> late) {
        bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
        ChannelFuture connecting = Dialler.connect(bootstrap, control, backend.host(), backend.port());
        channel = connecting.channel();
        endIn(time, late);
        return connecting;
    }

    boolean connected() {
        return channel.isActive();
    }

    /** Another deadline in place of the one before. */
    void endIn(Duration time, Supplier<F> late) {
        if (deadline != null) deadline.cancel(false);
        deadline = control.schedule(() -> end(late.get()), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** For what prevented the question: nobody expects a finding while it is still being put. */
    void endSoon(F finding) {
        control.execute(() -> end(finding));
    }

    /** Nothing happens when it has ended. */
    void end(F finding) {
        if (ended) return;
        abandon();
        whenDone.accept(finding);
    }

    @Override public void abandon() {
        ended = true;
        if (deadline != null) deadline.cancel(false);
        if (channel != null && channel.isOpen()) channel.close();
    }
}
