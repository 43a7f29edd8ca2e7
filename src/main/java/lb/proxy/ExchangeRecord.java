package lb.proxy;

import java.net.InetSocketAddress;
import lb.http.Failure;
import lb.http.Head;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.RetryVerdict;

/**
 * What came of one exchange: written while it runs, shown to observers at its end. Whoever wants to keep a part of it
 * copies that part. Event loop only.
 */
public final class ExchangeRecord {
    private final Exchanges exchanges;
    private final InetSocketAddress clientAddress;
    private final Head request;
    private final RouteTable routes;
    private String id;

    final long startedNanos = System.nanoTime();
    Route route;
    Pool pool;
    Backend backend;
    int attempts;
    boolean committed;
    int status;
    Failure failure;
    String notTriedAgain;
    RetryVerdict retried;
    RetryVerdict retryRefused;
    long requestBytes;
    long responseBytes;
    long queueNanos;
    long connectedNanos;
    long sentNanos;
    long firstByteNanos;
    private long endedNanos;

    ExchangeRecord(Exchanges exchanges, InetSocketAddress clientAddress, Head request, RouteTable routes) {
        this.exchanges = exchanges;
        this.clientAddress = clientAddress;
        this.request = request;
        this.routes = routes;
    }

    void ended(Failure why) {
        failure = why;
        endedNanos = System.nanoTime();
    }

    /** The index of the lane that carried it; 0 for the first. */
    public int lane() {
        return exchanges.lane().index();
    }

    /** The listener's name. */
    public String listener() {
        return routes.listener();
    }

    /** The name of the route that took it, or null: none did, or the request could not be read. */
    public String route() {
        return route == null ? null : route.name();
    }

    /** Or null when it was not meant for any: the request could not be read, or a route answered it. */
    public Pool pool() {
        return pool;
    }

    /** Of the last attempt, or null when there was none. */
    public Backend backend() {
        return backend;
    }

    public InetSocketAddress clientAddress() {
        return clientAddress;
    }

    /** Or null when it could not be read. */
    public Head request() {
        return request;
    }

    /** What the client got, or 499 when it got nothing. */
    public int status() {
        return committed ? status : failure == null ? 0 : failure.status();
    }

    /** Why it did not end well, or null. */
    public Failure failure() {
        return failure;
    }

    /** Attempts at backends; a fresh connection in place of a stale one is not counted. */
    public int attempts() {
        return attempts;
    }

    /** Bytes of the request's body, or of a tunnel, that came from the client. */
    public long requestBytes() {
        return requestBytes;
    }

    /** Bytes of the response's body, or of a tunnel, that went to the client; before they were compressed. */
    public long responseBytes() {
        return responseBytes;
    }

    /** From the request's head to the end, in nanoseconds. */
    public long durationNanos() {
        return endedNanos - startedNanos;
    }

    /** Why a failure was not followed by another attempt, in words, or null when that was no question. */
    public String notTriedAgain() {
        return firstByteNanos != 0 ? null : notTriedAgain;
    }

    /** What the last retry followed, a fresh connection in place of a stale one included, or null without any. */
    public RetryVerdict retried() {
        return retried;
    }

    /** What was in the way of another attempt when the last one failed, or null when none was in question. */
    public RetryVerdict retryRefused() {
        return retryRefused;
    }

    /** In the waiting line of its pool, in nanoseconds; 0 when a connection could be had at once. */
    public long queueNanos() {
        return queueNanos;
    }

    /** From the request's head to a connection, in nanoseconds, or -1. */
    public long connectNanos() {
        return connectedNanos == 0 ? -1 : connectedNanos - startedNanos;
    }

    /** From the request's head to the response's, in nanoseconds, or -1. */
    public long firstByteNanos() {
        return firstByteNanos == 0 ? -1 : firstByteNanos - startedNanos;
    }

    /** Unique; the same in the answer and in the log. */
    public String id() {
        if (id == null) id = exchanges.nextId();
        return id;
    }
}
