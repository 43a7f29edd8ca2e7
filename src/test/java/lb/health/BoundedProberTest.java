package lb.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class BoundedProberTest {
    private final List<Consumer<ProbeResult>> underWay = new ArrayList<>();
    private final List<ProbeResult> results = new ArrayList<>();
    private int started;
    private final BoundedProber prober = new BoundedProber((backend, config, whenDone) -> {
        started++;
        underWay.add(whenDone);
        return () -> underWay.remove(whenDone);
    }, 2);

    private Prober.Probe start() {
        return prober.start(null, null, results::add);
    }

    @Test void startsTheNextOnlyWhenOneHasEnded() {
        for (int i = 0; i < 5; i++) start();
        assertThat(started).isEqualTo(2);
        underWay.remove(0).accept(ProbeResult.passed("connected"));
        assertThat(started).isEqualTo(3);
        assertThat(results).hasSize(1);
        while (!underWay.isEmpty()) underWay.remove(0).accept(ProbeResult.passed("connected"));
        assertThat(started).isEqualTo(5);
        assertThat(results).hasSize(5);
    }

    @Test void startsTheNextWhenOneIsAbandoned() {
        Prober.Probe first = start();
        start();
        start();
        first.abandon();
        first.abandon();
        assertThat(started).isEqualTo(3);
        assertThat(underWay).hasSize(2);
    }

    @Test void passesOverWhatWasAbandonedWhileWaiting() {
        Prober.Probe first = start();
        start();
        for (int i = 0; i < 100_000; i++) start().abandon();
        start();
        first.abandon();
        assertThat(started).isEqualTo(3);
        assertThat(underWay).hasSize(2);
    }

    @Test void freesNoSecondPlaceForAProbeThatHasEnded() {
        Prober.Probe first = start();
        start();
        underWay.remove(0).accept(ProbeResult.passed("connected"));
        first.abandon();
        for (int i = 0; i < 3; i++) start();
        assertThat(underWay).hasSize(2);
    }
}
