package lb.sticky;

import static lb.sticky.StickyFixture.COOKIE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import lb.http.Head;
import lb.pool.Backend;
import lb.sticky.VerifiedCookies.Verified;
import org.junit.jupiter.api.Test;

class VerifiedCookiesTest {
    private final StickyFixture lb = StickyFixture.of(StickyFixture.cookie(null, "the key of the shop"), "a", "b");

    private static int start(Head request) {
        RequestCookies cookies = new RequestCookies(request, COOKIE);
        assertThat(cookies.next()).isTrue();
        return cookies.start();
    }

    @Test void knowsAValueOctetByOctet() {
        VerifiedCookies verified = new VerifiedCookies();
        String value = lb.issued("a");
        Head right = StickyFixture.request(COOKIE + "=" + value);
        assertThat(verified.find(right, start(right))).isNull();
        Verified added = verified.add(right, start(right), CookieValue.unsigned(7, 8));
        assertThat(verified.find(right, start(right))).isSameAs(added);
        assertThat(added.name()).isEqualTo(7);
        assertThat(added.issued()).isEqualTo(8);
        for (int i = 0; i < value.length(); i++) {
            String other = value.substring(0, i) + (value.charAt(i) == 'x' ? 'y' : 'x') + value.substring(i + 1);
            Head wrong = StickyFixture.request(COOKIE + "=" + other);
            assertThat(verified.find(wrong, start(wrong))).as("octet " + i).isNull();
        }
    }

    @Test void makesRoomForMoreThanItHolds() {
        List<Head> requests = requests(2 * VerifiedCookies.SLOTS);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < requests.size(); i++) assertThat(goes(requests.get(i))).isEqualTo(expected(i));
        }
    }

    @Test void servesManyEventLoopsAtOnce() throws Exception {
        List<Head> requests = requests(500);
        ExecutorService loops = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                all.add(loops.submit(() -> {
                    for (int i = 0; i < 20 * requests.size(); i++) {
                        int which = i % requests.size();
                        if (!expected(which).equals(goes(requests.get(which)))) throw new AssertionError(which);
                    }
                }));
            }
            for (Future<?> each : all) each.get(30, TimeUnit.SECONDS);
        } finally {
            loops.shutdownNow();
        }
    }

    /** One cookie of each second, to either backend in turn; each third is forged. */
    private List<Head> requests(int count) {
        List<Head> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lb.clockMoves(1);
            String value = lb.issued(i % 2 == 0 ? "a" : "b");
            char other = value.charAt(20) == 'x' ? 'y' : 'x';
            if (i % 3 == 0) value = value.substring(0, 20) + other + value.substring(21);
            requests.add(StickyFixture.request(COOKIE + "=" + value));
        }
        return requests;
    }

    private static String expected(int which) {
        return which % 3 == 0 ? "nobody" : which % 2 == 0 ? "a" : "b";
    }

    private String goes(Head request) {
        Backend backend = lb.sticky().session(request).backend();
        return backend == null ? "nobody" : backend.id();
    }
}
