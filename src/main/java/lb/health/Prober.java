package lb.health;

import java.util.function.Consumer;
import lb.config.HealthConfig;
import lb.pool.Backend;

/** Asks backends. Control thread. */
@FunctionalInterface
interface Prober {
    /** A probe under way or waiting for its turn. */
    @FunctionalInterface
    interface Probe {
        /** Gives it up: its result is no longer wanted and will not be told. Nothing happens when it has ended. */
        void abandon();
    }

    /**
     * Starts one probe. Throws nothing: what prevents a probe is a result too.
     *
     * @param whenDone told exactly once, on the control thread, never before this method has returned
     */
    Probe start(Backend backend, HealthConfig config, Consumer<ProbeResult> whenDone);
}
