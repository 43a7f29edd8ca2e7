package lb.listen;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import lb.http.Failure;

/**
 * How many clients all listeners together may have at the same time, in all and from one address. One too many is
 * closed before a byte of it is read: the cheapest answer there is, when there are too many already. Any thread.
 */
public final class ClientLimit {
    private final AtomicInteger connected = new AtomicInteger();
    private final ClientAddresses addresses = new ClientAddresses();
    private final Refusals refusals =
            new Refusals(System::nanoTime, Failure.CLIENT_LIMIT, Failure.CLIENT_ADDRESS_LIMIT);
    private volatile int limit;
    private volatile int perAddress;

    /**
     * @param limit      at least 1
     * @param perAddress at least 1, or 0 for any number
     */
    public ClientLimit(int limit, int perAddress) {
        change(limit, perAddress);
    }

    /** Control thread. Those who are connected already stay. */
    public void change(int limit, int perAddress) {
        this.limit = limit;
        this.perAddress = perAddress;
    }

    /** A client that was let in, to be told when it left. */
    interface Entry {
        void leave();
    }

    /**
     * @param address  of the client, or null when it is gone already
     * @param trusted  a proxy of ours, which brings many clients from one address
     * @param listener for the log
     * @return null when there are too many
     */
    Entry enter(InetAddress address, boolean trusted, String listener) {
        if (connected.incrementAndGet() > limit) {
            connected.decrementAndGet();
            refusals.count(Failure.CLIENT_LIMIT, listener);
            return null;
        }
        int most = perAddress;
        if (most == 0 || trusted || address == null) return connected::decrementAndGet;
        if (!addresses.enter(address, most)) {
            connected.decrementAndGet();
            refusals.count(Failure.CLIENT_ADDRESS_LIMIT, listener);
            return null;
        }
        return () -> {
            addresses.leave(address);
            connected.decrementAndGet();
        };
    }

    public int limit() {
        return limit;
    }

    public int connected() {
        return connected.get();
    }

    /** Connections closed at once, for whatever cause. */
    public long refused() {
        return refused(Failure.CLIENT_LIMIT) + refused(Failure.CLIENT_ADDRESS_LIMIT);
    }

    /** Connections closed at once for this cause. */
    public long refused(Failure cause) {
        return refusals.of(cause);
    }
}
