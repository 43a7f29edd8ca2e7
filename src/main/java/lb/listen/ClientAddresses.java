package lb.listen;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many connections each client address has. IPv6 clients are counted by their /64, the least that a network gives
 * to one customer, who may use any address in it. Holds as many entries as there are such addresses connected.
 * Any thread.
 */
final class ClientAddresses {
    private final ConcurrentHashMap<Object, Integer> connections = new ConcurrentHashMap<>();

    /** Counts one more, unless there are as many. @return false when there are */
    boolean enter(InetAddress address, int most) {
        if (connections.merge(key(address), 1, Integer::sum) <= most) return true;
        leave(address);
        return false;
    }

    void leave(InetAddress address) {
        connections.computeIfPresent(key(address), (key, count) -> count == 1 ? null : count - 1);
    }

    /** Addresses that are counted. */
    int size() {
        return connections.size();
    }

    private static Object key(InetAddress address) {
        return address instanceof Inet6Address ? (Object) ByteBuffer.wrap(address.getAddress()).getLong() : address;
    }
}
