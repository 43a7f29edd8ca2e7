package lb.admin;

/**
 * A listener at one moment. Immutable.
 *
 * @param address     as configured
 * @param port        that is bound, also when the kernel chose it
 * @param connected   clients now
 * @param connections clients ever
 */
public record ListenerView(String name, String address, int port, int connected, long connections) {}
