package lb.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lb.pool.Backend;
import lb.pool.Balancer;
import lb.pool.PoolFixture;
import org.junit.jupiter.api.Test;

final class RoundRobinTest extends RotationContract {
    @Override Balancer balancer(int firstTurn) {
        return new RoundRobin(firstTurn);
    }

    @Override int parts(Backend backend) {
        return 1;
    }

    @Override double tolerance(int picks, double share) {
        return 1;
    }

    @Test void rotatesInThePoolsOrderWhateverTheWeights() {
        var picker = balancer(0).over(List.of(backend("a", 5), backend("b", 1), backend("c", 2)));
        assertThat(picks(7, picker)).isEqualTo("abcabca");
    }

    @Test void letsOneInItsSlowStartSitOutTurns() {
        Backend c = backend("c", 200);
        PoolFixture.startSlowly(c);
        String picks = picks(42, balancer(0).over(List.of(backend("a", 5), backend("b", 1), c)));
        assertThat(picks.replace("c", "")).isEqualTo("ab".repeat(20));
        assertThat(picks.indexOf('c', picks.indexOf('c') + 1) - picks.indexOf('c')).isEqualTo(21);
    }

    @Test void rotatesAsUsualWhenAllBeginTogether() {
        List<Backend> all = List.of(backend("a", 1), backend("b", 1));
        all.forEach(PoolFixture::startSlowly);
        assertThat(picks(4, balancer(0).over(all))).isEqualTo("abab");
    }

    @Test void startsWhereItIsTold() {
        var picker = balancer(2).over(List.of(backend("a", 1), backend("b", 1), backend("c", 1)));
        assertThat(picks(4, picker)).isEqualTo("cabc");
    }

    @Test void rotatesWithoutAJumpPastTheSignOfItsCounter() {
        var picker = balancer(Integer.MAX_VALUE).over(List.of(backend("a", 1), backend("b", 1), backend("c", 1)));
        assertThat(picks(6, picker)).isEqualTo("bcabca");       // 2³¹ - 1 leaves 1
    }
}
