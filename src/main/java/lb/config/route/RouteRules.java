package lb.config.route;

import java.util.List;
import lb.config.AddressRange;

/**
 * What happens to the requests of a route on their way. They are refused in this order: {@code deny}, {@code allow},
 * {@code basicAuth}, {@code rateLimit}.
 *
 * @param allow     who may come; empty for everybody
 * @param deny      who may not, and wins over {@code allow}; default nobody
 * @param basicAuth or null
 * @param rateLimit or null
 * @param rewrite   or null
 * @param request   edits of the head that goes to the backend
 * @param response  edits of the head that goes to the client, also of answers that are lb's own
 * @param compress  or null
 * @param mirror    or null
 * @param terms     deadlines, retries and limits in place of the pool's
 */
public record RouteRules(
        List<AddressRange> allow,
        List<AddressRange> deny,
        BasicAuthConfig basicAuth,
        RateLimitConfig rateLimit,
        RewriteConfig rewrite,
        FieldEdits request,
        FieldEdits response,
        CompressConfig compress,
        MirrorConfig mirror,
        TermsConfig terms) {

    public static final RouteRules NONE = new RouteRules(List.of(), List.of(), null, null, null, FieldEdits.NONE,
            FieldEdits.NONE, null, null, TermsConfig.AS_POOL);

    public RouteRules {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
