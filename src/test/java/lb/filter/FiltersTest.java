package lb.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lb.config.AddressRange;
import lb.config.HashSource;
import lb.config.route.BasicAuthConfig;
import lb.config.route.CompressConfig;
import lb.config.route.FieldEdits;
import lb.config.route.MatchConfig;
import lb.config.route.MirrorConfig;
import lb.config.route.RateLimitConfig;
import lb.config.route.RewriteConfig;
import lb.config.route.RouteConfig;
import lb.config.route.RouteRules;
import lb.config.route.RouteTarget;
import lb.config.route.Template;
import lb.config.route.TermsConfig;
import lb.proxy.Filter;
import org.junit.jupiter.api.Test;

class FiltersTest {
    private static final RouteTarget TO_POOL = RouteTarget.Forward.to("shop");
    private static final FieldEdits EDITS = new FieldEdits(Map.of("X-A", Template.parse("1")), Map.of(), List.of());
    private static final RouteRules ALL = new RouteRules(List.of(), List.of(AddressRange.parse("192.0.2.0/24")),
            new BasicAuthConfig("lb", Map.of("ann", "secret")),
            new RateLimitConfig(HashSource.parse("clientIp"), 1, Duration.ofSeconds(1), 1, 1000),
            new RewriteConfig("/", null, null), EDITS, EDITS, CompressConfig.DEFAULT, new MirrorConfig("other", 1, 1),
            TermsConfig.AS_POOL);

    @Test void areNoneWhereARouteSaysNothing() {
        assertThat(filters(TO_POOL, RouteRules.NONE)).isEmpty();
    }

    @Test void askFirstWhoComesAndEditTheResponseLast() {
        assertThat(filters(TO_POOL, ALL)).containsExactly("ResponseFields", "AddressGate", "BasicAuth", "RateLimit",
                "Mirror", "Rewrite", "RequestFields", "Compress");
    }

    @Test void answerOnlyThoseWhoMayCome() {
        assertThat(filters(new RouteTarget.Redirect(Template.parse("/"), 308), ALL))
                .containsExactly("ResponseFields", "AddressGate", "BasicAuth", "RateLimit", "Redirect");
        assertThat(filters(new RouteTarget.Respond(200, "", RouteTarget.Respond.TEXT), RouteRules.NONE))
                .containsExactly("FixedResponse");
    }

    private static List<String> filters(RouteTarget target, RouteRules rules) {
        List<Filter> filters = Filters.of(new RouteConfig("route", MatchConfig.ALL, target, rules), "main",
                name -> Asked.pool(Duration.ofSeconds(1)), new RateLimits(System::nanoTime), new MirrorCounts());
        return filters.stream().map(each -> each.getClass().getSimpleName()).toList();
    }
}
