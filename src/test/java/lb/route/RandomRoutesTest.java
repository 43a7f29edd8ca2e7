package lb.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import lb.config.route.MatchConfig;
import lb.http.Head;
import org.junit.jupiter.api.Test;

/** The index against one entry after the other, on many random lists and one large one. */
class RandomRoutesTest {
    private static final String[] LABELS = {"a", "b", "c", "aa", "B"};
    private static final String[] SEGMENTS = {"a", "b", "ab", "c", "a.b"};
    private static final String[] TRICKS = {"", ".", "..", "%61", "%2e%2e", "%2f", "a%2fb", "a;b", ";", "..;x", "%5c",
        "\\", "a%00", "%20", "%2561", "%", "...", "%C3%a9"};
    private static final String[] QUERIES = {"", "q", "q=1", "a=%2e&q=2", "q=1&/../", "%71=1", "q=%31", "a+=q&%71"};

    @Test void findsWhatIsFoundOneAfterTheOther() {
        Map<String, Integer> seen = new HashMap<>();
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int spread = 1 + random.nextInt(4);
            List<MatchConfig> entries = entries(random, 1 + random.nextInt(40), spread, LABELS, SEGMENTS);
            compare(entries, random, 60, spread, LABELS, SEGMENTS, seen);
        }
        assertThat(seen.get("none")).isGreaterThan(80);
        assertThat(seen.get("ambiguous")).isGreaterThan(80);
        assertThat(seen.get("an entry")).isGreaterThan(1_500);
    }

    @Test void findsAmongTenThousand() {
        String[] labels = IntStream.range(0, 60).mapToObj(i -> "h" + i).toArray(String[]::new);
        String[] segments = IntStream.range(0, 100).mapToObj(i -> "s" + i).toArray(String[]::new);
        Random random = new Random(1);
        Map<String, Integer> seen = new HashMap<>();
        compare(entries(random, 10_000, 8, labels, segments), random, 150, 8, labels, segments, seen);
        assertThat(seen.get("an entry")).isGreaterThan(30);
    }

    @Test void makesNoObjects() {
        Random random = new Random(2);
        List<MatchConfig> entries = entries(random, 1_000, 3, LABELS, SEGMENTS);
        RouteIndex index = new RouteIndex(entries);
        List<Head> requests = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Head head = head(request(random, 3, LABELS, SEGMENTS));
            if (!PathReading.mayDiffer(head, head.pathStart(), RequestOctets.pathEnd(head))) requests.add(head);
        }
        assertThat(requests).hasSizeGreaterThan(50);
        findAll(index, requests);

        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) findAll(index, requests);
        long bytes = thread.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes / (100 * requests.size())).as("bytes per request").isZero();
    }

    private static int findAll(RouteIndex index, List<Head> requests) {
        int sum = 0;
        for (int i = 0; i < requests.size(); i++) sum += index.find(requests.get(i));
        return sum;
    }

    private static void compare(List<MatchConfig> entries, Random random, int requests, int spread, String[] labels,
            String[] segments, Map<String, Integer> seen) {
        RouteIndex index = new RouteIndex(entries);
        LinearMatcher linear = new LinearMatcher(entries);
        for (int i = 0; i < requests; i++) {
            LinearMatcher.Request request = request(random, spread, labels, segments);
            int expected = linear.find(request);
            int found = index.find(head(request));
            if (found != expected) {
                assertThat(found).as(request + " in " + entries.subList(0, Math.min(50, entries.size())))
                        .isEqualTo(expected);
            }
            if (found >= 0) assertThat(index.whyNot(found, head(request))).isNull();
            seen.merge(found >= 0 ? "an entry" : found == RouteIndex.NONE ? "none" : "ambiguous", 1, Integer::sum);
        }
    }

    /** @param spread the larger, the fewer entries ask for nothing */
    private static List<MatchConfig> entries(Random random, int count, int spread, String[] labels, String[] segments) {
        List<MatchConfig> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(spread); n > 0; n--) {
                text.append(" host:").append(random.nextInt(3) == 0 ? "*." : "").append(host(random, labels));
            }
            for (int n = random.nextInt(spread + 1); n > 0; n--) text.append(" path:").append(path(random, segments));
            if (random.nextInt(spread + 2) == 0) text.append(" method:").append(random.nextBoolean() ? "GET" : "PUT");
            if (random.nextInt(spread + 2) == 0) text.append(" header:x-h").append(random.nextBoolean() ? "" : "=1");
            if (random.nextInt(spread + 2) == 0) text.append(" query:q").append(random.nextBoolean() ? "" : "=1");
            // what takes everything would hide all behind it
            if (text.isEmpty() && i < count - 1) text.append(" path:").append(path(random, segments));
            entries.add(Matches.match(text.toString()));
        }
        return entries;
    }

    private static String host(Random random, String[] labels) {
        StringBuilder host = new StringBuilder(one(random, labels));
        for (int n = random.nextInt(3); n > 0; n--) host.append('.').append(one(random, labels));
        return host.toString();
    }

    private static String path(Random random, String[] segments) {
        StringBuilder path = new StringBuilder();
        boolean star = false;
        for (int n = random.nextInt(4); n > 0; n--) {
            boolean here = random.nextInt(5) == 0;
            star |= here;
            path.append('/').append(here ? "*" : random.nextInt(20) == 0 ? "x%20y" : one(random, segments));
        }
        if (path.isEmpty()) return random.nextBoolean() ? "/" : "/*";
        return switch (random.nextInt(4)) {
            case 0 -> path + "/*";
            case 1 -> star ? path + "/" : path + "*";
            default -> path.toString();
        };
    }

    private static LinearMatcher.Request request(Random random, int spread, String[] labels, String[] segments) {
        String dot = random.nextInt(8) == 0 ? "." : "";
        String host = host(random, labels) + dot + (random.nextInt(4) == 0 ? ":80" : "");
        StringBuilder path = new StringBuilder();
        boolean plain = random.nextInt(3) > 0;
        for (int n = random.nextInt(5); n > 0; n--) {
            boolean trick = !plain && random.nextInt(3) == 0;
            path.append('/').append(one(random, trick ? TRICKS : segments));
        }
        if (path.isEmpty() || random.nextInt(6) == 0) path.append('/');
        String query = random.nextBoolean() ? null : one(random, QUERIES);
        String header = random.nextBoolean() ? null : random.nextBoolean() ? "1" : "2";
        return new LinearMatcher.Request(random.nextBoolean() ? "GET" : "PUT", host, path.toString(), query, header);
    }

    private static Head head(LinearMatcher.Request request) {
        String target = request.query() == null ? request.path() : request.path() + "?" + request.query();
        String[] fields = request.header() == null ? new String[0] : new String[] {"X-H: " + request.header()};
        return Matches.request(request.method(), request.host(), target, fields);
    }

    private static String one(Random random, String[] of) {
        return of[random.nextInt(of.length)];
    }
}
