package lb.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import lb.config.BackendConfig.State;
import lb.pool.Backend;
import lb.sticky.NamedBackends.Named;
import org.junit.jupiter.api.Test;

class NamedBackendsTest {
    private static Named named(String id) {
        return new Named(new Backend(StickyFixture.backend(id, 1, State.READY), () -> 0), 0);
    }

    @Test void findsWhatWasAddedAlsoWhereNamesMeet() {
        NamedBackends backends = new NamedBackends(4);
        Named[] added = {named("a"), named("b"), named("c"), named("d")};
        long[] names = {15, 31, 47, 0};             // the first three want the last of 16 slots
        for (int i = 0; i < 4; i++) backends.add(names[i], added[i]);
        for (int i = 0; i < 4; i++) assertThat(backends.find(names[i])).isSameAs(added[i]);
        assertThat(backends.find(63)).isNull();
        assertThat(backends.find(16)).isNull();
    }

    @Test void knowsNobodyWhereNobodyWasAdded() {
        assertThat(new NamedBackends(1).find(0)).isNull();
        assertThat(new NamedBackends(0).find(7)).isNull();
    }

    @Test void leavesANameToTheFirstThatHasIt() {
        NamedBackends backends = new NamedBackends(2);
        Named first = named("a");
        backends.add(5, first);
        backends.add(5, named("b"));
        assertThat(backends.find(5)).isSameAs(first);
    }
}
