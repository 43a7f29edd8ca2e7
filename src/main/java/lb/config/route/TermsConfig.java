package lb.config.route;

import java.time.Duration;
import lb.config.Limits;
import lb.config.PoolConfig;
import lb.config.RetryConfig;
import lb.config.Timeouts;

/**
 * What a route says in place of the pool's word; null where it says nothing.
 *
 * @param connect  as in {@link Timeouts}
 * @param response as in {@link Timeouts}
 * @param stream   as in {@link Timeouts}
 * @param upgrade  as in {@link Timeouts}
 * @param retry    the whole of it, on top of the root's {@code retry}; but for the budget, which is the pool's
 * @param body     bytes of a request's body, as in {@link Limits}
 */
public record TermsConfig(Duration connect, Duration response, Duration stream, Duration upgrade, RetryConfig retry,
        Long body) {
    public static final TermsConfig AS_POOL = new TermsConfig(null, null, null, null, null, null);

    public Timeouts timeouts(PoolConfig pool) {
        Timeouts base = pool.timeouts();
        return new Timeouts(connect == null ? base.connect() : connect, response == null ? base.response() : response,
                stream == null ? base.stream() : stream, upgrade == null ? base.upgrade() : upgrade,
                base.clientHeaders(), base.clientIdle(), base.drain());
    }

    public RetryConfig retry(PoolConfig pool) {
        return retry == null ? pool.retry() : retry;
    }

    public long body(PoolConfig pool) {
        return body == null ? pool.limits().body() : body;
    }
}
