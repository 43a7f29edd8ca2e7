package lb;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import lb.connect.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that decides, from its start to its end. Threading: any thread but itself. */
final class ControlThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ControlThread.class);
    private static final long QUIET_MILLIS = 50;
    private static final long STUCK_SECONDS = 3;

    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;

    ControlThread(Transport transport) {
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("lb-control"), transport.ioHandler());
        loop = (EventLoop) group.next();
    }

    EventLoop loop() {
        return loop;
    }

    /**
     * A step of stopping. Waits for it, but never longer than 3 s, as a control thread that is stuck must not keep lb
     * from ending.
     *
     * @return false when the thread has ended or does not answer; the step may then never happen
     */
    boolean lastly(Runnable step) {
        if (group.isShuttingDown()) return false;
        Future<?> done = loop.submit(step);
        if (!done.awaitUninterruptibly(STUCK_SECONDS, TimeUnit.SECONDS)) {
            log.error("the control thread has not answered for {} s: stopping without it", STUCK_SECONDS);
            return false;
        }
        if (!done.isSuccess()) log.error("stopping failed through a fault of our own, going on", done.cause());
        return true;
    }

    /** Waits for up to two seconds. */
    @Override public void close() {
        group.shutdownGracefully(QUIET_MILLIS, 1_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
