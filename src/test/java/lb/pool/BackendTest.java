package lb.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lb.config.BackendConfig;
import lb.config.BackendConfig.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackendTest {
    private long nanos = 1_000;

    private Backend backend(State state, int weight) {
        return new Backend(new BackendConfig("a", "10.0.0.1", 80, weight, state), () -> nanos);
    }

    @ParameterizedTest
    @CsvSource({
        // state, healthy, ejected -> status
        "READY, true,  false, UP",
        "READY, true,  true,  EJECTED",
        "READY, false, false, DOWN",
        "READY, false, true,  DOWN",
        "DRAIN, true,  false, DRAINING",
        "DRAIN, true,  true,  DRAINING",
        "DRAIN, false, false, DRAINING",
        "DRAIN, false, true,  DRAINING",
        "MAINT, true,  false, MAINT",
        "MAINT, true,  true,  MAINT",
        "MAINT, false, false, MAINT",
        "MAINT, false, true,  MAINT"})
    void derivesItsStatusFromItsCauses(State state, boolean healthy, boolean ejected, Status expected) {
        Backend backend = backend(state, 1);
        backend.ejected(ejected, "bad answers");
        backend.healthy(healthy, "probes");
        assertThat(backend.status()).isEqualTo(expected);
        assertThat(backend.eligible()).isEqualTo(expected == Status.UP);
    }

    @Test void keepsInMindWhatADrainHid() {
        Backend backend = backend(State.READY, 1);
        backend.healthy(false, "gone");
        backend.reconfigure(new BackendConfig("a", "10.0.0.1", 80, 1, State.DRAIN));
        backend.reconfigure(new BackendConfig("a", "10.0.0.1", 80, 1, State.READY));
        assertThat(backend.status()).isEqualTo(Status.DOWN);
    }

    @Test void saysWhatADrainHidWhenItIsOver() {
        Backend backend = backend(State.DRAIN, 1);
        backend.ejected(true, "5 failures in a row");
        backend.reconfigure(new BackendConfig("a", "10.0.0.1", 80, 1, State.READY));
        assertThat(backend.since().cause()).isEqualTo("by config; before that: 5 failures in a row");
        backend.reconfigure(new BackendConfig("a", "10.0.0.1", 80, 1, State.MAINT));
        assertThat(backend.since().cause()).isEqualTo("by config");
        backend.healthy(false, "3 of 3 probes failed");
        backend.reconfigure(new BackendConfig("a", "10.0.0.1", 80, 1, State.READY));
        assertThat(backend.since().cause()).isEqualTo("by config; before that: 3 of 3 probes failed");
    }

    @Test void saysSinceWhenAndWhy() {
        Backend backend = backend(State.READY, 1);
        nanos += Duration.ofSeconds(3).toNanos();
        backend.healthy(false, "gone");
        assertThat(backend.since().nanos()).isEqualTo(nanos);
        assertThat(backend.since().cause()).isEqualTo("gone");
    }

    @Test void isNotEligibleWithoutWeight() {
        assertThat(backend(State.READY, 0).eligible()).isFalse();
    }

    @Test void isTheSameServerOnlyUnderTheSameIdAndAddress() {
        Backend backend = backend(State.READY, 1);
        assertThat(backend.is(new BackendConfig("a", "10.0.0.1", 80, 9, State.MAINT))).isTrue();
        assertThat(backend.is(new BackendConfig("b", "10.0.0.1", 80, 1, State.READY))).isFalse();
        assertThat(backend.is(new BackendConfig("a", "10.0.0.2", 80, 1, State.READY))).isFalse();
        assertThat(backend.is(new BackendConfig("a", "10.0.0.1", 81, 1, State.READY))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // state, weight, healthy, ejected -> keeps its sessions
        "READY, 1, true,  false, true",
        "READY, 0, true,  false, true",
        "DRAIN, 1, true,  false, true",
        "MAINT, 1, true,  false, false",
        "READY, 1, false, false, false",
        "READY, 1, true,  true,  false",
        "READY, 0, false, false, false",
        "DRAIN, 1, false, false, false",
        "DRAIN, 1, true,  true,  false"})
    void keepsItsSessionsWhileItIsUpOrDrains(State state, int weight, boolean healthy, boolean ejected, boolean keeps) {
        Backend backend = backend(state, weight);
        open(backend);
        backend.healthy(healthy, "probes");
        backend.ejected(ejected, "bad answers");
        assertThat(backend.keepsSessions()).isEqualTo(keeps);
        backend.joined(null);
        assertThat(backend.keepsSessions()).as("removed").isFalse();
    }

    /** The fixture's pools have a minute for a drain. */
    @ParameterizedTest
    @CsvSource({"DRAIN, 1", "READY, 0", "DRAIN, 0"})
    void losesItsSessionsWhenTheTimeOfItsDrainIsOver(State state, int weight) {
        Backend backend = backend(State.READY, 1);
        open(backend);
        nanos += Duration.ofHours(1).toNanos();
        backend.reconfigure(new BackendConfig("a", "10.0.0.1", 80, weight, state));
        nanos += Duration.ofSeconds(59).toNanos();
        assertThat(backend.keepsSessions()).isTrue();
        backend.reconfigure(new BackendConfig("a", "10.0.0.1", 80, 0, State.DRAIN));
        nanos += Duration.ofSeconds(1).toNanos();
        assertThat(backend.keepsSessions()).as("the other kind of drain is no new beginning").isFalse();
        backend.reconfigure(new BackendConfig("a", "10.0.0.1", 80, 1, State.READY));
        assertThat(backend.keepsSessions()).isTrue();
    }

    private static void open(Backend backend) {
        List<Backend> all = List.of(backend);
        PoolFixture.open(PoolFixture.config(null, List.of(backend.config())), all, Runnable::run);
    }

    @Test void opensNoMoreConnectionsThanTheLimit() {
        Backend backend = limited(2);
        assertThat(backend.connectionOpens()).isTrue();
        assertThat(backend.connectionOpens()).isTrue();
        assertThat(backend.connectionOpens()).isFalse();
        backend.connectionClosed();
        assertThat(backend.connectionOpens()).isTrue();
        assertThat(backend.connections()).isEqualTo(2);
    }

    @Test void opensAnyNumberWithoutALimit() {
        Backend backend = limited(0);
        for (int i = 0; i < 100; i++) assertThat(backend.connectionOpens()).isTrue();
        assertThat(backend.full()).isFalse();
    }

    @Test void isFullWhenNoConnectionIsLeftNorUnused() {
        Backend backend = limited(2);
        backend.connectionOpens();
        assertThat(backend.full()).isFalse();
        backend.connectionOpens();
        assertThat(backend.full()).isTrue();
        backend.idleConnections(1);
        assertThat(backend.full()).isFalse();
    }

    @Test void knowsWhenAReloadLeftItWithTooManyConnections() {
        Backend backend = limited(2);
        backend.connectionOpens();
        backend.connectionOpens();
        assertThat(backend.overLimit()).isFalse();
        backend.joined(PoolFixture.limited(1, 0, backend));
        assertThat(backend.overLimit()).isTrue();
    }

    private Backend limited(int limit) {
        Backend backend = backend(State.READY, 1);
        backend.joined(PoolFixture.limited(limit, 0, backend));
        return backend;
    }

    @Test void countsResponsesByClass() {
        Backend backend = backend(State.READY, 1);
        for (int status : new int[] {200, 204, 304, 503, 999}) backend.answered(status, 1);
        assertThat(backend.responses(2)).isEqualTo(2);
        assertThat(backend.responses(3)).isEqualTo(1);
        assertThat(backend.responses(5)).isEqualTo(1);
        assertThat(backend.responses(0)).isEqualTo(1);
    }
}
