package lb.listen;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.List;
import lb.pool.Pool;
import lb.testkit.LogCapture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Whatever comes over the wires of a client and of its backends, in whatever pieces and order, nothing is lost, left
 * armed, counted wrong or thrown. For more: {@code mvn test -Dtest=Http1OrdersTest -Dlb.orders=1000000}.
 */
class Http1OrdersTest {
    private static final int STEPS = 120;
    private static final long BUDGET = Duration.ofSeconds(4).toNanos();

    @Test void keepsItsBooksInAnyOrderOfEvents() {
        Integer wanted = Integer.getInteger("lb.orders");
        int orders = wanted == null ? 1_000_000 : wanted;
        long from = Long.getLong("lb.orders.from", 0);
        long started = System.nanoTime();
        int done = 0;
        try (LogCapture faults = LogCapture.of("ROOT")) {
            WireOrder.Bench bench = WireBench.fresh();
            for (; done < orders; done++) {
                if (wanted == null && System.nanoTime() - started > BUDGET) break;
                try {
                    run(bench, from + done, STEPS, null, faults);
                } catch (AssertionError | Exception e) {
                    throw shortest(from + done, faults, e);
                }
            }
        }
        assertThat(done).as("orders in the time of a build").isGreaterThan(100);
    }

    private AssertionError shortest(long seed, LogCapture faults, Throwable first) {
        for (int steps = 0; steps <= STEPS; steps++) {
            StringBuilder notes = new StringBuilder();
            try {
                run(WireBench.fresh(), seed, steps, notes, faults);
            } catch (AssertionError | Exception e) {
                return new AssertionError("order " + seed + " (-Dlb.orders.from=" + seed
                        + " -Dlb.orders=1) fails in its " + steps + " first steps:\n" + notes, e);
            }
        }
        return new AssertionError("order " + seed + " fails behind others only", first);
    }

    private static void run(WireOrder.Bench bench, long seed, int steps, StringBuilder notes, LogCapture faults) {
        int before = faults.lines().size();
        new WireOrder(seed, bench, notes).run(steps);
        List<String> lines = faults.lines();
        if (lines.size() > before) throw new AssertionError("logged: " + lines.subList(before, lines.size()));
    }

    @AfterAll static void letTheOthersSpeak() {
        ((Logger) LoggerFactory.getLogger(Pool.class)).setLevel(null);
    }
}
