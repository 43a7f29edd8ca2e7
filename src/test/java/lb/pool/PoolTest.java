package lb.pool;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import lb.config.BackendConfig;
import lb.config.BackendConfig.State;
import lb.config.OutlierConfig;
import lb.config.PoolConfig;
import lb.config.WhenNoneEligible;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

final class PoolTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Pool.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Queue<Runnable> controlThread = new ArrayDeque<>();
    private final List<List<Backend>> built = new ArrayList<>();
    private long nanos;

    /** Rotates, and writes down what it was built over. */
    private final Balancer rotation = eligible -> {
        built.add(eligible);
        int[] turn = {0};
        return affinity -> eligible.get(turn[0]++ % eligible.size());
    };

    @BeforeEach void listen() {
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach void leave() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
    }

    private static BackendConfig config(String id, int weight, State state) {
        return new BackendConfig(id, "10.0.0.1", 80, weight, state);
    }

    private Backend backend(String id) {
        return new Backend(config(id, 1, State.READY), () -> nanos);
    }

    private Pool pool(List<Backend> backends, List<BackendConfig> configs) {
        Pool pool = new Pool(PoolFixture.config(null, configs), backends, rotation, controlThread::add);
        pool.open();
        return pool;
    }

    private Pool pool(Backend... backends) {
        return pool(List.of(backends), List.of(backends).stream().map(Backend::config).toList());
    }

    private void runControlThread() {
        while (!controlThread.isEmpty()) controlThread.remove().run();
    }

    private static String picks(Pool pool, int count) {
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < count; i++) ids.append(pool.pick(0));
        return ids.toString();
    }

    private List<String> lines() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test void picksAsItsBalancerSays() {
        assertThat(picks(pool(backend("a"), backend("b")), 4)).isEqualTo("abab");
    }

    @Test void doesNotPickABackendThatHasJustGoneDown() {
        Backend a = backend("a");
        Pool pool = pool(a, backend("b"));
        a.healthy(false, "gone");
        assertThat(picks(pool, 3)).as("before the picker is rebuilt").isEqualTo("bbb");
        runControlThread();
        assertThat(picks(pool, 3)).isEqualTo("bbb");
        assertThat(built.get(built.size() - 1)).hasSize(1);
    }

    @Test void picksABackendAgainOnceItIsUp() {
        Backend a = backend("a");
        Pool pool = pool(a, backend("b"));
        a.healthy(false, "gone");
        runControlThread();
        a.healthy(true, "back");
        runControlThread();
        assertThat(picks(pool, 4)).isEqualTo("abab");
    }

    @Test void neverPicksABackendOfWeightZero() {
        Backend b = new Backend(config("b", 0, State.READY), () -> nanos);
        Pool pool = pool(backend("a"), b);
        assertThat(picks(pool, 3)).isEqualTo("aaa");
        assertThat(pool.eligibleCount()).isEqualTo(1);
        assertThat(b.status()).isEqualTo(Status.UP);
    }

    @Test void picksNobodyWhenAllAreDownAndCountsIt() {
        Backend a = backend("a");
        Backend b = backend("b");
        Pool pool = pool(a, b);
        a.healthy(false, "gone");
        b.healthy(false, "gone");
        assertThat(pool.pick(0)).as("before the picker is rebuilt").isNull();
        runControlThread();
        assertThat(pool.pick(0)).isNull();
        assertThat(pool.unserved()).isEqualTo(2);
        assertThat(pool.eligibleCount()).isZero();
    }

    private Pool pool(WhenNoneEligible whenNoneEligible, Duration slowStart, Backend... backends) {
        List<BackendConfig> configs = List.of(backends).stream().map(Backend::config).toList();
        PoolConfig config = PoolFixture.with(PoolFixture.config(null, configs), null, slowStart, whenNoneEligible);
        Pool pool = new Pool(config, List.of(backends), rotation, controlThread::add);
        pool.open();
        return pool;
    }

    @Test void usesAllThatTheOperatorWantsInWhenNobodyIsEligibleAndTheConfigSaysSo() {
        Backend a = backend("a");
        Backend b = backend("b");
        Backend weightless = new Backend(config("w", 0, State.READY), () -> nanos);
        Backend draining = new Backend(config("d", 1, State.DRAIN), () -> nanos);
        Backend inMaintenance = new Backend(config("m", 1, State.MAINT), () -> nanos);
        Pool pool = pool(WhenNoneEligible.USE_ALL, Duration.ZERO, a, b, weightless, draining, inMaintenance);
        a.healthy(false, "gone");
        b.healthy(false, "gone");
        assertThat(picks(pool, 2)).as("before the picker is rebuilt").matches("[ab]{2}");
        runControlThread();
        assertThat(picks(pool, 4)).matches("(ab|ba){2}");
        assertThat(pool.pickOther(0, List.of(a))).isSameAs(b);
        assertThat(pool.unserved()).isZero();
        assertThat(pool.eligibleCount()).isZero();

        b.healthy(true, "back");
        runControlThread();
        assertThat(picks(pool, 3)).isEqualTo("bbb");
        assertThat(lines()).filteredOn(line -> line.contains("using")).containsExactly(
                "pool=api nobody is eligible: using all 2 that are neither drained nor in maintenance",
                "pool=api using the eligible ones only again: 1 of 5");
    }

    @Test void picksNobodyEvenThenWhenTheOperatorWantsNobodyIn() {
        Backend inMaintenance = new Backend(config("m", 1, State.MAINT), () -> nanos);
        Pool pool = pool(WhenNoneEligible.USE_ALL, Duration.ZERO, inMaintenance);
        assertThat(pool.pick(0)).isNull();
        assertThat(lines()).isEmpty();
    }

    @Test void leavesSessionsWhereTheyAreWhileNobodyIsEligibleAndAllAreUsed() {
        Backend a = new Backend(config("a", 1, State.READY), () -> nanos);
        Backend draining = new Backend(config("d", 1, State.DRAIN), () -> nanos);
        Pool all = pool(WhenNoneEligible.USE_ALL, Duration.ZERO, a, draining);
        assertThat(all.mayServe(draining)).isFalse();
        assertThat(all.mayServeSessionsOf(draining)).isTrue();
        a.healthy(false, "gone");
        assertThat(all.mayServeSessionsOf(a)).isTrue();
        draining.healthy(false, "gone");
        assertThat(all.mayServeSessionsOf(draining)).isFalse();
    }

    @Test void takesSessionsFromABackendThatIsDown() {
        Backend a = new Backend(config("a", 1, State.READY), () -> nanos);
        Pool pool = pool(WhenNoneEligible.FAIL, Duration.ZERO, a);
        assertThat(pool.mayServeSessionsOf(a)).isTrue();
        a.healthy(false, "gone");
        assertThat(pool.mayServeSessionsOf(a)).isFalse();
    }

    private void pass(Pool pool, long millis) {
        for (long end = nanos + Duration.ofMillis(millis).toNanos(); nanos < end; pool.ramp(nanos)) {
            nanos += Duration.ofMillis(100).toNanos();
        }
    }

    @Test void letsABackendThatIsBackBeginWithATenthOfItsShare() {
        Backend a = new Backend(config("a", 7, State.READY), () -> nanos);
        Backend b = new Backend(config("b", 7, State.READY), () -> nanos);
        Pool pool = pool(WhenNoneEligible.FAIL, Duration.ofSeconds(10), a, b);
        assertThat(a.effectiveWeight()).as("all are new: nobody to wait for").isEqualTo(70);
        a.healthy(false, "gone");
        runControlThread();
        a.healthy(true, "back");
        runControlThread();
        assertThat(a.effectiveWeight()).isEqualTo(7);
        assertThat(b.effectiveWeight()).isEqualTo(70);
        assertThat(a.weight()).isEqualTo(7);
        assertThat(a.eligible()).isTrue();
        pass(pool, 5_000);
        assertThat(a.share()).isBetween(5, 6);
        pass(pool, 5_000);
        assertThat(a.effectiveWeight()).isEqualTo(70);
        int rebuilt = built.size();
        pass(pool, 60_000);
        assertThat(built).as("nothing to do any more").hasSize(rebuilt);
    }

    @Test void rebuildsThePickerOnceForEachTenth() {
        Backend a = backend("a");
        Pool pool = pool(WhenNoneEligible.FAIL, Duration.ofSeconds(10), a, backend("b"));
        a.ejected(true, "failed");
        a.ejected(false, "time is over");
        runControlThread();
        int before = built.size();
        pass(pool, 15_000);
        assertThat(built).hasSize(before + 9);
    }

    @Test void rebuildsThePickerAtMostEachFifthOfASecondForASlowStart() {
        Backend a = backend("a");
        Pool pool = pool(WhenNoneEligible.FAIL, Duration.ofMillis(900), a, backend("b"));
        a.healthy(false, "gone");
        a.healthy(true, "back");
        runControlThread();
        int before = built.size();
        pass(pool, 1_000);
        assertThat(built.size() - before).isBetween(4, 6);
        assertThat(a.share()).isEqualTo(10);
    }

    @Test void startsABackendSlowlyThatAReloadAddsBesideOthers() {
        Backend a = backend("a");
        Backend b = backend("b");
        pool(WhenNoneEligible.FAIL, Duration.ofSeconds(10), a);
        pool(WhenNoneEligible.FAIL, Duration.ofSeconds(10), a, b);
        assertThat(a.share()).isEqualTo(10);
        assertThat(b.share()).isEqualTo(1);
        Pool next = pool(WhenNoneEligible.FAIL, Duration.ofSeconds(10), b, a, backend("c"));
        assertThat(b.share()).as("another reload changes nothing for it").isEqualTo(1);
        pass(next, 10_000);
        assertThat(b.share()).isEqualTo(10);
    }

    @Test void endsASlowStartWhenAReloadTurnsItOff() {
        Backend a = backend("a");
        Backend b = backend("b");
        pool(WhenNoneEligible.FAIL, Duration.ofSeconds(10), a);
        pool(WhenNoneEligible.FAIL, Duration.ofSeconds(10), a, b);
        pass(pool(WhenNoneEligible.FAIL, Duration.ZERO, a, b), 100);
        assertThat(b.share()).isEqualTo(10);
    }

    @Test void picksAnotherThanTheTriedOnesWhileThereIsOne() {
        Backend a = backend("a");
        Backend b = backend("b");
        Backend c = backend("c");
        Pool pool = pool(a, b, c);
        for (int i = 0; i < 6; i++) assertThat(pool.pickOther(0, List.of(a, c))).isSameAs(b);
        assertThat(pool.pickOther(0, List.of(a, b, c))).isNull();
        assertThat(pool.unserved()).as("a request that was tried before is not unserved").isZero();
    }

    @Test void picksRatherOneWhoseLastAttemptWasNoFailureForAnotherAttempt() {
        Backend a = backend("a");
        Backend b = backend("b");
        Backend c = backend("c");
        Pool pool = pool(a, b, c);
        b.streak().judgeBy(new FailureStreak.Judging(Set.of(OutlierConfig.On.CONNECT), 5, () -> {}));
        b.failed(OutlierConfig.On.CONNECT, "connect.refused", false);
        for (int i = 0; i < 20; i++) assertThat(pool.pickOther(0, List.of(a))).isSameAs(c);
        assertThat(pool.pickOther(0, List.of(a, c))).as("better than none").isSameAs(b);
        b.succeeded(200);
        Set<Backend> picked = new HashSet<>();
        for (int i = 0; i < 200; i++) picked.add(pool.pickOther(0, List.of(a)));
        assertThat(picked).containsExactlyInAnyOrder(b, c);
    }

    @Test void picksAnotherEvenWhenTheBalancerInsistsOnTheTriedOne() {
        Backend a = backend("a");
        Backend b = backend("b");
        PoolConfig config = PoolFixture.config(null, List.of(a.config(), b.config()));
        Pool pool = new Pool(config, List.of(a, b), eligible -> affinity -> a, controlThread::add);
        pool.open();
        assertThat(pool.pickOther(0, List.of(a))).isSameAs(b);
    }

    @ParameterizedTest @EnumSource
    void picksAtRandomWhereTheBalancerFails(Mistake mistake) {
        List<Backend> both = List.of(backend("a"), backend("b"));
        PoolConfig config = PoolFixture.config(null, both.stream().map(Backend::config).toList());
        Pool pool = new Pool(config, both, mistake, controlThread::add);
        pool.open();
        Set<Backend> picked = new HashSet<>();
        for (int i = 0; i < 200; i++) picked.add(pool.pick(0));
        assertThat(picked).containsExactlyInAnyOrderElementsOf(both);
    }

    private enum Mistake implements Balancer {
        THROWS, MADE_FOR_ANOTHER_VERSION, NO_PICKER;

        @Override public Picker over(List<Backend> eligible) {
            if (this == THROWS) throw new IllegalStateException("on purpose");
            if (this == MADE_FOR_ANOTHER_VERSION) throw new NoSuchMethodError("on purpose");
            return null;
        }
    }

    @Test void passesOverAFullBackendWhileAnotherHasRoom() {
        Backend a = backend("a");
        Backend b = backend("b");
        Pool pool = PoolFixture.limited(1, 0, a, b);
        pool.open();
        a.connectionOpens();
        assertThat(pool.pick(0)).isSameAs(b);
        b.connectionOpens();
        assertThat(pool.pick(0)).as("all are full").isNotNull().matches(Backend::full);
        a.idleConnections(1);
        assertThat(pool.pickOther(0, List.of())).isSameAs(a);
        assertThat(pool.pickOther(0, List.of(a))).as("rather full than tried").isSameAs(b);
        assertThat(pool.unserved()).isZero();
    }

    @Test void asksWhoWaitsWhenABackendIsUpAgain() {
        Backend a = backend("a");
        Pool pool = pool(a, backend("b"));
        a.healthy(false, "gone");
        runControlThread();
        List<String> picked = new ArrayList<>();
        pool.line().join(new WaitingLine.Waiter() {
            @Override public Executor eventLoop() {
                return Runnable::run;
            }

            @Override public boolean serve() {
                picked.add(picks(pool, 2));
                return false;
            }
        }, 1);
        a.healthy(true, "back");
        runControlThread();
        assertThat(picked).as("when it joins, and when the picker knows of the other").containsExactly("bb", "ab");
    }

    @Test void keepsItsWaitingLineAndItsRetriesWhenAReloadReplacesIt() {
        Backend a = backend("a");
        Pool first = pool(a);
        Pool next = new Pool(first.config(), List.of(a), rotation, controlThread::add, first);
        assertThat(next.line()).isSameAs(first.line());
        assertThat(next.retries()).isSameAs(first.retries());
        assertThat(next.line().pool()).as("a topology that is built is not yet in use").isSameAs(first);
        next.open();
        assertThat(first.line().pool()).isSameAs(next);
    }

    @Test void isNotRebuiltAnyMoreOnceAReloadHasReplacedIt() {
        Backend a = backend("a");
        Backend x = backup("x");
        Pool first = pool(a, x);
        a.healthy(false, "gone");
        new Pool(first.config(), List.of(a, x), rotation, controlThread::add, first).open();
        int before = built.size();
        runControlThread();
        assertThat(built).hasSize(before);
        assertThat(lines()).filteredOn(line -> line.contains("backups")).hasSize(1);
    }

    @Test void rebuildsThePickerOnceForManyFlips() {
        List<Backend> backends = new ArrayList<>();
        for (int i = 0; i < 100; i++) backends.add(backend("b" + i));
        pool(backends.toArray(Backend[]::new));
        int before = built.size();
        for (Backend backend : backends.subList(0, 60)) backend.healthy(false, "gone");
        assertThat(controlThread).hasSize(1);
        runControlThread();
        assertThat(built).hasSize(before + 1);
        assertThat(built.get(before)).isEqualTo(backends.subList(60, 100));
    }

    @Test void logsAFlipOnceWithReasonConsequenceAndTimeInTheOldStatus() {
        Backend a = backend("a");
        pool(a, backend("b"), backend("c"));
        nanos += Duration.ofMinutes(130).toNanos();
        a.healthy(false, "3 of 3 probes failed, last: connection refused");
        a.healthy(false, "again");
        runControlThread();
        assertThat(lines()).containsExactly("pool=api backend=a UP -> DOWN: 3 of 3 probes failed, last: connection "
                + "refused; 2 of 3 backends left; was UP for 2h10m");
        assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.WARN);

        nanos += Duration.ofMillis(2500).toNanos();
        a.healthy(true, "2 of 2 probes passed");
        assertThat(lines()).hasSize(2).last().isEqualTo(
                "pool=api backend=a DOWN -> UP: 2 of 2 probes passed; 3 of 3 backends left; was DOWN for 2.5s");
        assertThat(lines.list.get(1).getLevel()).isEqualTo(Level.INFO);
    }

    @Test void logsWhatAReloadChangesAndKeepsItsBackends() {
        Backend a = backend("a");
        Backend b = backend("b");
        pool(a, b);
        Pool next = pool(List.of(a, b), List.of(config("a", 1, State.DRAIN), config("b", 7, State.READY)));
        assertThat(lines()).containsExactly(
                "pool=api backend=a UP -> DRAINING: by config; 1 of 2 backends left; was UP for 0ms");
        assertThat(a.pool()).isSameAs(next);
        assertThat(b.weight()).isEqualTo(7);
        assertThat(picks(next, 2)).isEqualTo("bb");
    }

    @Test void countsABackendThatAReloadGivesAWeight() {
        Backend a = new Backend(config("a", 0, State.READY), () -> nanos);
        assertThat(pool(a).eligibleCount()).isZero();
        assertThat(pool(List.of(a), List.of(config("a", 3, State.READY))).eligibleCount()).isEqualTo(1);
    }

    @Test void saysNothingOfABackendThatHasLeft() {
        Backend a = backend("a");
        Backend b = backend("b");
        Pool first = pool(a, b);
        Pool second = pool(b);
        first.close();
        a.healthy(false, "gone");
        assertThat(lines()).isEmpty();
        assertThat(a.pool()).isNull();
        assertThat(b.pool()).isSameAs(second);
    }

    private Backend backup(String id) {
        BackendConfig config = new BackendConfig(id, "10.0.0.1", 80, 1, State.READY, BackendConfig.BACKUP, null);
        return new Backend(config, () -> nanos);
    }

    @Test void picksNoBackupWhileAPrimaryIsEligible() {
        assertThat(picks(pool(backup("x"), backend("a"), backup("y"), backend("b")), 4)).isEqualTo("abab");
    }

    @Test void picksBackupsAtOnceWhenTheLastPrimaryGoesDown() {
        Backend a = backend("a");
        Pool pool = pool(a, backup("x"), backup("y"));
        a.healthy(false, "gone");
        assertThat(picks(pool, 4)).as("before the picker is rebuilt").contains("x").doesNotContain("a");
        runControlThread();
        assertThat(picks(pool, 4)).isIn("xyxy", "yxyx");
        assertThat(pool.unserved()).isZero();
    }

    @Test void letsBackupsRestWhenAPrimaryIsBack() {
        Backend a = backend("a");
        Pool pool = pool(a, backup("x"));
        a.healthy(false, "gone");
        runControlThread();
        a.healthy(true, "back");
        runControlThread();
        assertThat(picks(pool, 3)).isEqualTo("aaa");
        assertThat(lines()).filteredOn(line -> line.contains("backup")).containsExactly(
                "pool=api no primary is eligible; its backups take over, 1 eligible",
                "pool=api a primary is eligible again; the backups rest");
    }

    @Test void givesARequestThatTriedEveryPrimaryToABackup() {
        Backend a = backend("a");
        Backend b = backend("b");
        Backend x = backup("x");
        Pool pool = pool(a, x, b);
        assertThat(pool.pickOther(0, List.of(a))).isSameAs(b);
        assertThat(pool.pickOther(0, List.of(a, b))).isSameAs(x);
        assertThat(pool.pickOther(0, List.of(a, b, x))).isNull();
    }

    @Test void servesFromBackupsWhereThereIsNothingElse() {
        assertThat(picks(pool(backup("x"), backup("y")), 4)).isEqualTo("xyxy");
    }

    @Test void makesABackupAPrimaryByConfig() {
        Backend x = backup("x");
        Pool pool = pool(List.of(backend("a"), x), List.of(config("a", 1, State.READY), config("x", 1, State.READY)));
        assertThat(picks(pool, 4)).isEqualTo("axax");
    }

    /** Else all who lose one backend would meet at another and take that one down, too. */
    @Test void spreadsThoseWhoLostTheirBackendByAffinity() {
        List<Backend> five = List.of(backend("a"), backend("b"), backend("c"), backend("d"), backend("e"));
        List<BackendConfig> configs = five.stream().map(Backend::config).toList();
        Balancer byAffinity = up -> affinity -> up.get((int) Long.remainderUnsigned(affinity, up.size()));
        Pool pool = new Pool(PoolFixture.config(null, configs), five, byAffinity, controlThread::add);
        pool.open();
        Map<Backend, Integer> counts = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            long client = (Hash.of("client-" + i) >>> 1) / 5 * 5;    // all of them to a, by right
            Backend other = pool.pickOther(client, List.of(five.get(0)));
            assertThat(pool.pickOther(client, List.of(five.get(0)))).as("again").isSameAs(other);
            counts.merge(other, 1, Integer::sum);
        }
        assertThat(counts.values()).hasSize(4).allSatisfy(count -> assertThat(count).isBetween(200, 300));
    }
}
