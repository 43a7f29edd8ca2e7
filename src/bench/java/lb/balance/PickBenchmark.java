package lb.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lb.config.BackendConfig;
import lb.pool.Backend;
import lb.pool.Hash;
import lb.pool.Picker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one pick costs, in nanoseconds. Weights are mixed, 1–256; the rotation ignores them. Every backend has 10 to 20
 * requests in flight and a latency, so that whoever looks at these has something to compare.
 *
 * <pre>
 * mvn -q -Pbench -DskipTests test-compile exec:exec -Dbench=PickBenchmark
 * mvn -q -Pbench -DskipTests test-compile exec:exec -Dbench=PickBenchmark "-Dbench.options=-t 2"     two event loops
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class PickBenchmark {
    @Param({"3", "100", "10000"})
    int backends;

    @Param({"roundRobin", "weightedRoundRobin", "random", "leastRequests", "leastLatency", "hash"})
    String balance;

    private Picker picker;
    private long client;

    @Setup public void build() {
        List<Backend> all = new ArrayList<>();
        for (int i = 0; i < backends; i++) {
            int weight = 1 + i * 97 % 256;
            BackendConfig config = new BackendConfig("b" + i, "10.0.0.1", 80, weight, BackendConfig.State.READY);
            Backend backend = new Backend(config, System::nanoTime);
            for (int j = 0; j < 10 + i % 11; j++) backend.begin();
            backend.answered(200, 1_000_000 + i % 7 * 100_000);
            all.add(backend);
        }
        picker = Balancers.create(balance).over(all);
    }

    @Benchmark public Backend pick() {
        return picker.pick(Hash.next(client++));
    }
}
