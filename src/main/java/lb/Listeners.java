package lb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lb.config.Config;
import lb.config.ListenerConfig;
import lb.connect.Transport;
import lb.listen.CannotListen;
import lb.listen.ClientLimit;
import lb.listen.Listener;
import lb.proxy.Exchanges;

/**
 * The bound addresses, which outlive reloads: one whose address did not change is not bound again. Control thread only.
 */
final class Listeners {
    private final Transport transport;
    private final List<Exchanges> lanes;
    private final ClientLimit clientLimit;
    private volatile Map<String, Listener> open = new LinkedHashMap<>();

    Listeners(Transport transport, List<Exchanges> lanes, ClientLimit clientLimit) {
        this.transport = transport;
        this.lanes = lanes;
        this.clientLimit = clientLimit;
    }

    /**
     * Opens the listeners of a config that are not open yet, and changes nothing else: the result is kept aside until
     * {@link #swap}.
     *
     * @throws CannotListen when one of them cannot be had; then none was opened
     */
    Map<String, Listener> prepare(Config config, Topology topology) throws CannotListen {
        Map<String, Listener> next = new LinkedHashMap<>();
        List<Listener> fresh = new ArrayList<>();
        try {
            for (ListenerConfig wanted : config.listeners().values()) {
                Listener listener = open.get(key(wanted));
                if (listener == null) {
                    listener = new Listener(wanted.listen(), clientLimit, lanes);
                    listener.change(topology.routes(wanted), config.timeouts(), config.limits());
                    fresh.add(listener);
                    listener.open(transport, holds(wanted.listen().port()));
                }
                next.put(key(wanted), listener);
            }
            return next;
        } catch (CannotListen | RuntimeException | Error e) {
            for (Listener listener : fresh) listener.close();
            throw e;
        }
    }

    /** True for a port of ours, which a listener on another of its addresses may take over. */
    private boolean holds(int port) {
        return port != 0 && open.values().stream().anyMatch(each -> each.port() == port);
    }

    /** Undoes {@link #prepare}. */
    void giveUp(Map<String, Listener> prepared) {
        for (Map.Entry<String, Listener> each : prepared.entrySet()) {
            if (open.get(each.getKey()) != each.getValue()) each.getValue().close();
        }
    }

    /** Takes effect: what stays gets its new routes; what is gone accepts nobody and lets its clients finish. */
    void swap(Map<String, Listener> next, Config config, Topology topology) {
        for (ListenerConfig wanted : config.listeners().values()) {
            Listener listener = next.get(key(wanted));
            listener.change(topology.routes(wanted), config.timeouts(), config.limits());
            if (open.get(key(wanted)) != listener) listener.accept();
        }
        for (Map.Entry<String, Listener> before : open.entrySet()) {
            if (next.get(before.getKey()) != before.getValue()) before.getValue().drain();
        }
        open = next;
    }

    /** Any thread. */
    Collection<Listener> all() {
        return open.values();
    }

    void drain() {
        for (Listener listener : open.values()) listener.drain();
    }

    void close() {
        for (Listener listener : open.values()) listener.close();
    }

    /** Its address; listeners whose port the kernel chooses are told apart by their names. */
    private static String key(ListenerConfig listener) {
        return listener.listen().port() == 0 ? listener.listen() + " " + listener.name() : listener.listen().toString();
    }
}
