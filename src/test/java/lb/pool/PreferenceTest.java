package lb.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lb.config.BackendConfig;
import lb.config.BackendConfig.State;
import lb.config.PreferenceConfig;
import lb.testkit.LogCapture;
import org.junit.jupiter.api.Test;

final class PreferenceTest {
    private static final PreferenceConfig BY_PRIORITY = PreferenceConfig.DEFAULT;
    private static final PreferenceConfig STRICT = new PreferenceConfig("a", 0);
    private static final PreferenceConfig IN_A = new PreferenceConfig("a", 0.7);

    private final Map<String, Backend> backends = new LinkedHashMap<>();

    /** Called by their zone or priority, and by a number from 0. */
    private PreferenceTest add(String name, int count, int weight, int priority, String zone) {
        for (int i = 0; i < count; i++) {
            String id = name + i;
            backends.put(id, new Backend(new BackendConfig(id, "10.0.0.1", 80, weight, State.READY, priority, zone),
                    () -> 0));
        }
        return this;
    }

    private PreferenceTest priority(int priority, int count) {
        return add("p" + priority + "-", count, 1, priority, null);
    }

    private PreferenceTest zone(String zone, int count) {
        return add(zone, count, 1, 0, zone);
    }

    private PreferenceTest down(String name, int count) {
        for (int i = 0; i < count; i++) backends.get(name + i).healthy(false, "gone");
        return this;
    }

    private Tiers tiers(PreferenceConfig config) {
        Balancer rotation = up -> {
            int[] turn = {0};
            return affinity -> up.get(turn[0]++ % up.size());
        };
        return Preference.over(List.copyOf(backends.values()), Backend::eligible, config, rotation);
    }

    private String shares(PreferenceConfig config) {
        return tiers(config).shares().stream().map(TierShare::toString).collect(Collectors.joining(", "));
    }

    @Test void givesEverythingToTheFirstPriorityWhileEnoughOfItIsEligible() {
        priority(0, 10).priority(1, 10).down("p0-", 3);
        assertThat(shares(BY_PRIORITY)).isEqualTo("100% to priority 0, 0% to priority 1");
    }

    @Test void givesTheNextPriorityWhatThereAreTooFewFor() {
        priority(0, 10).priority(1, 10).down("p0-", 5);
        assertThat(shares(BY_PRIORITY)).isEqualTo("71% to priority 0, 29% to priority 1");
    }

    @Test void goesDownThePrioritiesWhateverTheirNumbers() {
        priority(2, 10).priority(5, 10).priority(9, 10).down("p2-", 8).down("p5-", 7);
        assertThat(shares(BY_PRIORITY)).isEqualTo("29% to priority 2, 43% to priority 5, 29% to priority 9");
    }

    @Test void sharesInProportionWhereNobodyHasRoom() {
        priority(0, 10).priority(1, 10).down("p0-", 9).down("p1-", 7);
        assertThat(shares(BY_PRIORITY)).isEqualTo("25% to priority 0, 75% to priority 1");
    }

    @Test void givesEverythingToTheNextPriorityWhenNobodyOfTheFirstIsLeft() {
        priority(0, 2).priority(1, 2).down("p0-", 2).down("p1-", 1);
        assertThat(shares(BY_PRIORITY)).isEqualTo("100% to priority 1");
    }

    @Test void countsWeightsAndNotHeads() {
        add("big", 1, 8, 0, null).add("small", 2, 1, 0, null).priority(1, 1).down("big", 1);
        assertThat(shares(BY_PRIORITY)).isEqualTo("29% to priority 0, 71% to priority 1");
    }

    @Test void keepsToOnePriorityToTheLastWhereOneIsEnough() {
        priority(0, 10).priority(1, 10).down("p0-", 9);
        assertThat(shares(STRICT)).isEqualTo("100% to priority 0, 0% to priority 1");
    }

    @Test void givesBackupsNothingWhileAnybodyElseIsEligible() {
        priority(0, 10).priority(1, 10).add("x", 2, 1, BackendConfig.BACKUP, null).down("p0-", 10).down("p1-", 9);
        assertThat(shares(BY_PRIORITY)).isEqualTo("100% to priority 1, 0% to backups");
        down("p1-", 10);
        assertThat(shares(BY_PRIORITY)).isEqualTo("100% to backups");
    }

    @Test void prefersItsOwnZone() {
        zone("a", 3).zone("b", 3).zone("c", 3);
        assertThat(shares(IN_A)).isEqualTo("100% to priority 0 in zone a, 0% to priority 0 outside zone a");
    }

    @Test void spillsOverInProportionRatherThanOverloadTheFewLeftInItsOwnZone() {
        zone("a", 3).zone("b", 3).zone("c", 3).down("a", 2);
        assertThat(shares(IN_A)).isEqualTo("48% to priority 0 in zone a, 52% to priority 0 outside zone a");
    }

    @Test void doesNotBurdenOneBackendWithAWholeZonesRequests() {
        zone("a", 1).zone("b", 5).zone("c", 3);
        assertThat(shares(IN_A)).isEqualTo("48% to priority 0 in zone a, 52% to priority 0 outside zone a");
    }

    @Test void knowsNoZoneWhereNobodyIsInItsOwn() {
        zone("b", 3).zone("c", 3);
        assertThat(shares(IN_A)).isEqualTo("100% to priority 0");
        assertThat(shares(BY_PRIORITY)).isEqualTo("100% to priority 0");
    }

    @Test void leavesItsOwnZoneWhenNobodyIsLeftThere() {
        zone("a", 2).zone("b", 2).down("a", 2);
        assertThat(shares(IN_A)).isEqualTo("100% to priority 0 outside zone a");
        assertThat(shares(STRICT)).isEqualTo("100% to priority 0 outside zone a");
    }

    @Test void prefersAZoneWithinAPriorityAndNotBeforeIt() {
        add("b", 10, 1, 0, "b").add("a", 5, 1, 1, "a").add("c", 5, 1, 1, "c").down("b", 5);
        assertThat(shares(IN_A)).isEqualTo("71% to priority 0, 29% to priority 1 in zone a, "
                + "0% to priority 1 outside zone a");
    }

    @Test void picksAsTheSharesSay() {
        zone("a", 3).zone("b", 3).zone("c", 3).down("a", 2);
        Tiers tiers = tiers(IN_A);
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 100_000; i++) {
            counts.merge(tiers.pick(Hash.of("client " + i)).config().zone(), 1, Integer::sum);
        }
        assertThat(counts.get("a") / 100_000.0).isCloseTo(0.476, within(0.01));
        assertThat(counts.get("b")).isCloseTo(counts.get("c"), within(100));
    }

    @Test void movesOnlyTheClientsOfTheShareThatIsLost() {
        priority(0, 10).priority(1, 10).down("p0-", 4);
        Tiers before = tiers(BY_PRIORITY);
        Tiers after = down("p0-", 5).tiers(BY_PRIORITY);
        int moved = 0;
        for (int i = 0; i < 100_000; i++) {
            long client = Hash.of("client " + i);
            int was = before.pick(client).config().priority();
            int is = after.pick(client).config().priority();
            assertThat(is).isGreaterThanOrEqualTo(was);
            if (is != was) moved++;
        }
        assertThat(moved / 100_000.0).isCloseTo(0.143, within(0.01));
    }

    @Test void retriesInAnotherZoneRatherThanNotAtAllAndThenAtTheNextPriority() {
        zone("a", 1).zone("b", 1).priority(1, 1);
        Tiers tiers = tiers(IN_A);
        List<Backend> tried = new ArrayList<>();
        for (int i = 0; i < 3; i++) tried.add(tiers.pickOther(0, tried, Backend::eligible));
        assertThat(tried).extracting(Backend::id).containsExactly("a0", "b0", "p1-0");
        assertThat(tiers.pickOther(0, tried, Backend::eligible)).isNull();
    }

    /** Wherever a connection is free in another zone, nobody waits; another priority is for when some are gone. */
    @Test void relievesAFullZoneByAnotherButNotByAnotherPriority() {
        zone("a", 1).zone("b", 1).priority(1, 1);
        List<Backend> all = List.copyOf(backends.values());
        Pool pool = PoolFixture.limited(1, 0, IN_A, all);
        pool.open();
        assertThat(pool.pick(0).id()).isEqualTo("a0");
        all.get(0).connectionOpens();
        assertThat(pool.pick(0).id()).isEqualTo("b0");
        all.get(1).connectionOpens();
        assertThat(pool.pick(0).config().priority()).isZero();
    }

    @Test void saysHowManyBackupsTakeOverInAllZones() {
        add("x", 1, 1, BackendConfig.BACKUP, "a").add("y", 2, 1, BackendConfig.BACKUP, "b");
        try (LogCapture log = LogCapture.of(Pool.class.getName())) {
            PoolFixture.limited(0, 0, IN_A, List.copyOf(backends.values())).open();
            assertThat(log.lines()).first()
                    .isEqualTo("WARN pool=api no primary is eligible; its backups take over, 3 eligible");
        }
    }
}
