package lb.admin;

import java.util.List;

/** Where the admin listener gets what it shows. Called on its own thread: must not block, and may be asked often. */
public interface StatusSource {
    Readiness readiness();

    StatusView status();

    /** In the order of the config. */
    List<ListenerView> listeners();

    /** In the order of the config. */
    List<PoolView> pools();
}
