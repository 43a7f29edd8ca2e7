package lb.sticky;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import lb.http.Head;
import lb.http.HeadWriter;
import lb.http.Received;
import lb.pool.Backend;
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
 * What a request of a sticky pool costs more, in nanoseconds, from its head to its backend; in {@code newcomer}, to the
 * line that its response brings. The real clocks are part of it.
 *
 * <pre>
 * mvn -q -Pbench -DskipTests test-compile exec:exec -Dbench=StickyBenchmark "-Dbench.options=-prof gc"
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 2, time = 1)
public class StickyBenchmark {
    @Param({"10", "1000"})
    int backends;

    private final Head response = Received.responseHead("HTTP/1.1 200 OK", "Content-Length: 0");
    private final Head plain = StickyFixture.request("theme=dark; lang=en");
    private Sticky cookie;
    private Sticky learned;
    private Backend backend;
    private Head valid;
    private Head forged;
    private Head known;
    private Head unknown;

    @Setup public void build() {
        String[] ids = new String[backends];
        for (int i = 0; i < ids.length; i++) ids[i] = "b" + i;
        StickyFixture cookies = StickyFixture.of(StickyFixture.cookie(null, "a key of the benchmark's"), ids);
        cookie = Stickies.of(cookies.pool(), null);
        backend = cookies.backend("b7");
        response.unedit();
        cookie.session(plain).answered(backend, response, false);
        String line = written(response);
        response.unedit();
        String value = StickyFixture.value(line);
        valid = StickyFixture.request("theme=dark; lang=en; " + StickyFixture.COOKIE + "=" + value);
        char other = value.charAt(30) == 'x' ? 'y' : 'x';
        forged = StickyFixture.request("theme=dark; lang=en; " + StickyFixture.COOKIE + "="
                + value.substring(0, 30) + other + value.substring(31));
        StickyFixture learns = StickyFixture.of(StickyFixture.learn(null), ids);
        learned = Stickies.of(learns.pool(), null);
        Head sets = Received.responseHead("HTTP/1.1 200 OK", "Set-Cookie: SID=3e6cf4a2c1d84b5f9a7e0d1c2b3a4958");
        learned.session(plain).answered(learns.backend("b7"), sets, false);
        known = StickyFixture.request("theme=dark; lang=en; SID=3e6cf4a2c1d84b5f9a7e0d1c2b3a4958");
        unknown = StickyFixture.request("theme=dark; lang=en; SID=4e6cf4a2c1d84b5f9a7e0d1c2b3a4958");
        if (cookie.session(valid).backend() != backend || cookie.session(forged).backend() != null
                || learned.session(known).backend() != learns.backend("b7")) {
            throw new AssertionError("not what is to be measured");
        }
    }

    private static String written(Head head) {
        ByteBuf out = Unpooled.buffer();
        HeadWriter.fields(head, out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @Benchmark public Backend withoutCookie() {
        return cookie.session(plain).backend();
    }

    @Benchmark public Backend validCookie() {
        return cookie.session(valid).backend();
    }

    @Benchmark public Backend forgedCookie() {
        return cookie.session(forged).backend();
    }

    @Benchmark public Head newcomer() {
        response.unedit();
        cookie.session(plain).answered(backend, response, false);
        return response;
    }

    @Benchmark public Backend learnedValue() {
        return learned.session(known).backend();
    }

    @Benchmark public Backend unknownValue() {
        return learned.session(unknown).backend();
    }
}
