package lb.http;

/**
 * Why an exchange did not get its answer from a backend, or why what it got is not whole. One value decides the status
 * that the client gets, whose fault it was, the name in log and counters, and (with {@code RetryRule}) whether the
 * request is tried again.
 *
 * <p>502: the backend failed. 503: nobody to give the request to. 504: too slow. 499 is logged, never sent.
 * Only failures with {@link Fault#BACKEND} count against a backend.
 */
public enum Failure {
    CLIENT_LEFT(499, Fault.CLIENT, "client.left", "the client closed its connection"),
    CLIENT_STALLED(499, Fault.CLIENT, "client.write_timeout", "the client stopped reading the response"),
    CLIENT_LIMIT(503, Fault.PROXY, "client.too_many", "too many clients are connected"),
    CLIENT_ADDRESS_LIMIT(503, Fault.PROXY, "client.too_many_per_address",
            "too many connections from this client's address"),

    REQUEST_HEAD_TIMEOUT(408, Fault.CLIENT, "request.head_timeout", "the request's head did not arrive in time"),
    REQUEST_BODY_TIMEOUT(408, Fault.CLIENT, "request.body_timeout", "the request's body stopped arriving"),
    REQUEST_BODY_SLOW(408, Fault.CLIENT, "request.body_too_slow", "the request's body arrived too slowly"),
    REQUEST_LINE(400, Fault.CLIENT, "request.bad_line", "the request line is malformed"),
    REQUEST_VERSION(505, Fault.CLIENT, "request.bad_version", "the HTTP version is not supported"),
    REQUEST_TARGET(400, Fault.CLIENT, "request.bad_target", "the request target is malformed"),
    REQUEST_PATH(400, Fault.CLIENT, "request.ambiguous_path",
            "the path, once decoded, would take another route than as written"),
    REQUEST_FIELD(400, Fault.CLIENT, "request.bad_field", "a field line is malformed"),
    REQUEST_HOST(400, Fault.CLIENT, "request.bad_host", "the Host is missing, repeated or malformed"),
    REQUEST_CL(400, Fault.CLIENT, "request.smuggling.cl", "the Content-Length is malformed or contradicts itself"),
    REQUEST_CL_TE(400, Fault.CLIENT, "request.smuggling.cl_te", "Content-Length and Transfer-Encoding together"),
    REQUEST_TE(400, Fault.CLIENT, "request.smuggling.te", "the Transfer-Encoding is malformed or not allowed here"),
    REQUEST_TE_UNKNOWN(501, Fault.CLIENT, "request.bad_transfer_coding", "the transfer coding is not supported"),
    REQUEST_CHUNK(400, Fault.CLIENT, "request.bad_chunk", "the chunked body is malformed"),
    REQUEST_TRAILER(400, Fault.CLIENT, "request.bad_trailer", "a trailer field is malformed"),
    REQUEST_CONNECT(405, Fault.CLIENT, "request.connect_method", "CONNECT is not offered here"),
    REQUEST_TRACE(405, Fault.CLIENT, "request.trace_method", "TRACE is not answered here"),
    REQUEST_TARGET_LIMIT(414, Fault.CLIENT, "request.target_too_long", "the request target is too long"),
    REQUEST_HEAD_LIMIT(431, Fault.CLIENT, "request.head_too_large", "the request's head is too large"),
    REQUEST_FIELD_LIMIT(431, Fault.CLIENT, "request.too_many_fields", "the request has too many fields"),
    REQUEST_BODY_LIMIT(413, Fault.CLIENT, "request.body_too_large", "the request's body is too large"),
    REQUEST_TRUNCATED(400, Fault.CLIENT, "request.truncated", "the client ended the request before it was whole"),

    DENIED(403, Fault.CLIENT, "client.denied", "requests from this client's address are not allowed here"),
    UNAUTHORIZED(401, Fault.CLIENT, "client.unauthorized", "name and password are needed here"),
    RATE_LIMITED(429, Fault.CLIENT, "client.rate_limited", "too many requests"),
    NO_ROUTE(404, Fault.CLIENT, "route.none", "no route takes this request"),

    NO_BACKEND(503, Fault.PROXY, "pool.no_backend", "no backend is available"),
    SATURATED(503, Fault.PROXY, "pool.saturated", "all backends are at their limit"),
    NO_DESCRIPTOR(503, Fault.PROXY, "proxy.no_descriptor", "no descriptor was left for a connection to a backend"),
    NO_PORT(503, Fault.PROXY, "proxy.no_port", "no local port was left for a connection to a backend"),
    DRAINED(503, Fault.PROXY, "proxy.drained", "the proxy is stopping"),
    OVERLOADED(503, Fault.PROXY, "proxy.overloaded", "the proxy has no room for this request"),
    TUNNEL_IDLE(504, Fault.PROXY, "tunnel.idle", "no byte passed through the tunnel for too long"),
    BUG(500, Fault.PROXY, "proxy.error", "the proxy failed through a fault of its own"),

    CONNECT_REFUSED(502, Fault.BACKEND, "connect.refused", "the backend refused the connection"),
    CONNECT_TIMEOUT(504, Fault.BACKEND, "connect.timeout", "the connection to the backend was not made in time"),
    CONNECT_UNRESOLVED(502, Fault.BACKEND, "connect.unresolved", "the backend's name could not be resolved"),
    CONNECT_FAILED(502, Fault.BACKEND, "connect.failed", "no connection to the backend could be made"),

    SEND_TIMEOUT(504, Fault.BACKEND, "backend.send_timeout", "the backend stopped reading the request"),
    RESPONSE_TIMEOUT(504, Fault.BACKEND, "response.timeout", "the backend did not answer in time"),
    CLOSED_BEFORE_HEAD(502, Fault.BACKEND, "backend.closed_before_head",
            "the backend closed the connection without an answer"),
    RESET_BEFORE_HEAD(502, Fault.BACKEND, "backend.reset_before_head",
            "the backend reset the connection without an answer"),
    WENT_DOWN(502, Fault.BACKEND, "backend.went_down", "the backend went down before it answered"),
    BAD_RESPONSE(502, Fault.BACKEND, "backend.bad_response", "the backend's answer is malformed"),
    BAD_UPGRADE(502, Fault.BACKEND, "backend.bad_upgrade", "the backend switched protocols unasked"),
    RESPONSE_HEAD_LIMIT(502, Fault.BACKEND, "backend.head_too_large", "the head of the backend's answer is too large"),
    TRUNCATED(502, Fault.BACKEND, "backend.truncated", "the backend's answer ended before it was whole"),
    STALLED(504, Fault.BACKEND, "backend.stalled", "the backend's answer stopped arriving");

    /** Whose doing a failure is. */
    public enum Fault { CLIENT, PROXY, BACKEND }

    private final int status;
    private final Fault fault;
    private final String cause;
    private final String sentence;

    Failure(int status, Fault fault, String cause, String sentence) {
        this.status = status;
        this.fault = fault;
        this.cause = cause;
        this.sentence = sentence;
    }

    /** What the client gets, where it still can get something. */
    public int status() {
        return status;
    }

    public Fault fault() {
        return fault;
    }

    /** The documented name, such as {@code connect.refused}: stable, used in logs, counters and answers. */
    public String cause() {
        return cause;
    }

    /** The same in plain words, without a final stop. */
    public String sentence() {
        return sentence;
    }

    /** True where no connection was made, so that not one byte of the request can have arrived. */
    public boolean beforeConnection() {
        return this == CONNECT_REFUSED || this == CONNECT_TIMEOUT || this == CONNECT_UNRESOLVED
                || this == CONNECT_FAILED || this == NO_DESCRIPTOR || this == NO_PORT;
    }
}
