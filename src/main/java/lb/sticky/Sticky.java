package lb.sticky;

import lb.http.Head;
import lb.pool.Backend;

/** Knows the sessions of one pool. Any event loop, concurrently; no lock. */
public interface Sticky {

    /** What a request says of its session. Never null. @param request as received; not kept */
    Session session(Head request);

    /** For an operator: what a request says of its session, and what becomes of it. Slow. @return one line of text */
    String explain(Head request);

    /** One request's session. Event loop only, but for {@link #backend}: any thread asks while the request waits. */
    interface Session {
        /**
         * The backend that has it, or null: the request names none, or none that may serve it now. One that drains
         * keeps its sessions until its deadline, one that is full keeps those that find a place in line, and a backup
         * keeps them when primaries are back.
         */
        Backend backend();

        /** True when a backend of the pool has it, whether that may serve it now or not: not where its hash decides. */
        boolean known();

        /** True when the backend that has it may serve it now. */
        boolean kept();

        /**
         * The response is on its way to the client.
         *
         * @param backend  whose response it is
         * @param response edited already; a cookie is appended where the client has none, or not this one
         * @param https    the client came by https, be it to a proxy before lb
         */
        void answered(Backend backend, Head response, boolean https);
    }
}
