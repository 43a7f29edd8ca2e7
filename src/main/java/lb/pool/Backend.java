package lb.pool;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import lb.config.BackendConfig;
import lb.config.OutlierConfig;

/**
 * One server we may send a request to: the only thing that lives on across reloads, found again by pool, id, address.
 * Most of it are questions that others ask at every turn; what is found out, counted, limited and ramped up for it is
 * kept beside it, by {@link Soundness}, {@link Tally}, {@link Slots}, {@link SlowStart}, {@link FailureStreak} and
 * {@link Latency}.
 *
 * <p>Threading: what decides its status, and its pool, belong to the control thread; status, config and the counters
 * may be read by anyone, the counters moved by any event loop.
 */
public final class Backend {
    private final String id;
    private final String host;
    private final int port;
    private final String address;
    private final byte[] authority;
    private final LongSupplier nanoClock;

    private volatile BackendConfig config;
    private volatile Status status;
    private volatile Since since;
    private Pool pool;
    private boolean counted;
    private volatile boolean removed;
    private volatile long drainedByNanos;           // once it was removed
    private volatile long drainSinceNanos;          // when it began to drain; nothing while it does not
    private volatile long drainNanos;

    private final Soundness soundness = new Soundness();
    private final SlowStart slowStart = new SlowStart();
    private final Slots slots = new Slots();
    private final Tally tally = new Tally();
    private final Latency latency = new Latency();
    private final FailureStreak streak = new FailureStreak();

    /** When and why the status became what it is. */
    public record Since(Instant at, long nanos, String cause) {}

    /** @param nanoClock monotonic, such as {@code System::nanoTime} */
    public Backend(BackendConfig config, LongSupplier nanoClock) {
        this.id = config.id();
        this.host = config.host();
        this.port = config.port();
        address = config.authority();
        authority = address.getBytes(StandardCharsets.US_ASCII);
        this.config = config;
        this.nanoClock = nanoClock;
        drainSinceNanos = nanoClock.getAsLong();
        status = derive();
        since = new Since(Instant.now(), nanoClock.getAsLong(), "added");
    }

    public String id() {
        return id;
    }

    public String host() {
        return host;
    }

    /** 1–65535. */
    public int port() {
        return port;
    }

    /** {@code host:port}, an IPv6 literal in brackets. */
    public String address() {
        return address;
    }

    /** The octets of {@link #address}, for a Host; not to be written to. */
    public byte[] authority() {
        return authority;
    }

    public BackendConfig config() {
        return config;
    }

    /** 0–256, as the operator wrote it. */
    public int weight() {
        return config.weight();
    }

    /** True when it gets requests only while no other backend of its pool is eligible. */
    public boolean backup() {
        return config.backup();
    }

    /**
     * Its weight as balancers heed it: {@link #weight} times {@link #share}. Only the proportions mean anything. It
     * changes on the control thread, and its pool's picker is built anew soon after.
     *
     * @return 0–2,560
     */
    public int effectiveWeight() {
        return config.weight() * slowStart.share();
    }

    /** How far it is in its slow start, in tenths: 1–{@value Ramp#WHOLE}, the latter for all who are not in one. */
    public int share() {
        return slowStart.share();
    }

    public Status status() {
        return status;
    }

    public Since since() {
        return since;
    }

    /** True when it may be picked now. */
    public boolean eligible() {
        return status == Status.UP && config.weight() > 0;
    }

    /** True when the operator wants it in, whatever probes and real traffic say. */
    public boolean wanted() {
        return config.state() == BackendConfig.State.READY && config.weight() > 0;
    }

    /**
     * Any thread. True when requests of sessions that it has may still go to it: while it is up, and while it drains,
     * be it by its state or by a weight of 0, until the pool's {@code timeouts.drain} is over since that began. One
     * that is in maintenance, down, ejected or removed keeps none, also when it drains besides.
     */
    boolean keepsSessions() {
        BackendConfig now = config;
        if (!soundness.sound() || removed || now.state() == BackendConfig.State.MAINT) return false;
        return !drains(now) || nanoClock.getAsLong() - drainSinceNanos < drainNanos;
    }

    private static boolean drains(BackendConfig config) {
        return config.state() == BackendConfig.State.DRAIN || config.weight() == 0;
    }

    /** The same server under the same id: an edit of anything else keeps this object. */
    public boolean is(BackendConfig other) {
        return id.equals(other.id()) && host.equals(other.host()) && port == other.port();
    }

    /** Control thread. Its pool in the running topology; null before the first swap and after its removal. */
    public Pool pool() {
        return pool;
    }

    /** Control thread. True once it was in a topology that ran, also when it has left that. */
    boolean known() {
        return pool != null || removed;
    }

    /** Control thread. @param pool null: it has left; it may come back while its exchanges end */
    void joined(Pool pool) {
        this.pool = pool;
        removed = pool == null;
        counted = false;
        if (removed) return;                        // what still runs on it keeps to the limit it knows
        drainNanos = pool.config().timeouts().drain().toNanos();
        slots.limit(pool.config().connections().maxPerBackend(), pool.line());
    }

    /** Control thread. Begins its slow start, if its pool wants one. */
    void startSlowly() {
        Duration length = pool == null ? Duration.ZERO : pool.config().slowStart();
        slowStart.begin(length, nanoClock.getAsLong(), good());
    }

    /** Control thread. True while its slow start lasts. */
    boolean starting() {
        return slowStart.lasts();
    }

    /** Control thread. Goes on with its slow start. @return true when its share has changed */
    boolean ramp() {
        if (!slowStart.lasts()) return false;
        boolean off = pool == null || pool.config().slowStart().isZero() || status != Status.UP;
        return off ? slowStart.end() : slowStart.goOn(nanoClock.getAsLong(), good(), inFlight());
    }

    /** Control thread. What its pool's count of eligible backends has to change by: +1, 0 or -1. */
    int countedAgain() {
        boolean now = eligible();
        if (now == counted) return 0;
        counted = now;
        return now ? 1 : -1;
    }

    /** Any thread. True once no config has it any more: running exchanges may end, nothing is kept for it. */
    public boolean removed() {
        return removed;
    }

    /** Control thread. It has just been removed: what runs on it may go on for that long. */
    public void letDrain(Duration time) {
        drainedByNanos = nanoClock.getAsLong() + time.toNanos();
    }

    /** Any thread. True while it is {@link #removed} and the time of its last {@link #letDrain} is over. */
    public boolean drained() {
        return removed && nanoClock.getAsLong() - drainedByNanos >= 0;
    }

    /** Control thread. Takes over what an edit changed; its pool is told of a new status. */
    void reconfigure(BackendConfig next) {
        if (next.equals(config)) return;
        if (drains(next) && !drains(config)) drainSinceNanos = nanoClock.getAsLong();
        config = next;
        Status now = derive();
        boolean unsound = now == Status.DOWN || now == Status.EJECTED;
        settle(unsound ? "by config; before that: " + soundness.cause() : "by config");
    }

    /** Control thread. What the health checker found; the cause counts only when that is something new. */
    public void healthy(boolean now, String cause) {
        if (soundness.healthy(now, cause)) settle(cause);
    }

    /** Control thread. */
    public boolean healthy() {
        return soundness.healthy();
    }

    /** Control thread. Takes it out for its answers to real requests, or puts it back; the cause as above. */
    public void ejected(boolean now, String cause) {
        if (soundness.ejected(now, cause)) settle(cause);
    }

    private Status derive() {
        return switch (config.state()) {
            case MAINT -> Status.MAINT;
            case DRAIN -> Status.DRAINING;
            case READY -> soundness.status();
        };
    }

    private void settle(String cause) {
        Status was = status;
        Status now = derive();
        if (now == was) return;
        long nanos = nanoClock.getAsLong();
        Duration lasted = Duration.ofNanos(nanos - since.nanos);
        since = new Since(Instant.now(), nanos, cause);
        if (now == Status.UP) {
            streak.forgetRow();
            startSlowly();
        }
        status = now;
        if (pool != null) pool.statusChanged(this, was, now, cause, lasted);
    }

    /** Any event loop. An attempt begins; every begin is followed by one {@link #end}. */
    public void begin() {
        tally.begin();
    }

    /** Any event loop. */
    public void end() {
        tally.end();
    }

    /**
     * Any event loop. A final response came.
     *
     * @param tookNanos from the request, or its last byte where that came later, to the head of the response
     */
    public void answered(int httpStatus, long tookNanos) {
        int group = httpStatus / 100;
        tally.answered(group);
        latency.observe(tookNanos, group != 5, nanoClock.getAsLong());
    }

    /** Any event loop. An attempt ended without a failure of its doing; for a tunnel: it was agreed on. */
    public void succeeded(int httpStatus) {
        streak.succeeded(httpStatus);
    }

    /**
     * Any event loop. An attempt failed by its fault.
     *
     * @param cause    the failure's documented name
     * @param answered the response had begun
     */
    public void failed(OutlierConfig.On kind, String cause, boolean answered) {
        tally.failed();
        streak.failed(kind, cause, answered);
    }

    /** Its failed attempts, for whoever judges them. */
    public FailureStreak streak() {
        return streak;
    }

    /** Any thread. Final responses that no failure spoilt, by the rules of its pool. */
    public long good() {
        return tally.responses() - streak.badAnswers();
    }

    /**
     * Any event loop. A connection is about to be dialled; followed by one {@link #connectionClosed} when true. False
     * when there are as many as the pool's {@code maxPerBackend} allows.
     */
    public boolean connectionOpens() {
        return slots.opens();
    }

    /** Any event loop. */
    public void connectionClosed() {
        slots.closed();
    }

    /** Any event loop. Connections kept for later: one more (+1) or one less (-1). */
    public void idleConnections(int change) {
        slots.idle(change);
    }

    /** Any thread. True when every connection that it may have carries an exchange. */
    public boolean full() {
        return slots.full();
    }

    /** Any thread. True when it has more connections than it may: a reload lowered the limit. */
    public boolean overLimit() {
        return slots.overLimit();
    }

    public int inFlight() {
        return tally.inFlight();
    }

    /** All, idle ones included. */
    public int connections() {
        return slots.open();
    }

    public int idleConnections() {
        return slots.idle();
    }

    /** How long it takes to answer, in nanoseconds, by a {@link Latency} faded up to now; 0 as long as nobody knows. */
    public double latencyNanos() {
        return latency.nanos(nanoClock.getAsLong());
    }

    public long requests() {
        return tally.requests();
    }

    public long failures() {
        return tally.failures();
    }

    /** Final responses of one class. @param group 1–5, or 0 for statuses beyond 599 */
    public long responses(int group) {
        return tally.responses(group);
    }

    @Override public String toString() {
        return id;
    }
}
