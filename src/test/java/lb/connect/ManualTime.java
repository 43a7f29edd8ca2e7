package lb.connect;

import io.netty.channel.EventLoop;
import lb.http.HeadLimits;

/** Time that a test moves on, for the deadlines of a lane. */
public final class ManualTime {
    private long nanos;
    private long alarmAt;
    private Runnable alarm;

    /** A lane that dials nowhere and whose deadlines follow this time. */
    public Lane lane(EventLoop loop, HeadLimits responseLimits) {
        Deadlines deadlines = new Deadlines(() -> nanos, (after, task) -> {
            alarmAt = nanos + after;
            alarm = task;
        });
        return new Lane(0, loop, deadlines, null, responseLimits, silent -> { });
    }

    public void advance(long by) {
        long to = nanos + by;
        while (alarm != null && alarmAt <= to) {
            Runnable due = alarm;
            alarm = null;
            nanos = Math.max(nanos, alarmAt);
            due.run();
        }
        nanos = to;
    }

    /** True while a deadline is armed, or was at the last tick. */
    public boolean turning() {
        return alarm != null;
    }
}
