package lb.filter;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import lb.config.HashSource;
import lb.config.route.RateLimitConfig;
import lb.http.Failure;
import lb.http.Head;
import lb.pool.Hash;
import lb.proxy.Affinity;
import lb.proxy.Exchange;
import lb.proxy.Filter;
import lb.proxy.LocalAnswer;

/**
 * How often a client may come. Every answer tells it what is left (draft-ietf-httpapi-ratelimit-headers-10): {@code q}
 * requests per {@code w} seconds, of which {@code r} could come at once; after {@code t} seconds all of them can again.
 *
 * <pre>
 * RateLimit-Policy: "shop";q=100;w=60
 * RateLimit: "shop";r=7;t=56
 * </pre>
 *
 * <p>A client's address is that behind trusted proxies. Of an IPv6 address the first 64 bits count, which is the least
 * that one customer has to choose from (RFC 6177 §2).
 *
 * <p>Threading: any event loop, concurrently.
 */
final class RateLimit implements Filter {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int IPV6_NETWORK = 8;
    private static final byte[] RESET = ascii(";t=");
    private static final byte[] CRLF = ascii("\r\n");

    private final HashSource source;
    private final RateLimitTable table;
    private final byte[] lines;

    /** @param route its name, which clients get to see */
    RateLimit(String route, RateLimitConfig config, RateLimitTable table) {
        this.source = config.key();
        this.table = table;
        String name = QuotedText.of(route);
        lines = ascii("RateLimit-Policy: " + name + ";q=" + config.requests() + ";w=" + config.period().toSeconds()
                + "\r\nRateLimit: " + name + ";r=");
    }

    @Override public LocalAnswer request(Exchange exchange) {
        long wait = table.take(key(exchange));
        return wait == 0 ? null : refusal(wait);
    }

    @Override public void response(Head head, Exchange exchange) {
        long untilWhole = table.untilWhole(key(exchange));
        head.append(lines);
        head.append(table.left(untilWhole));
        head.append(RESET);
        head.append(seconds(untilWhole));
        head.append(CRLF);
    }

    private long key(Exchange exchange) {
        long begin = table.seed();
        long part = Affinity.part(source, exchange.request(), begin);
        return Hash.end(part == begin ? address(exchange.client(), begin) : part);
    }

    /** Behind an octet that no part of a request has: who sends an address as a key must not use up its share. */
    private static long address(InetAddress client, long begin) {
        byte[] address = client.getAddress();
        int counted = client instanceof Inet6Address ? IPV6_NETWORK : address.length;
        long hash = Hash.step(begin, (byte) 0);
        for (int i = 0; i < counted; i++) hash = Hash.step(hash, address[i]);
        return hash;
    }

    private static LocalAnswer refusal(long wait) {
        return LocalAnswer.refusal(Failure.RATE_LIMITED, "Retry-After: " + Math.max(1, seconds(wait)) + "\r\n");
    }

    /** Rounded up: who comes a moment too early would be refused again. */
    private static long seconds(long nanos) {
        return (nanos + SECOND - 1) / SECOND;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
