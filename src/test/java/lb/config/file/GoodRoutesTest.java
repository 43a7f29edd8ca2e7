package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lb.config.AddressRange;
import lb.config.Config;
import lb.config.HashSource;
import lb.config.Limits;
import lb.config.RetryConfig;
import lb.config.route.BasicAuthConfig;
import lb.config.route.CompressConfig;
import lb.config.route.FieldEdits;
import lb.config.route.FieldMatch;
import lb.config.route.HostPattern;
import lb.config.route.MatchConfig;
import lb.config.route.MirrorConfig;
import lb.config.route.PathPattern;
import lb.config.route.RateLimitConfig;
import lb.config.route.RewriteConfig;
import lb.config.route.RouteConfig;
import lb.config.route.RouteRules;
import lb.config.route.RouteTarget;
import lb.config.route.Template;
import lb.config.route.TermsConfig;
import org.junit.jupiter.api.Test;

/** Routes in every form, and who gets them. */
class GoodRoutesTest {
    private static RouteConfig route(String members) throws ConfigProblems {
        return Reading.with("\"pools\": { \"other\": { \"backends\": [\"http://b\"] } },"
                + " \"routes\": [{ " + members + " }]")
                .listeners().get(Config.DEFAULT).routes().get(0);
    }

    private static RouteRules rules(String members) throws ConfigProblems {
        return route(members).rules();
    }

    @Test void leadEverythingToTheDefaultPoolWhereNothingIsSaid() throws ConfigProblems {
        assertThat(route("")).isEqualTo(new RouteConfig("route-1", MatchConfig.ALL,
                RouteTarget.Forward.to("default"), RouteRules.NONE));
    }

    @Test void areCalledByTheirPlaceUnlessTheyHaveAName() throws ConfigProblems {
        assertThat(Reading.with("\"routes\": [{}, { \"name\": \"a.b-c\" }, {}]").listeners().get("default").routes())
                .extracting(RouteConfig::name).containsExactly("route-1", "a.b-c", "route-3");
    }

    @Test void matchByOneOrByAList() throws ConfigProblems {
        MatchConfig one = route("\"match\": { \"host\": \"Shop.Example.com.\", \"path\": \"/v1/*\","
                + " \"method\": \"GET\", \"header\": { \"X-Canary\": \"1\" }, \"query\": { \"v\": \"2\" } }").match();
        assertThat(one).isEqualTo(new MatchConfig(List.of(new HostPattern(false, "shop.example.com")),
                List.of(new PathPattern(PathPattern.Kind.PREFIX, "/v1/*")), List.of("GET"),
                List.of(FieldMatch.header("x-canary", "1")), List.of(new FieldMatch("v", "2"))));
        MatchConfig several = route("\"match\": { \"host\": [\"a\", \"*.b\"], \"path\": [\"/\", \"/a/*/b\"],"
                + " \"method\": [\"GET\", \"PURGE\"], \"header\": { \"x-a\": true, \"//\": 1 },"
                + " \"query\": { \"x-v\": true } }").match();
        assertThat(several).isEqualTo(new MatchConfig(
                List.of(new HostPattern(false, "a"), new HostPattern(true, "b")),
                List.of(new PathPattern(PathPattern.Kind.EXACT, "/"),
                        new PathPattern(PathPattern.Kind.PATTERN, "/a/*/b")),
                List.of("GET", "PURGE"), List.of(FieldMatch.header("x-a", null)),
                List.of(new FieldMatch("x-v", null))));
    }

    @Test void leadWhereTheySay() throws ConfigProblems {
        assertThat(route("\"pool\": \"other\"").target()).isEqualTo(RouteTarget.Forward.to("other"));
        assertThat(route("\"split\": { \"other\": 95, \"default\": 0, \"//\": 1 }").target())
                .isEqualTo(new RouteTarget.Forward(Map.of("other", 95, "default", 0)));
        Template to = Template.parse("https://{host}{uri}");
        assertThat(route("\"redirect\": \"https://{host}{uri}\"").target())
                .isEqualTo(new RouteTarget.Redirect(to, 308));
        assertThat(route("\"redirect\": { \"to\": \"https://{host}{uri}\", \"status\": 301 }").target())
                .isEqualTo(new RouteTarget.Redirect(to, 301));
        assertThat(route("\"respond\": 404").target())
                .isEqualTo(new RouteTarget.Respond(404, "", "text/plain; charset=utf-8"));
        assertThat(route("\"respond\": { \"body\": \"<p>é</p>\\n\", \"contentType\": \"text/html\" }").target())
                .isEqualTo(new RouteTarget.Respond(200, "<p>é</p>\n", "text/html"));
    }

    @Test void sayWhoMayCome() throws ConfigProblems {
        RouteRules rules = rules("\"allow\": [\"10.0.0.0/8\", \"::1\"], \"deny\": [\"10.1.0.0/16\"], \"basicAuth\": {"
                + " \"realm\": \"x y\", \"users\": { \"alice\": \"${env:LB_SECRET}\", \"x-bob\": \"sha256:s:"
                + "0123456789abcdefABCDEF".repeat(3).substring(0, 64) + "\" } }");
        assertThat(rules.allow()).containsExactly(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1"));
        assertThat(rules.deny()).containsExactly(AddressRange.parse("10.1.0.0/16"));
        assertThat(rules.basicAuth().realm()).isEqualTo("x y");
        assertThat(rules.basicAuth().users()).containsEntry("alice", "s3cret").containsOnlyKeys("alice", "x-bob");
        assertThat(rules("\"basicAuth\": { \"users\": { \"a\": \"${env:LB_SECRET}\" } }").basicAuth())
                .isEqualTo(new BasicAuthConfig("lb", Map.of("a", "s3cret")));
    }

    @Test void limitRates() throws ConfigProblems {
        HashSource address = HashSource.parse("clientIp");
        assertThat(rules("\"rateLimit\": \"60/m\"").rateLimit())
                .isEqualTo(new RateLimitConfig(address, 60, Duration.ofMinutes(1), 60, 100_000));
        assertThat(rules("\"rateLimit\": { \"key\": \"header:X-Key\", \"rate\": \"1000/h\", \"burst\": 5,"
                + " \"keys\": 1000 }").rateLimit()).isEqualTo(
                        new RateLimitConfig(HashSource.parse("header:x-key"), 1000, Duration.ofHours(1), 5, 1000));
    }

    @Test void changeWhatPasses() throws ConfigProblems {
        assertThat(rules("\"rewrite\": { \"path\": \"/new\" }").rewrite())
                .isEqualTo(new RewriteConfig("/new", null, null));
        assertThat(rules("\"rewrite\": { \"stripPrefix\": \"/v1\", \"addPrefix\": \"/x\" }").rewrite())
                .isEqualTo(new RewriteConfig(null, "/v1", "/x"));
        RouteRules edited = rules("\"headers\": { \"request\": { \"set\": { \"x-a\": \"{clientIp}\" } },"
                + " \"response\": { \"add\": { \"Vary\": \"X-A\" }, \"remove\": [\"Server\", \"X-Forwarded-For\"] } }");
        assertThat(edited.request()).isEqualTo(
                new FieldEdits(Map.of("x-a", Template.parse("{clientIp}")), Map.of(), List.of()));
        assertThat(edited.response()).isEqualTo(new FieldEdits(Map.of(), Map.of("Vary", Template.parse("X-A")),
                List.of("Server", "X-Forwarded-For")));
        assertThat(rules("\"compress\": true").compress()).isEqualTo(CompressConfig.DEFAULT);
        assertThat(rules("\"compress\": false").compress()).isNull();
        assertThat(rules("\"compress\": { \"types\": [\"Text/HTML\"], \"minSize\": \"0B\" }").compress())
                .isEqualTo(new CompressConfig(List.of("text/html"), 0));
        assertThat(rules("\"mirror\": \"other\"").mirror()).isEqualTo(new MirrorConfig("other", 1, 100));
        assertThat(rules("\"mirror\": { \"pool\": \"other\", \"share\": \"10%\", \"inFlight\": 7 }").mirror())
                .isEqualTo(new MirrorConfig("other", 0.1, 7));
    }

    @Test void haveTermsOfTheirOwn() throws ConfigProblems {
        assertThat(rules("\"timeouts\": { \"response\": \"1s\" }, \"retry\": { \"on\": [\"503\"] },"
                + " \"limits\": { \"body\": \"1KiB\" }").terms()).isEqualTo(new TermsConfig(null, Duration.ofSeconds(1),
                        null, null, new RetryConfig(2, false, false, false, Set.of(503), Duration.ofSeconds(10), 0.2),
                        1024L));
        assertThat(rules("\"retry\": false, \"limits\": { \"body\": false }").terms())
                .isEqualTo(new TermsConfig(null, null, null, null, RetryConfig.NEVER, Limits.NONE));
    }

    @Test void beginTheirRetryWithWhatTheRootSays() throws ConfigProblems {
        RouteConfig route = Reading.with("\"retry\": { \"attempts\": 5, \"budget\": \"0%\" },"
                + " \"routes\": [{ \"retry\": { \"within\": \"1s\" } }]").listeners().get("default").routes().get(0);
        assertThat(route.rules().terms().retry())
                .isEqualTo(new RetryConfig(5, true, true, false, Set.of(), Duration.ofSeconds(1), 0.2));
    }

    @Test void ofTheRootAreForListenersWithoutTheirOwn() throws ConfigProblems {
        Config config = Reading.with("\"listeners\": { \"own\": { \"listen\": 1, \"routes\": [{ \"respond\": 404 }] },"
                + " \"none\": { \"listen\": 2, \"routes\": [] }, \"roots\": { \"listen\": 3 }, \"short\": 4 },"
                + " \"routes\": [{ \"name\": \"root\" }]");
        config.listeners().forEach((name, listener) -> assertThat(listener.routes()).extracting(RouteConfig::name)
                .as(name).containsExactlyElementsOf(name.equals("none") ? List.of()
                        : List.of(name.equals("own") ? "route-1" : "root")));
    }

    @Test void mayLeaveAListenerWithoutAPool() throws ConfigProblems {
        String pools = " \"pools\": { \"p\": { \"backends\": [\"http://a\"] } } }";
        Config config = Reading.read("{ \"listen\": 1, \"routes\": [{ \"pool\": \"p\" }]," + pools);
        assertThat(config.listeners().get("default").pool()).isNull();
        Config own = Reading.read("{ \"listeners\": { \"l\": { \"listen\": 1, \"pool\": \"p\" } },"
                + " \"routes\": [{ \"respond\": 404 }]," + pools);
        assertThat(own.listeners().get("l").pool()).isEqualTo("p");
        assertThat(Reading.with("\"routes\": [{}]").listeners().get("default").pool()).isEqualTo("default");
    }
}
