package lb.config;

/** @param listen loopback only for now; default {@code 127.0.0.1:9901} */
public record AdminConfig(ListenAddress listen) {
    public static final AdminConfig DEFAULT = new AdminConfig(new ListenAddress("127.0.0.1", 9901));

    public AdminConfig {
        // anybody who reaches it may drain backends: without a token it must not leave the machine
        if (!listen.address().isLoopbackAddress()) {
            throw new IllegalArgumentException("listen: " + listen + " (expected: a loopback address)");
        }
    }
}
