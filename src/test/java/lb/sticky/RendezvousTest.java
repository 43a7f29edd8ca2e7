package lb.sticky;

import static lb.sticky.StickyFixture.backend;
import static lb.sticky.StickyFixture.backup;
import static lb.sticky.StickyFixture.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import lb.config.BackendConfig;
import lb.config.BackendConfig.State;
import lb.config.WhenNoneEligible;
import lb.pool.Backend;
import lb.pool.Hash;
import org.junit.jupiter.api.Test;

class RendezvousTest {
    private static final int SESSIONS = 20_000;

    private static StickyFixture of(BackendConfig... backends) {
        return new StickyFixture(config("shop", null, WhenNoneEligible.FAIL, backends));
    }

    private static BackendConfig[] ten() {
        BackendConfig[] ten = new BackendConfig[10];
        for (int i = 0; i < ten.length; i++) ten[i] = backend("b" + i, 1, State.READY);
        return ten;
    }

    private static String[] picks(StickyFixture lb) {
        Rendezvous rendezvous = new Rendezvous(lb.pool());
        String[] picks = new String[SESSIONS];
        for (int i = 0; i < SESSIONS; i++) {
            Backend picked = rendezvous.pick(Hash.of("session " + i));
            picks[i] = picked == null ? null : picked.id();
        }
        return picks;
    }

    private static Map<String, Integer> counts(StickyFixture lb) {
        Map<String, Integer> counts = new HashMap<>();
        for (String id : picks(lb)) counts.merge(id, 1, Integer::sum);
        return counts;
    }

    @Test void spreadsByWeight() {
        Map<String, Integer> counts = counts(of(backend("a", 5, State.READY), backend("b", 1, State.READY),
                backend("c", 4, State.READY), backend("d", 0, State.READY)));
        assertThat(counts).doesNotContainKey("d");
        assertThat(counts.get("a") / (double) SESSIONS).isCloseTo(0.5, within(0.015));
        assertThat(counts.get("b") / (double) SESSIONS).isCloseTo(0.1, within(0.015));
        assertThat(counts.get("c") / (double) SESSIONS).isCloseTo(0.4, within(0.015));
    }

    @Test void movesOnlyTheSessionsOfTheOneThatLeaves() {
        StickyFixture lb = of(ten());
        String[] before = picks(lb);
        lb.backend("b3").healthy(false, "gone");
        String[] down = picks(lb);
        BackendConfig[] nine = new BackendConfig[9];
        for (int i = 0, j = 0; i < 10; i++) if (i != 3) nine[j++] = ten()[i];
        String[] removed = picks(of(nine));
        int moved = 0;
        for (int i = 0; i < SESSIONS; i++) {
            assertThat(removed[i]).as("down and removed are the same").isEqualTo(down[i]);
            if (before[i].equals("b3")) moved++;
            else assertThat(down[i]).isEqualTo(before[i]);
        }
        assertThat(moved / (double) SESSIONS).isCloseTo(0.1, within(0.015));
        lb.backend("b3").healthy(true, "back");
        assertThat(picks(lb)).isEqualTo(before);
    }

    @Test void doesNotDependOnTheOrderOfTheConfig() {
        BackendConfig[] reversed = new BackendConfig[10];
        for (int i = 0; i < 10; i++) reversed[i] = ten()[9 - i];
        assertThat(picks(of(reversed))).isEqualTo(picks(of(ten())));
    }

    @Test void goesToABackupOnlyWhenNoPrimaryMayServe() {
        StickyFixture lb = of(backend("a", 1, State.READY), backend("m", 1, State.MAINT), backup("spare"));
        assertThat(counts(lb)).containsOnlyKeys("a");
        lb.backend("a").healthy(false, "gone");
        assertThat(counts(lb)).containsOnlyKeys("spare");
        lb.backend("spare").healthy(false, "gone");
        assertThat(new Rendezvous(lb.pool()).pick(1)).isNull();
    }

    @Test void heedsTheConfigOfAPoolThatIsNotOpenYet() {
        StickyFixture lb = of(backend("a", 1, State.READY), backend("b", 1, State.READY));
        lb.reload(config("shop", StickyFixture.learn(null), WhenNoneEligible.FAIL,
                backend("a", 1, State.READY), backup("b")));
        for (int i = 0; i < 50; i++) assertThat(lb.session("SID=" + i)).isEqualTo("a");
    }
}
