package lb.balance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the README says of the balancers, as it comes out of {@link Simulation}. */
final class SimulationTest {
    private static Simulation.Result oneSlowOfTen(String name) {
        return Simulation.oneSlowOfTen(BalanceTable.BALANCERS.get(name).get());
    }

    @Test void keepsTheSlowBackendOutOfTheTail() {
        Simulation.Result roundRobin = oneSlowOfTen("roundRobin");
        Simulation.Result leastRequests = oneSlowOfTen("leastRequests");
        Simulation.Result leastLatency = oneSlowOfTen("leastLatency");
        assertThat(roundRobin.slowShare()).isEqualTo(0.1);
        assertThat(leastRequests.p99()).isLessThan(roundRobin.p99() / 1.5);
        assertThat(leastLatency.p99()).isLessThan(leastRequests.p99() / 1.5);
        assertThat(leastLatency.slowShare()).isLessThan(0.01).isPositive();
    }

    @Test void rotationsNeverPickTwiceRunningAndChanceSeldomOften() {
        assertThat(BalanceTable.longestRun(BalanceTable.BALANCERS.get("roundRobin").get())).isEqualTo(1);
        assertThat(BalanceTable.longestRun(BalanceTable.BALANCERS.get("weightedRoundRobin").get())).isEqualTo(1);
        assertThat(BalanceTable.longestRun(BalanceTable.BALANCERS.get("random").get())).isBetween(4, 7);
        assertThat(BalanceTable.longestRun(BalanceTable.BALANCERS.get("leastRequests").get())).isBetween(4, 7);
    }

    @Test void keepsSharesByWeightWithinAFewPercent() {
        assertThat(BalanceTable.offShare(BalanceTable.BALANCERS.get("weightedRoundRobin").get())).isLessThan(0.001);
        for (String name : new String[] {"random", "leastRequests", "leastLatency", "hash"}) {
            assertThat(BalanceTable.offShare(BalanceTable.BALANCERS.get(name).get())).as(name).isLessThan(0.07);
        }
    }

    @Test void printsARowForEveryBalancerAndTheSameEachTime() {
        assertThat(BalanceTable.markdown()).isEqualTo(BalanceTable.markdown())
                .contains(BalanceTable.BALANCERS.keySet().stream().map(name -> "| `" + name + "` |").toList());
    }
}
