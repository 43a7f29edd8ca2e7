package lb.proxy;

import lb.http.Head;

/**
 * A step on a route. Requests pass the filters in their order, responses in the reverse one. A filter holds no state of
 * an exchange; what it needs per exchange it makes in {@link #responseBody} or hands to {@link Exchange#copyTo}.
 *
 * <p>Threading: one object for all event loops, concurrently; must neither block nor lock.
 */
public interface Filter {
    /**
     * A request that the route takes, as received; called once, before a backend is looked for.
     *
     * @return null to go on; else the answer that the client gets, and nothing is forwarded
     */
    default LocalAnswer request(Exchange exchange) {
        return null;
    }

    /** The head that goes to a backend, with every edit of the proxy's own; again for each attempt. */
    default void backendRequest(Head head, Exchange exchange) {}

    /** The final head that goes to the client, also where the answer is lb's own, and the 101 of an upgrade. */
    default void response(Head head, Exchange exchange) {}

    /**
     * Whether the body of a backend's response is changed on its way; asked after every {@link #response}. The framing
     * is changed in the head by whoever does this.
     *
     * @return null to leave it as it is
     */
    default BodyStage responseBody(Head head, Exchange exchange) {
        return null;
    }
}
