package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages shown to Netty's decoders, too; see {@link NettyOracle}. */
class NettyOracleTest {
    private static final int MUTATIONS = Integer.getInteger("lb.fuzz.mutations", 100_000) / 5;
    private static final long SEED = Long.getLong("lb.fuzz.seed", 4220);

    @Test void refusesEveryRequestVectorThatNettyRefuses() {
        List<String> differences = new ArrayList<>();
        for (MessageVector each : MessageVector.requests()) {
            add(NettyOracle.difference(each.bytes(), true), differences);
        }
        assertThat(differences).isEmpty();
    }

    @Test void refusesEveryResponseVectorThatNettyRefuses() {
        List<String> differences = new ArrayList<>();
        for (MessageVector each : MessageVector.responses()) {
            // Netty's decoder alone does not know what was asked for
            if (!each.toHead()) add(NettyOracle.difference(each.bytes(), false), differences);
        }
        assertThat(differences).isEmpty();
    }

    @Test void refusesSpoiledMessagesThatNettyRefuses() {
        List<String> differences = new ArrayList<>();
        Mutations mutations = new Mutations(SEED);
        for (boolean request : new boolean[] {true, false}) {
            List<byte[]> good = (request ? MessageVector.requests() : MessageVector.responses()).stream()
                    .filter(each -> each.accepted() && !each.toHead() && each.bytes().length < 400)
                    .map(MessageVector::bytes).toList();
            for (int i = 0; i < MUTATIONS / 2; i++) {
                add(NettyOracle.difference(mutations.next(good), request), differences);
            }
        }
        assertThat(differences).isEmpty();
    }

    private static void add(String difference, List<String> differences) {
        if (difference != null) differences.add(difference);
    }
}
