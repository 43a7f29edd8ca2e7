package lb.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import lb.config.HashSource;
import lb.config.route.RateLimitConfig;
import lb.http.Failure;
import lb.http.Received;
import lb.proxy.Exchange;
import lb.proxy.LocalAnswer;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final String RESPONSE = "HTTP/1.1 200 OK";

    private long nanos;
    private final RateLimits limits = new RateLimits(() -> nanos);

    @Test void refusesWhoComesTooOftenAndSaysWhenToComeAgain() {
        RateLimit limit = limit("clientIp", 2, Duration.ofMinutes(1));
        assertThat(limit.request(by("192.0.2.1"))).isNull();
        assertThat(limit.request(by("192.0.2.1"))).isNull();
        LocalAnswer answer = limit.request(by("192.0.2.1"));
        assertThat(answer.failure()).isEqualTo(Failure.RATE_LIMITED);
        assertThat(answer.fields()).isEqualTo("Retry-After: 30\r\n");
        nanos = Duration.ofMillis(29_500).toNanos();
        assertThat(limit.request(by("192.0.2.1")).fields()).isEqualTo("Retry-After: 1\r\n");
        assertThat(limit.request(by("192.0.2.2"))).isNull();
        nanos = Duration.ofSeconds(30).toNanos();
        assertThat(limit.request(by("192.0.2.1"))).isNull();
    }

    @Test void tellsEverybodyWhatIsLeft() {
        RateLimit limit = limit("clientIp", 2, Duration.ofMinutes(1));
        assertThat(fields(limit)).isEqualTo("RateLimit-Policy: \"a \\\"b\\\"\";q=2;w=60\r\n"
                + "RateLimit: \"a \\\"b\\\"\";r=2;t=0\r\n");
        limit.request(by("192.0.2.1"));
        assertThat(fields(limit)).endsWith(";r=1;t=30\r\n");
        limit.request(by("192.0.2.1"));
        nanos = 1;
        assertThat(fields(limit)).endsWith(";r=0;t=60\r\n");
    }

    @Test void countsTheClientBehindATrustedProxyWhateverItClaims() {
        RateLimit limit = limit("clientIp", 1, Duration.ofMinutes(1));
        assertThat(limit.request(by("10.0.0.1", "1.1.1.1, 192.0.2.1"))).isNull();
        assertThat(limit.request(by("10.0.0.2", "2.2.2.2, 192.0.2.1"))).isNotNull();
        assertThat(limit.request(by("192.0.2.1", "3.3.3.3"))).isNotNull();
        assertThat(limit.request(by("10.0.0.1", "192.0.2.2"))).isNull();
    }

    @Test void countsANetworkOfIpv6AsOneClient() {
        RateLimit limit = limit("clientIp", 1, Duration.ofMinutes(1));
        assertThat(limit.request(by("2001:db8:0:1::1"))).isNull();
        assertThat(limit.request(by("2001:db8:0:1:ffff::2"))).isNotNull();
        assertThat(limit.request(by("2001:db8:0:2::1"))).isNull();
    }

    @Test void countsByAnythingOfARequest() {
        RateLimit limit = limit("header:X-Key", 1, Duration.ofMinutes(1));
        assertThat(limit.request(Asked.by("GET / HTTP/1.1", "Host: a", "X-Key: 1"))).isNull();
        assertThat(limit.request(Asked.by("GET / HTTP/1.1", "Host: a", "X-Key: 2"))).isNull();
        assertThat(limit.request(Asked.from("192.0.2.1", "GET / HTTP/1.1", "Host: a", "X-Key: 2"))).isNotNull();
    }

    @Test void countsTheAddressWhereThatIsMissing() {
        RateLimit limit = limit("header:X-Key", 1, Duration.ofMinutes(1));
        assertThat(limit.request(by("192.0.2.1"))).isNull();
        assertThat(limit.request(by("192.0.2.1"))).isNotNull();
        assertThat(limit.request(by("2001:db8:0:1::1"))).isNull();
        assertThat(limit.request(by("2001:db8:0:1::2"))).as("of the same network").isNotNull();
    }

    @Test void takesNoShareFromAnAddressThatSomebodySendsAsAKey() {
        RateLimit limit = limit("header:X-Key", 1, Duration.ofMinutes(1));
        assertThat(limit.request(Asked.by("GET / HTTP/1.1", "Host: a", "X-Key: 192.0.2.1"))).isNull();
        assertThat(limit.request(by("192.0.2.1"))).isNull();
    }

    @Test void keepsTheCountOverAReloadThatLeavesItAsItWas() {
        RateLimitTable before = limits.table("main", "shop", config(5));
        RateLimits next = limits.successor();
        assertThat(next.table("main", "shop", config(5))).isSameAs(before);
        assertThat(next.table("main", "shop", config(6))).isNotSameAs(before);
        assertThat(next.table("main", "api", config(5))).isNotSameAs(before);
        assertThat(next.table("other", "shop", config(5))).isNotSameAs(before);
        next.complete();
        assertThat(next.successor().table("main", "shop", config(5))).isSameAs(before);
    }

    @Test void forgetsWhatOneTopologyDidNotHave() {
        RateLimitTable before = limits.table("main", "shop", config(5));
        RateLimits without = limits.successor();
        without.complete();
        assertThat(without.table("main", "shop", config(5))).isNotSameAs(before);
    }

    /** A reload that is refused must leave the running topology's tables where they are. */
    @Test void losesNothingToASuccessorThatNeverRan() {
        RateLimitTable before = limits.table("main", "shop", config(5));
        limits.successor().table("main", "api", config(5));
        assertThat(limits.successor().table("main", "shop", config(5))).isSameAs(before);
    }

    private static RateLimitConfig config(int requests) {
        return new RateLimitConfig(HashSource.parse("clientIp"), requests, Duration.ofSeconds(1), requests, 1000);
    }

    private RateLimit limit(String key, int requests, Duration period) {
        RateLimitConfig config = new RateLimitConfig(HashSource.parse(key), requests, period, requests, 1000);
        return new RateLimit("a \"b\"", config, limits.table("main", "a", config));
    }

    private static Exchange by(String peer, String... forwarded) {
        return Asked.from(peer, Stream.concat(Stream.of("GET / HTTP/1.1", "Host: a"),
                Stream.of(forwarded).map(each -> "X-Forwarded-For: " + each)).toArray(String[]::new));
    }

    private static String fields(RateLimit limit) {
        String written = Asked.answered(limit, by("192.0.2.1"), Received.responseHead(RESPONSE));
        return written.substring(RESPONSE.length() + 2, written.length() - 2);
    }
}
