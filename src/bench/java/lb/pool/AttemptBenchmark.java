package lb.pool;

import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import lb.config.BackendConfig;
import lb.config.OutlierConfig.On;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the counting of one attempt costs, in nanoseconds, and what of it is there to judge its backend by.
 *
 * <pre>
 * mvn -q -Pbench -DskipTests test-compile exec:exec -Dbench=AttemptBenchmark
 * mvn -q -Pbench -DskipTests test-compile exec:exec -Dbench=AttemptBenchmark "-Dbench.options=-t 2"     two event loops
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class AttemptBenchmark {
    private Backend backend;

    @Setup public void build() {
        backend = new Backend(new BackendConfig("b", "10.0.0.1", 80, 1, BackendConfig.State.READY), () -> 0);
        backend.streak().judgeBy(new FailureStreak.Judging(EnumSet.allOf(On.class), 5, () -> {}));
    }

    /** Only what tells good from bad. */
    @Benchmark public void judged() {
        backend.succeeded(200);
    }

    /** The same for an answer that ends a row of failures. */
    @Benchmark public void failedAndJudged() {
        backend.failed(On.RESET, "backend.truncated", true);
        backend.succeeded(200);
    }

    /** All that is counted of an attempt but how it ended. */
    @Benchmark public void countedOnly() {
        backend.begin();
        backend.answered(200, 1_000_000);
        backend.end();
    }

    @Benchmark public void countedAndJudged() {
        backend.begin();
        backend.answered(200, 1_000_000);
        backend.succeeded(200);
        backend.end();
    }
}
