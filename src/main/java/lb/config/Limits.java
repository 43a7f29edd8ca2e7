package lb.config;

/**
 * What a peer may make grow.
 *
 * @param headers     bytes of a head, start line included; 64B–1MiB, default 16KiB
 * @param headerCount lines of a head; 1–10000, default 100
 * @param line        bytes of a request target; 16B–1MiB, default 8KiB
 * @param body        bytes of a request body, 0–1024 TiB, or {@link #NONE}; default none
 * @param bodyRate    bytes a second that a request body must bring while it is wanted, 1 B/s–1 GiB/s, or 0 for any;
 *                    default 10 B/s
 * @param connections clients connected at the same time, 1–10 million, or 0 (default) for 90 % of the descriptor limit
 *                    less the backends' share; never more than the descriptor limit leaves for clients
 * @param connectionsPerClient of those from one address, 1–10 million, or 0 (default) for any number
 */
public record Limits(int headers, int headerCount, int line, long body, long bodyRate, int connections,
                     int connectionsPerClient) {
    public static final long NONE = Long.MAX_VALUE;
    public static final int MIN_HEADERS = 64;
    public static final int MIN_LINE = 16;
    public static final int MAX_HEADERS = 1 << 20;
    public static final int MAX_HEADER_COUNT = 10_000;
    public static final long MAX_BODY = 1L << 50;
    public static final long MAX_BODY_RATE = 1L << 30;
    public static final int MAX_CONNECTIONS = 10_000_000;
    public static final Limits DEFAULT = new Limits(16 << 10, 100, 8 << 10, NONE, 10, 0, 0);

    public Limits {
        Bounds.within("headers", headers, MIN_HEADERS, MAX_HEADERS);
        Bounds.within("headerCount", headerCount, 1, MAX_HEADER_COUNT);
        Bounds.within("line", line, MIN_LINE, MAX_HEADERS);
        if (body != NONE) Bounds.within("body", body, 0, MAX_BODY);
        Bounds.within("bodyRate", bodyRate, 0, MAX_BODY_RATE);
        Bounds.within("connections", connections, 0, MAX_CONNECTIONS);
        Bounds.within("connectionsPerClient", connectionsPerClient, 0, MAX_CONNECTIONS);
    }

    /** The same with another limit for bodies. @param body bytes, or {@link #NONE} */
    public Limits withBody(long body) {
        return new Limits(headers, headerCount, line, body, bodyRate, connections, connectionsPerClient);
    }
}
