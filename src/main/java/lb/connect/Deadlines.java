package lb.connect;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deadlines of one event loop: a wheel of intrusive lists, so that arming, prolonging and cancelling cost a few
 * writes and allocate nothing. Late by up to {@value #TICK_MILLIS} ms, never early; the wheel turns only while it holds
 * something. When a crowd is due at once, those who are not get their turns in between. Event loop only.
 */
public final class Deadlines {
    private static final long TICK_MILLIS = 50;
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
    /** 1,024 slots of 50 ms: 51 s in one turn; what lies further is put in again when its slot comes by. */
    private static final int SLOTS = 1024;
    /** Deadlines that expire before the loop looks after its sockets again: a refusal each, about a millisecond. */
    private static final int AT_ONCE = 32;

    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);

    private final LongSupplier nanoClock;
    private final Alarm alarm;
    private final Runnable tick = this::tick;
    private final Deadline[] slots = new Deadline[SLOTS];
    private long lastTick;
    private int held;
    private boolean turning;

    /** Something that must not last for ever. Belongs to one wheel at a time. */
    public abstract static class Deadline {
        private Deadline previous;
        private Deadline next;
        private int slot = -1;
        private long at;

        /** Called once when the time is over, unless cancelled or prolonged before. */
        protected abstract void expired();

        public final boolean armed() {
            return slot >= 0;
        }
    }

    /** Runs something on the event loop after some time. */
    interface Alarm {
        void after(long nanos, Runnable task);
    }

    public Deadlines(EventLoop loop) {
        this(System::nanoTime, (nanos, task) -> loop.schedule(task, nanos, TimeUnit.NANOSECONDS));
    }

    /** @param nanoClock monotonic */
    Deadlines(LongSupplier nanoClock, Alarm alarm) {
        this.nanoClock = nanoClock;
        this.alarm = alarm;
    }

    /** Monotonic. */
    public long now() {
        return nanoClock.getAsLong();
    }

    /** Arms it, or moves it when it is armed already. @param nanos from now; at least 0 */
    public void arm(Deadline deadline, long nanos) {
        long now = now();
        deadline.at = now + nanos;
        if (deadline.slot >= 0) {
            // prolonged: it stays where it is and is put in again when its slot comes by
            if (deadline.at - tickTime(deadline.slot, now) >= 0) return;
            unlink(deadline);
        }
        if (!turning) start(now);
        link(deadline);
    }

    public void cancel(Deadline deadline) {
        if (deadline.slot >= 0) unlink(deadline);
    }

    /** When the given slot comes by next, at the earliest. */
    private long tickTime(int slot, long now) {
        int ahead = slot - (int) (lastTick & (SLOTS - 1)) & SLOTS - 1;
        return (lastTick + ahead) * TICK;
    }

    private void start(long now) {
        turning = true;
        lastTick = Math.floorDiv(now, TICK);
        turn();
    }

    /** Wakes up when the next slot is due, not a tick from now: else both would add up and make a deadline late. */
    private void turn() {
        alarm.after(Math.max(0, (lastTick + 1) * TICK - now()), tick);
    }

    private void link(Deadline deadline) {
        long tick = Math.max(Math.floorDiv(deadline.at + TICK - 1, TICK), lastTick + 1);
        int slot = (int) (Math.min(tick, lastTick + SLOTS - 1) & (SLOTS - 1));
        deadline.slot = slot;
        deadline.previous = null;
        deadline.next = slots[slot];
        if (slots[slot] != null) slots[slot].previous = deadline;
        slots[slot] = deadline;
        held++;
    }

    private void unlink(Deadline deadline) {
        if (deadline.previous != null) deadline.previous.next = deadline.next;
        else slots[deadline.slot] = deadline.next;
        if (deadline.next != null) deadline.next.previous = deadline.previous;
        deadline.slot = -1;
        deadline.previous = null;
        deadline.next = null;
        held--;
    }

    private void tick() {
        long now = now();
        long upTo = Math.floorDiv(now, TICK);
        // a loop that was blocked for more than a turn looks at every slot once
        if (upTo - lastTick > SLOTS) lastTick = upTo - SLOTS;
        int left = AT_ONCE;
        while (lastTick < upTo) {
            lastTick++;
            left = visit((int) (lastTick & (SLOTS - 1)), now, left);
            if (left < 0) {
                lastTick--;
                alarm.after(0, tick);
                return;
            }
        }
        turning = held > 0;
        if (turning) turn();
    }

    /** @return how many more may expire now; negative when there are more in this slot */
    private int visit(int slot, long now, int left) {
        // whatever is armed meanwhile goes into other slots
        for (Deadline each; (each = slots[slot]) != null;) {
            boolean due = each.at - now <= 0;
            if (due && --left < 0) return left;
            unlink(each);
            if (due) expire(each);
            else link(each);
        }
        return left;
    }

    /** One that fails must not stop the wheel, and with it every other deadline of the loop. */
    private static void expire(Deadline deadline) {
        try {
            deadline.expired();
        } catch (RuntimeException | Error fault) {
            log.error("a deadline failed through a fault of our own", fault);
        }
    }
}
