package lb.config;

/**
 * @param id     unique in its pool, of letters, digits and {@code . _ : [ ] -}; default {@code host:port}
 * @param host   name or IP literal (IPv6 without brackets), in lower case
 * @param port   1–65535; default 80
 * @param weight share of picks relative to the pool's other backends; 0–256, default 1; 0 takes no new requests
 * @param state  what the operator wants of it; default ready
 * @param priority 0–{@value #LAST_PRIORITY}, the lowest number first, default 0; or {@link #BACKUP}
 * @param zone   where it stands, as {@link PreferenceConfig#isZone} allows; or null
 */
public record BackendConfig(String id, String host, int port, int weight, State state, int priority, String zone) {
    /** READY takes requests; DRAIN takes no new ones; MAINT takes none and is not checked. */
    public enum State { READY, DRAIN, MAINT }

    public static final int MAX_WEIGHT = 256;
    public static final int DEFAULT_WEIGHT = 1;
    public static final int LAST_PRIORITY = 9;
    /** The priority of backups: they get requests only while no other backend of their pool is eligible. */
    public static final int BACKUP = LAST_PRIORITY + 1;

    public BackendConfig {
        if (!BackendAddress.isHost(host)) {
            throw new IllegalArgumentException("host: " + Quoted.of(host) + " (expected: a name or an IP address)");
        }
        if (!isId(id)) {
            throw new IllegalArgumentException("id: " + Quoted.of(id) + " (expected: letters, digits and ._:[]-)");
        }
        Bounds.within("port", port, 1, ListenAddress.MAX_PORT);
        Bounds.within("weight", weight, 0, MAX_WEIGHT);
        Bounds.within("priority", priority, 0, BACKUP);
        if (zone != null) PreferenceConfig.requireZone(zone);
    }

    /** Of the first priority, and of no zone. */
    public BackendConfig(String id, String host, int port, int weight, State state) {
        this(id, host, port, weight, state, 0, null);
    }

    /** A ready one of weight 1, called {@code host:port}. */
    public static BackendConfig at(BackendAddress address) {
        return new BackendConfig(address.toString(), address.host(), address.port(), DEFAULT_WEIGHT, State.READY);
    }

    /** 1–262 characters: as long as the longest {@code host:port}, and safe in a path, a label and a log line. */
    public static boolean isId(String text) {
        if (text.isEmpty() || text.length() > 262) return false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && "._:[]-".indexOf(c) < 0) return false;
        }
        return true;
    }

    public boolean backup() {
        return priority == BACKUP;
    }

    /** {@code host:port}, an IPv6 literal in brackets: what {@code preserveHost: false} sends as Host. */
    public String authority() {
        return new BackendAddress(host, port).toString();
    }
}
