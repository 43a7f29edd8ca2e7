package lb.proxy;

import lb.config.RetryConfig;
import lb.config.Timeouts;
import lb.config.route.TermsConfig;
import lb.pool.Pool;
import lb.sticky.Sticky;

/**
 * What holds for the exchanges of one route with one pool. Threading: immutable.
 *
 * @param retry  but for the budget, which is the pool's
 * @param body   the most bytes of a request's body
 * @param sticky or null where sessions are not kept
 */
public record Terms(Pool pool, Timeouts timeouts, RetryConfig retry, long body, Sticky sticky) {

    /** As the pool says. */
    public static Terms of(Pool pool, Sticky sticky) {
        return of(pool, TermsConfig.AS_POOL, sticky);
    }

    public static Terms of(Pool pool, TermsConfig config, Sticky sticky) {
        return new Terms(pool, config.timeouts(pool.config()), config.retry(pool.config()), config.body(pool.config()),
                sticky);
    }
}
