package lb.route;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lb.config.route.HostPattern;
import lb.config.route.MatchConfig;
import lb.config.route.PathPattern;
import lb.http.Head;
import lb.http.Received;
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
 * What finding a route costs, in nanoseconds. Each request looks for another route than the one before. The warm-up is
 * long because building the index compiles the code for paths without escapes first.
 *
 * <pre>
 * mvn -q -Pbench -DskipTests test-compile exec:exec -Dbench=RouteBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 3, time = 1)
public class RouteBenchmark {
    private static final int REQUESTS = 1024;

    @Param({"10", "10000"})
    int routes;

    /** What tells the routes apart; {@code spelled} is a prefix, asked for with an encoded space behind it. */
    @Param({"host", "wildcard", "prefix", "spelled"})
    String by;

    private final Head[] requests = new Head[REQUESTS];
    private RouteIndex index;
    private int turn;

    @Setup public void build() {
        List<MatchConfig> entries = new ArrayList<>();
        for (int i = 0; i < routes; i++) entries.add(entry(i));
        index = new RouteIndex(entries);
        for (int i = 0; i < REQUESTS; i++) {
            int route = (int) (i * 7919L % routes);
            requests[i] = request(route);
            if (index.find(requests[i]) != route) throw new IllegalStateException("request of route " + route);
        }
    }

    @Benchmark public int find() {
        return index.find(requests[turn++ & REQUESTS - 1]);
    }

    private MatchConfig entry(int i) {
        String host = by.equals("host") ? "shop" + i + ".example.com" : by.equals("wildcard")
                ? "*.shop" + i + ".example.com" : "shop.example.com";
        String path = by.equals("host") || by.equals("wildcard") ? "/v1/*" : "/v1/service" + i + "/*";
        return new MatchConfig(List.of(HostPattern.parse(host)), List.of(PathPattern.parse(path)), List.of(), List.of(),
                List.of());
    }

    private Head request(int i) {
        String host = by.equals("host") ? "shop" + i + ".example.com" : by.equals("wildcard")
                ? "www.shop" + i + ".example.com" : "shop.example.com";
        String path = by.equals("host") || by.equals("wildcard") ? "/v1/users/4711" : "/v1/service" + i + "/users/4711";
        if (by.equals("spelled")) path += "/a%20b";
        return Received.requestHead("GET " + path + " HTTP/1.1", "Host: " + host + ":8080");
    }
}
