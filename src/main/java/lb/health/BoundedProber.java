package lb.health;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import lb.config.HealthConfig;
import lb.pool.Backend;

/**
 * Lets no more than a number of probes be under way at a time; the others wait, first come first served. So ten
 * thousand backends that do not answer hold a bounded number of descriptors, and are asked less often instead.
 *
 * <p>Threading: control thread.
 */
final class BoundedProber implements Prober {
    private final Prober prober;
    private final int limit;
    private final ArrayDeque<Turn> waiting = new ArrayDeque<>();
    private int underWay;

    BoundedProber(Prober prober, int limit) {
        this.prober = prober;
        this.limit = limit;
    }

    @Override public Probe start(Backend backend, HealthConfig config, Consumer<ProbeResult> whenDone) {
        Turn turn = new Turn(backend, config, whenDone);
        if (underWay < limit) {
            turn.begin();
        } else {
            waiting.add(turn);
        }
        return turn;
    }

    private void slotFreed() {
        underWay--;
        Turn next;
        do {
            next = waiting.poll();
        } while (next != null && next.abandoned);
        if (next != null) next.begin();
    }

    private final class Turn implements Probe {
        private final Backend backend;
        private final HealthConfig config;
        private final Consumer<ProbeResult> whenDone;
        private Probe probe;
        private boolean abandoned;
        private boolean ended;

        Turn(Backend backend, HealthConfig config, Consumer<ProbeResult> whenDone) {
            this.backend = backend;
            this.config = config;
            this.whenDone = whenDone;
        }

        void begin() {
            underWay++;
            probe = prober.start(backend, config, this::done);
        }

        private void done(ProbeResult result) {
            ended = true;
            slotFreed();
            whenDone.accept(result);
        }

        @Override public void abandon() {
            if (abandoned || ended) return;
            abandoned = true;
            if (probe == null) return;          // still waiting; passed over when its turn comes
            probe.abandon();
            slotFreed();
        }
    }
}
