package lb.route;

import static lb.route.Matches.get;
import static lb.route.Matches.index;
import static lb.route.Matches.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The first entry that fits takes the request, wherever in the index the others lie. */
class FirstMatchTest {
    /** Every one of them takes {@code GET http://a.b.example/users/7/orders?q=1} with {@code X-Y: z}. */
    private static final String[] ALL_FIT = {
        "", "host:a.b.example", "host:*.b.example", "host:*.example", "path:/users/7/orders", "path:/*",
        "path:/users/*", "path:/users/7/*", "path:/us*", "path:/users/*/orders", "path:/*/7/orders", "path:/*/7/*",
        "host:a.b.example path:/users/*", "host:*.example path:/users/7/orders", "host:*.b.example path:/use*",
        "host:*.example path:/users/*/orders", "method:GET", "header:x-y=z", "query:q=1",
        "host:c.example host:a.b.example path:/c path:/users/*/orders/* method:PUT method:GET header:x-y query:q"};

    @Test void isTheSameInAnyOrderOfAllKinds() {
        Random random = new Random(7);
        List<String> order = new ArrayList<>(Arrays.asList(ALL_FIT));
        for (int round = 0; round < 200; round++) {
            Collections.shuffle(order, random);
            List<String> entries = new ArrayList<>(order);
            int first = random.nextInt(5);
            // these fit in host and path, and not in the rest
            for (int i = 0; i < first; i++) entries.add(0, order.get(random.nextInt(order.size())) + " method:DELETE");
            if (entries.subList(0, first).stream().anyMatch(entry -> entry.contains("method:GET"))) continue;
            RouteIndex index = index(entries.toArray(String[]::new));
            assertThat(index.find(request("GET", "a.b.example", "/users/7/orders?q=1", "X-Y: z")))
                    .as(() -> entries.toString()).isEqualTo(first);
        }
    }

    @Test void isNotTheMostSpecific() {
        assertThat(index("path:/*", "path:/v1/users").find(get("/v1/users"))).isZero();
        assertThat(index("host:*.example", "host:a.example").find(get("/"))).isZero();
        assertThat(index("", "host:a.example path:/x").find(get("/x"))).isZero();
        assertThat(index("path:/x", "host:a.example path:/x").find(get("/x"))).isZero();
    }

    @Test void goesOnAmongEntriesOfTheSameHostAndPath() {
        RouteIndex index = index("host:a.example path:/x method:PUT", "host:a.example path:/x header:x-canary=1",
                "host:a.example path:/x query:v=2", "host:a.example path:/x", "host:a.example path:/x method:GET");
        assertThat(index.find(request("PUT", "a.example", "/x", "X-Canary: 1"))).isZero();
        assertThat(index.find(request("GET", "a.example", "/x?v=2", "X-Canary: 1"))).isEqualTo(1);
        assertThat(index.find(request("GET", "a.example", "/x?v=2"))).isEqualTo(2);
        assertThat(index.find(get("/x"))).isEqualTo(3);
    }

    @Test void goesOnAmongPatternsOfTheSameLiteral() {
        RouteIndex index = index("path:/users/*/orders", "path:/users/*/bills", "path:/users/*", "path:/users/*/x");
        assertThat(index.find(get("/users/7/orders"))).isZero();
        assertThat(index.find(get("/users/7/bills"))).isEqualTo(1);
        assertThat(index.find(get("/users/7/x"))).isEqualTo(2);
    }

    @Test void mayBeAnEntryThatNamesTheSameTwice() {
        assertThat(index("path:/y path:/x path:/x path:/x/*", "path:/x").find(get("/x"))).isZero();
    }
}
