package lb.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lb.config.Config;
import lb.config.file.ConfigProblems;
import lb.config.file.ConfigReader;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.Picker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BalancersTest {
    /** {@code failing} and {@code firstOnly} are provided by {@code META-INF/services} of the tests. */
    @Test void knowsItsBalancersByName() {
        assertThat(Balancers.names()).containsExactly("failing", "firstOnly", "hash", "leastLatency", "leastRequests",
                "random", "roundRobin", "weightedRoundRobin");
        assertThat(Balancers.create("hash")).isInstanceOf(ConsistentHash.class);
        assertThat(Balancers.create("leastLatency")).isInstanceOf(LeastLatency.class);
        assertThat(Balancers.create("leastRequests")).isInstanceOf(LeastRequests.class);
        assertThat(Balancers.create("random")).isInstanceOf(WeightedRandom.class);
        assertThat(Balancers.create("roundRobin")).isInstanceOf(RoundRobin.class);
        assertThat(Balancers.create("weightedRoundRobin")).isInstanceOf(WeightedRoundRobin.class);
    }

    @Test void findsABalancerThatAnotherJarBrings() throws ConfigProblems {
        Picker picker = Balancers.create("firstOnly").over(BalancerContract.mixed(5));
        assertThat(BalancerContract.picks(3, picker)).isEqualTo("b0b0b0");

        String file = "{ \"listen\": 1, \"backends\": [\"http://a\"], \"balance\": \"firstOnly\" }";
        Config config = new ConfigReader(Balancers.names(), name -> null).read(file.getBytes(StandardCharsets.UTF_8));
        assertThat(config.pools().get(Config.DEFAULT).balance().name()).isEqualTo("firstOnly");
    }

    @Test void refusesAProvidedBalancerThatTakesTheNameOfAnother() {
        assertThatIllegalStateException().isThrownBy(() -> Balancers.with(List.of(called("roundRobin"))))
                .withMessageEndingWith(": a balancer is called roundRobin already");
        assertThatIllegalStateException().isThrownBy(() -> Balancers.with(List.of(called("a"), called("a"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "1st", "x-y", "a\nb"})
    void refusesAProvidedBalancerWhoseNameIsNone(String name) {
        assertThatIllegalStateException().isThrownBy(() -> Balancers.with(List.of(called(name))))
                .withMessageContaining("is not a name (expected: letters and digits)");
    }

    private static BalancerProvider called(String name) {
        return new BalancerProvider() {
            @Override public String name() {
                return name;
            }

            @Override public Balancer create() {
                throw new AssertionError("only its name is looked at");
            }
        };
    }

    @Test void refusesAnUnknownNameWithTheKnownOnes() {
        assertThatIllegalArgumentException().isThrownBy(() -> Balancers.create("fastest"))
                .withMessage("balance: fastest (expected: " + Balancers.names() + ")");
    }

    @Test void startsEachBalancerAtATurnOfItsOwn() {
        List<Backend> backends = BalancerContract.mixed(16);
        Set<Backend> firsts = new HashSet<>();
        for (int i = 0; i < 200; i++) firsts.add(Balancers.create("roundRobin").over(backends).pick(0));
        assertThat(firsts).hasSizeGreaterThan(8);
    }
}
