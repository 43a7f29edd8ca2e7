package lb.connect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lb.http.Failure;
import lb.pool.Backend;
import lb.pool.Status;

/**
 * The connections of one lane to one backend: those that are kept, the most recently used taken first, and those that
 * carry an exchange. It also learns how long this backend keeps an unused connection, because a request that must not
 * be sent twice should not meet a connection that is just being closed.
 *
 * <p>Threading: event loop only.
 */
final class BackendLane {
    /** More than {@code maxIdle} may be kept for this long: a burst that is over often needs them again at once. */
    private static final long SURPLUS_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** How long a close of an unused connection is remembered. */
    private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** Whoever closed an unused connection sooner than that keeps to no time that could be learned from a few. */
    private static final long ERRATIC_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Before the time that a backend announced for a connection, so that its close and our request do not cross. */
    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Backend backend;
    private final Kept kept;
    private final ArrayDeque<Http1BackendConnection> idle = new ArrayDeque<>();
    private final ArrayList<Http1BackendConnection> busy = new ArrayList<>();
    private long learnedNanos = Long.MAX_VALUE;
    private long learnedAt;
    private long answers;
    private long answersBefore;
    private int silentSweeps;
    private boolean reclaiming;

    /** @param kept told of each connection that is kept here and each that is not any more */
    BackendLane(Backend backend, Kept kept) {
        this.backend = backend;
        this.kept = kept;
    }

    Backend backend() {
        return backend;
    }

    // ---- kept connections

    /**
     * A kept connection that is open, or null.
     *
     * @param careful the request must not be sent twice: only a connection that is most unlikely to be closed just now
     */
    Http1BackendConnection poll(boolean careful, long now) {
        for (Http1BackendConnection connection; (connection = idle.peekLast()) != null;) {
            // the others are older still
            if (careful && now - connection.idleSince() > safe(connection, now)) return null;
            idle.pollLast();
            count(-1);
            if (connection.open()) return connection;
            connection.close();
        }
        return null;
    }

    void keep(Http1BackendConnection connection, long now) {
        connection.idleSince(now);
        idle.addLast(connection);
        count(1);
    }

    /** A kept connection was closed by the backend. */
    void lost(Http1BackendConnection connection, long now) {
        if (!idle.remove(connection)) return;
        count(-1);
        learn(connection, now);
    }

    /** Unused connections are not kept as long as this one: it was closed, or dead when it was used again. */
    void learn(Http1BackendConnection connection, long now) {
        learnedNanos = Math.min(learned(now), now - connection.idleSince());
        learnedAt = now;
    }

    /** Closes what was unused for too long. @return true while something is kept */
    boolean retire(long now) {
        for (Http1BackendConnection oldest; (oldest = idle.peekFirst()) != null;) {
            long unused = now - oldest.idleSince();
            boolean surplus = idle.size() > oldest.connections().maxIdle() && unused > SURPLUS_NANOS
                    || backend.overLimit();
            if (!surplus && unused < Math.min(oldest.connections().idle().toNanos(), announced(oldest))) return true;
            idle.pollFirst();
            count(-1);
            oldest.close();
        }
        return false;
    }

    /** Closes the oldest that is kept, for its slot. @return false: none is */
    boolean giveUpOne() {
        Http1BackendConnection oldest = idle.pollFirst();
        if (oldest == null) return false;
        count(-1);
        oldest.close();
        return true;
    }

    /** True while other lanes are asked to give one up for this one. */
    boolean reclaiming() {
        return reclaiming;
    }

    void reclaiming(boolean now) {
        reclaiming = now;
    }

    /** Closes everything that is kept. */
    void discardKept() {
        for (Http1BackendConnection connection; (connection = idle.pollFirst()) != null;) {
            count(-1);
            connection.close();
        }
    }

    /** Connections that are kept here. */
    int kept() {
        return idle.size();
    }

    private void count(int change) {
        backend.idleConnections(change);
        kept.change(change);
    }

    /** For how long an unused connection is most unlikely to be closed; below 0 for not at all. */
    private long safe(Http1BackendConnection connection, long now) {
        long limit = Math.min(learned(now), announced(connection));
        return limit < ERRATIC_NANOS ? -1 : limit / 2;
    }

    private static long announced(Http1BackendConnection connection) {
        long seconds = connection.keepAliveSeconds();
        if (seconds == KeepAliveHint.NONE) return Long.MAX_VALUE;
        return Math.max(0, TimeUnit.SECONDS.toNanos(seconds) - MARGIN_NANOS);
    }

    private long learned(long now) {
        if (learnedNanos != Long.MAX_VALUE && now - learnedAt > MEMORY_NANOS) learnedNanos = Long.MAX_VALUE;
        return learnedNanos;
    }

    // ---- connections that carry an exchange

    void begin(Http1BackendConnection connection) {
        connection.place(busy.size());
        busy.add(connection);
    }

    void end(Http1BackendConnection connection) {
        Http1BackendConnection last = busy.remove(busy.size() - 1);
        if (last == connection) return;
        busy.set(connection.place(), last);
        last.place(connection.place());
    }

    boolean unused() {
        return idle.isEmpty() && busy.isEmpty();
    }

    boolean carrying() {
        return !busy.isEmpty();
    }

    /** The first byte of an answer came. */
    void answered() {
        answers++;
    }

    /**
     * True when since the last call nobody got an answer byte from this backend while at least one exchange waited for
     * one all that time. Said again at every call for as long as it lasts.
     *
     * @param patience calls in a row that must find it so
     */
    boolean silent(long now, long patienceNanos, int patience) {
        boolean waiting = answers == answersBefore;
        answersBefore = answers;
        if (waiting) {
            waiting = false;
            for (int i = 0; i < busy.size() && !waiting; i++) {
                waiting = busy.get(i).side().waitedLongerThan(patienceNanos, now);
            }
        }
        silentSweeps = waiting ? silentSweeps + 1 : 0;
        return silentSweeps >= patience;
    }

    /** True while the backend is out because of what it does, and exchanges are carried that began before. */
    boolean out() {
        Status status = backend.status();
        return (status == Status.DOWN || status == Status.EJECTED) && carrying();
    }

    /** The backend is down: exchanges that still wait for its first answer byte may go elsewhere. */
    void wentDown() {
        discardKept();
        tellWaiting();
    }

    /** Again, to those who could not go elsewhere before: nobody else was there, or the retry budget was used up. */
    void tellWaiting() {
        for (Http1BackendConnection connection : List.copyOf(busy)) connection.side().wentDown();
    }

    /** Ends whatever still runs. */
    void cut(Failure failure) {
        discardKept();
        for (Http1BackendConnection connection : List.copyOf(busy)) connection.side().lost(failure);
    }
}
