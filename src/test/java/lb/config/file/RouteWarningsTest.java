package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What of routes and sticky sessions is allowed and yet doubtful. */
class RouteWarningsTest {
    private static List<String> with(String members) throws ConfigProblems {
        return Reading.warnings("{ \"listen\": 1, \"backends\": [\"http://a\"],\n" + members + " }");
    }

    @Test void aRouteBehindOneThatTakesEverything() throws ConfigProblems {
        assertThat(with("\"routes\": [{ \"name\": \"all\" },\n{ \"match\": { \"path\": \"/a\" } }]")).containsExactly(
                "lb.json:3:1   routes[1]   is never reached: \"all\" on line 2 takes whatever this one could; "
                        + "put this one before it");
    }

    @Test void aRouteBehindOneWithTheSameMatch() throws ConfigProblems {
        assertThat(with("\"routes\": [{ \"name\": \"a\", \"match\": { \"host\": \"h\", \"path\": \"/a\" } },\n"
                + "{ \"match\": { \"host\": \"H\", \"path\": \"/a\" } }, { \"match\": { \"host\": \"h\" } }]"))
                .containsExactly(
                "lb.json:3:1   routes[1]   is never reached: \"a\" on line 2 takes whatever this one could; "
                        + "put this one before it");
    }

    @Test void requestsThatEndAt404() throws ConfigProblems {
        String pools = ", \"pools\": { \"p\": { \"backends\": [\"http://a\"] } } }";
        assertThat(Reading.warnings("{ \"listeners\": { \"a\": 1, \"b\": 2, \"c\": {"
                + " \"listen\": 3, \"pool\": \"p\" } },\n"
                + "\"routes\": [{ \"match\": { \"path\": \"/a\" }, \"pool\": \"p\" }]" + pools)).containsExactly(
                "lb.json:2:1   routes   no route takes everything, and there is no pool \"default\": what no route "
                        + "takes is answered with 404");
        assertThat(Reading.warnings("{ \"listen\": 1, \"routes\": [{ \"match\": { \"path\": \"/*\" },"
                + " \"pool\": \"p\" }]" + pools)).isEmpty();
        assertThat(with("\"routes\": [{ \"match\": { \"path\": \"/a\" } }]")).isEmpty();
    }

    @Test void routesOfTheRootThatNoListenerHas() throws ConfigProblems {
        assertThat(Reading.warnings("{ \"listeners\": { \"a\": { \"listen\": 1, \"routes\": [] } },\n"
                + "\"routes\": [{ \"pool\": \"p\" }],\n\"pools\": { \"default\": { \"backends\": [\"http://a\"] },\n"
                + "\"p\": { \"backends\": [\"http://a\"] } } }")).containsExactly(
                "lb.json:2:1   routes    is used by no listener: each has its own \"routes\"",
                "lb.json:4:1   pools.p   no listener, route or mirror leads to this pool");
    }

    @Test void noPoolThatARouteASplitOrAMirrorLeadsTo() throws ConfigProblems {
        assertThat(with("\"pools\": { \"a\": { \"backends\": [\"http://a\"] }, \"b\": { \"backends\": [\"http://a\"] },"
                + " \"c\": { \"backends\": [\"http://a\"] } }, \"routes\": [{ \"match\": {"
                + " \"path\": \"/a\" }, \"pool\": \"a\" },"
                + " { \"split\": { \"default\": 1, \"b\": 1 }, \"mirror\": \"c\" }]")).isEmpty();
    }

    @Test void headersThatAnyClientMayWriteAsItLikes() throws ConfigProblems {
        String route = "{ \"match\": { \"header\": {\n\"X-Forwarded-Proto\": \"https\", \"X-A\": true } } }";
        assertThat(with("\"routes\": [" + route + "]")).containsExactly("lb.json:3:1   "
                + "routes[0].match.header.X-Forwarded-Proto   is what any client says of itself: there are no "
                + "\"trustedProxies\"");
        assertThat(with("\"trustedProxies\": [\"10.0.0.0/8\"], \"routes\": [" + route + "]")).isEmpty();
        assertThat(Reading.warnings("{ \"listeners\": { \"a\": { \"listen\": 1, \"routes\": [" + route + "] } },\n"
                + "\"backends\": [\"http://a\"] }")).hasSize(1);
    }

    @Test void rulesThatMeanNothingForAnAnswerOfLbsOwn() throws ConfigProblems {
        assertThat(with("\"routes\": [{ \"match\": { \"path\": \"/a\" }, \"redirect\": \"/b\",\n"
                + "\"rewrite\": { \"path\": \"/c\" },\n\"retry\": false },\n{ \"respond\": 404,\n\"compress\": true,\n"
                + "\"mirror\": \"default\",\n\"timeouts\": {},\n\"limits\": {},\n"
                + "\"headers\": { \"response\": { \"remove\": [\"Server\"] },\n\"request\": {} } }]")).containsExactly(
                "lb.json:3:1   routes[0].rewrite           means nothing for a redirect",
                "lb.json:4:1   routes[0].retry             means nothing for a redirect",
                "lb.json:6:1   routes[1].compress          means nothing for an answer of lb's own",
                "lb.json:7:1   routes[1].mirror            means nothing for an answer of lb's own",
                "lb.json:8:1   routes[1].timeouts          means nothing for an answer of lb's own",
                "lb.json:9:1   routes[1].limits            means nothing for an answer of lb's own",
                "lb.json:11:1  routes[1].headers.request   means nothing for an answer of lb's own");
    }

    @Test void aPasswordInTheFileWithoutShowingIt() throws ConfigProblems {
        assertThat(with("\"routes\": [{ \"basicAuth\": { \"users\": { \"a\":\n\"hunter22\" } } }]")).containsExactly(
                "lb.json:3:1   routes[0].basicAuth.users.a   a password that everybody who sees the file can read; "
                        + "write \"sha256:SALT:HEX\", or \"${env:NAME}\"");
    }

    @Test void aStickyCookieThatAnybodyCanMake() throws ConfigProblems {
        assertThat(with("\"sticky\": \"lb\"")).containsExactly("lb.json:2:11  sticky   without \"keys\" the cookie is "
                + "signed with a key that anybody can make: a client may choose its backend; write \"keys\": "
                + "[\"${env:LB_STICKY_KEY}\"]");
        assertThat(with("\"sticky\": { \"learn\": \"SID\" }")).isEmpty();
        assertThat(with("\"sticky\": { \"cookie\": \"lb\", \"keys\": [\"0123456789abcdef\"] }")).isEmpty();
    }

    @Test void oneCookieOfTwoPools() throws ConfigProblems {
        String pools = "\"sticky\": { \"cookie\": \"lb\", \"keys\": [\"0123456789abcdef\"] }, \"pools\": { \"p\": {"
                + " \"backends\": [\"http://a\"],\n\"sticky\": @ } }, \"routes\": [{ \"match\": { \"path\": \"/a\" },"
                + " \"pool\": \"p\" }]";
        assertThat(with(pools.replace("@", "{ \"ttl\": \"1h\" }"))).containsExactly(
                "lb.json:3:1   pools.p.sticky   the cookie \"lb\" is that of pool \"default\", too: a client of both "
                        + "stays with neither; give one of them another name");
        assertThat(with(pools.replace("@", "\"lb_p\""))).isEmpty();
        assertThat(with(pools.replace("@", "{ \"path\": \"/a\" }"))).isEmpty();
        assertThat(with(pools.replace("@", "false"))).isEmpty();
    }
}
