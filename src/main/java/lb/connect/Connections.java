package lb.connect;

import lb.config.Timeouts;
import lb.http.Failure;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.WaitingLine;

/** Where an exchange gets its backend side from. Event loop only. */
public interface Connections {
    /** Who wants a connection. Called once when {@link #acquire} is true, maybe before it returns; else never. */
    interface Wanted {
        /** @param side to be finished or aborted by the callee */
        void acquired(BackendSide side);

        void notAcquired(Failure failure);
    }

    /**
     * A connection to that backend: a kept one if there is any, else a new one. The attempt at it begins here and is
     * ended by the caller.
     *
     * @param timeouts what the side waits for at most, and how long a new connection may take
     * @param fresh   never a kept one
     * @param careful the request must not be sent twice: no kept one that may be closed just now
     * @return false: no slot is left here, and nothing was begun; {@link #reclaim} may get one
     */
    boolean acquire(Backend backend, Pool pool, Timeouts timeouts, boolean fresh, boolean careful,
            BackendEvents events, Wanted wanted);

    /**
     * Somebody waits here for a connection to that backend, and other lanes keep unused ones up to its limit: one of
     * them has to give one up.
     *
     * @param line signalled when that is done
     */
    void reclaim(Backend backend, WaitingLine line);
}
