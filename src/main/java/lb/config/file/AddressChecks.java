package lb.config.file;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import lb.config.AdminConfig;
import lb.config.ListenAddress;
import lb.config.ListenerConfig;

/**
 * Refuses addresses that are taken twice. One for every address takes each of them, {@code [::]} also those of IPv4:
 * lb could not start on both, and a reload may get the second only because lb itself has the first. Threading: one
 * thread.
 */
final class AddressChecks {
    private final Collection<Named<ListenerConfig>> listeners;
    private final Problems problems;
    /** By address and port, by port alone where it is every address, and by port alone where it is any. */
    private final Map<String, Named<ListenerConfig>> taken = new HashMap<>();

    AddressChecks(Collection<Named<ListenerConfig>> listeners, Problems problems) {
        this.listeners = listeners;
        this.problems = problems;
    }

    /** @param admin or null when turned off @param adminNode or null when it is not in the file */
    void addressesDiffer(AdminConfig admin, Node adminNode) {
        for (Named<ListenerConfig> listener : listeners) {
            if (listener.value() == null) continue;
            ListenAddress listen = listener.value().listen();
            if (listen.port() == 0) continue;
            Named<ListenerConfig> first = take(listener);
            if (first != null) {
                problems.add(place(listener.node()), listen + " is taken already: " + place(first.node()).path()
                        + " on line " + first.node().place().line() + why(first.value().listen(), listen));
            }
            if (admin != null && listen.overlaps(admin.listen())) {
                problems.add(place(listener.node()), listen + " is taken already: admin listens on " + admin.listen()
                        + (adminNode == null ? " by default; write \"admin\": false or another address"
                                : " on line " + adminNode.place().line()));
            }
        }
    }

    /** @return who has it already, or null. Not each with each: a file may have thousands */
    private Named<ListenerConfig> take(Named<ListenerConfig> listener) {
        ListenAddress listen = listener.value().listen();
        String port = " " + listen.port();
        boolean every = listen.address().isAnyLocalAddress();
        Named<ListenerConfig> any = taken.putIfAbsent("any" + port, listener);
        Named<ListenerConfig> whole = every ? taken.putIfAbsent("every" + port, listener) : taken.get("every" + port);
        Named<ListenerConfig> same = taken.putIfAbsent(listen.address().getHostAddress() + port, listener);
        return same != null ? same : every ? any : whole;
    }

    private static String why(ListenAddress first, ListenAddress second) {
        if (first.address().equals(second.address())) return "";
        boolean both = first.address().isAnyLocalAddress() && second.address().isAnyLocalAddress();
        boolean firstIsAll = both ? first.host().indexOf(':') >= 0 : first.address().isAnyLocalAddress();
        return ", and " + (firstIsAll ? first : second) + " takes every address";
    }

    private static Node place(Node listener) {
        return listener.is(Node.Kind.OBJECT) ? listener.members().get("listen") : listener;
    }
}
