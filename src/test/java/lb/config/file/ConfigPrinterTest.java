package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lb.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigPrinterTest {
    @ParameterizedTest
    @ValueSource(strings = {"lb.json", "service.json", "pools.json"})
    void printsWhatReadsBackToAnEqualConfig(String sample) throws Exception {
        assertReadsBack(Reading.read(Files.readString(Path.of("config", sample))));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "\"health\": false",
            "\"health\": { \"path\": \"/a?b=%20\", \"expect\": { \"status\": \"200-299,404\" }, \"fall\": 100 }",
            "\"retry\": false",
            "\"retry\": { \"attempts\": 1, \"on\": [\"reset\"] }",
            "\"retry\": { \"on\": [\"503\", \"timeout\", \"429\"], \"within\": \"1m\", \"budget\": \"0%\" }",
            "\"connections\": { \"maxPerBackend\": 1, \"queue\": 65536, \"queueTimeout\": \"1ms\" }",
            "\"timeouts\": { \"connect\": \"1ms\", \"response\": \"12345ms\","
                    + " \"upgrade\": \"1d1s\", \"drain\": \"30d\" }",
            "\"limits\": { \"body\": \"0B\", \"headers\": \"1000B\", \"connections\": 7 }",
            "\"limits\": { \"body\": \"999MB\" }",
            "\"limits\": { \"body\": \"1125899906842KB\" }",
            "\"sticky\": { \"cookie\": \"lb\", \"ttl\": \"399d23h59m59s999ms\" }",
            "\"limits\": { \"bodyRate\": \"1000B/s\", \"connectionsPerClient\": 3 }",
            "\"limits\": { \"bodyRate\": false, \"connectionsPerClient\": false }",
            "\"connections\": { \"maxPerBackend\": 65536, \"maxIdle\": 0 }",
            "\"admin\": false",
            "\"accessLog\": { \"to\": \"./a \\\"$${x}\\\".log\", \"sample\": \"33.3333%\", \"redactHeaders\": [] }",
            "\"trustedProxies\": [\"0.0.0.0/0\", \"2001:db8::/32\"]",
            "\"preserveHost\": false, \"balance\": \"roundRobin\", \"transport\": \"io_uring\"",
            "\"balance\": { \"hash\": \"header:X-User\" }",
            "\"outlier\": false, \"slowStart\": false, \"whenNoneEligible\": \"useAll\"",
            "\"zone\": \"eu-1a\", \"enoughEligible\": false", "\"zone\": \"eu-1b\", \"enoughEligible\": \"50%\"",
            "\"outlier\": { \"consecutiveFailures\": 1, \"eject\": \"1ms\", \"maxEject\": \"1d\","
                    + " \"maxEjected\": \"33.3%\", \"on\": [\"5xx\", \"reset\"], \"successRate\": false,"
                    + " \"overruleProbes\": false }",
            "\"outlier\": { \"successRate\": { \"below\": \"1%\", \"minRequests\": 1, \"window\": \"1h\" } }",
            "\"sticky\": \"lb_backend\"",
            "\"sticky\": { \"cookie\": \"lb\", \"ttl\": \"400d\", \"secure\": true, \"sameSite\": \"None\","
                    + " \"domain\": \"example.com\", \"path\": \"/a\" }",
            "\"sticky\": { \"learn\": \"JSESSIONID\" }",
            "\"retry\": { \"budget\": \"50%\", \"attempts\": 4 },"
                    + " \"routes\": [{ \"retry\": { \"on\": [\"503\"] } }, { \"name\": \"never\", \"retry\": false }]",
            "\"routes\": [{ \"match\": { \"header\": { \"x-a\": \"$${x}\", \"X-B\": true },"
                    + " \"query\": { \"a[]\": true } } }]",
            "\"routes\": [{ \"limits\": { \"body\": false } }, { \"limits\": { \"body\": \"1B\" } }]",
            "\"routes\": [{ \"split\": { \"default\": 7 } }, { \"respond\": 204 }, { \"redirect\": \"/a\" }]",
            "\"listeners\": { \"a\": { \"listen\": 1, \"routes\": [] }, \"b\": 2, \"c\": { \"listen\": 3,"
                    + " \"routes\": [{ \"respond\": 404 }] } }, \"routes\": [{ \"match\": { \"path\": \"/a\" } }]",
            "\"log\": { \"format\": \"json\", \"level\": \"trace\" }"})
    void printsEveryUnusualValueSoThatItReadsBack(String members) throws ConfigProblems {
        assertReadsBack(Reading.with(members));
    }

    /** Whose secrets have to be written in again. */
    @Test void printsRoutesAndStickySoThatTheyReadBackButForTheirSecrets() throws Exception {
        String sample = Files.readString(Path.of("config/routes.json"));
        Config config = Reading.read(sample);
        String printed = ConfigPrinter.print(config);
        assertThat(printed).doesNotContain("f3a91c07", "an example").contains("\"ops\" : \"…\"");
        Matcher secrets = Pattern.compile("\"(sha256:[^\"]+|an example[^\"]+)\"").matcher(sample);
        while (secrets.find()) printed = printed.replaceFirst("\"…\"", secrets.group());
        assertThat(Reading.read(printed)).isEqualTo(config);
    }

    @Test void refusesToReadWhatItPrintsInPlaceOfASecret() throws ConfigProblems {
        String printed = ConfigPrinter.print(Reading.with("\"sticky\": { \"cookie\": \"a\","
                + " \"keys\": [\"0123456789abcdef\"] }, \"routes\": [{ \"headers\": { \"request\": { \"set\": {"
                + " \"Authorization\": \"Bearer ${env:LB_SECRET}\" } } }, \"basicAuth\": { \"users\": {"
                + " \"a\": \"${env:LB_SECRET}\" } } }]"));
        assertThat(printed).doesNotContain("s3cret", "0123456789abcdef");
        ConfigProblems problems = catchThrowableOfType(ConfigProblems.class, () -> Reading.read(printed));
        assertThat(problems.problems()).extracting(Problem::path).containsExactly(
                "routes[0].basicAuth.users.a", "routes[0].headers.request.set.Authorization",
                "pools.default.sticky.keys[0]");
    }

    @Test void printsRoutesThatSeveralListenersShareOnceAtTheRoot() throws ConfigProblems {
        String printed = ConfigPrinter.print(Reading.read("{ \"listeners\": { \"a\": 1, \"b\": 2, \"c\": {"
                + " \"listen\": 3, \"routes\": [] } },"
                + " \"routes\": [{ \"name\": \"only\" }], \"backends\": [\"http://a\"] }"));
        assertThat(printed).containsOnlyOnce("\"only\"").contains("\n  \"routes\" : [").contains("\"routes\" : [ ]");
    }

    @Test void printsRoutesOfListenersThemselvesThereThoughTheyAreTheSame() throws ConfigProblems {
        assertReadsBack(Reading.read("{ \"listeners\": { \"a\": { \"listen\": 1, \"routes\": [{ \"name\": \"r\" }] },"
                + " \"b\": { \"listen\": 2, \"routes\": [{ \"name\": \"r\" }] } }, \"backends\": [\"http://a\"] }"));
    }

    private static void assertReadsBack(Config config) throws ConfigProblems {
        String printed = ConfigPrinter.print(config);
        assertThat(Reading.read(printed)).isEqualTo(config);
        assertThat(Reading.read(printed).pools().keySet()).containsExactlyElementsOf(config.pools().keySet());
    }

    @Test void printsDefaultsInTheLongForms() throws ConfigProblems {
        Config config = Reading.read("{ \"listen\": 8080, \"backends\": [\"http://a\"] }");
        assertThat(ConfigPrinter.print(config)).isEqualTo("""
                {
                  "listeners" : {
                    "default" : {
                      "listen" : "0.0.0.0:8080",
                      "pool" : "default"
                    }
                  },
                  "pools" : {
                    "default" : {
                      "backends" : [
                        {
                          "url" : "http://a:80",
                          "id" : "a:80",
                          "weight" : 1,
                          "state" : "ready",
                          "backup" : false,
                          "priority" : 0,
                          "zone" : false
                        }
                      ],
                      "balance" : "weightedRoundRobin",
                      "health" : {
                        "path" : false,
                        "interval" : "5s",
                        "timeout" : "2s",
                        "rise" : 2,
                        "fall" : 3
                      },
                      "retry" : {
                        "attempts" : 2,
                        "on" : [
                          "connect",
                          "reset"
                        ],
                        "within" : "10s",
                        "budget" : "20%"
                      },
                      "timeouts" : {
                        "connect" : "3s",
                        "response" : "1m",
                        "stream" : "1m",
                        "upgrade" : "1h"
                      },
                      "limits" : {
                        "body" : false
                      },
                      "connections" : {
                        "maxPerBackend" : false,
                        "idle" : "30s",
                        "maxIdle" : 32,
                        "queue" : 0,
                        "queueTimeout" : "1s"
                      },
                      "preserveHost" : true,
                      "outlier" : {
                        "consecutiveFailures" : 5,
                        "eject" : "10s",
                        "maxEject" : "5m",
                        "maxEjected" : "50%",
                        "on" : [
                          "connect",
                          "reset",
                          "timeout",
                          "badResponse"
                        ],
                        "successRate" : {
                          "below" : "20%",
                          "minRequests" : 100,
                          "window" : "30s"
                        },
                        "overruleProbes" : true
                      },
                      "slowStart" : "10s",
                      "whenNoneEligible" : "fail",
                      "sticky" : false,
                      "zone" : false,
                      "enoughEligible" : "70%"
                    }
                  },
                  "timeouts" : {
                    "connect" : "3s",
                    "response" : "1m",
                    "stream" : "1m",
                    "upgrade" : "1h",
                    "clientHeaders" : "10s",
                    "clientIdle" : "1m",
                    "drain" : "25s"
                  },
                  "limits" : {
                    "headers" : "16KiB",
                    "headerCount" : 100,
                    "line" : "8KiB",
                    "body" : false,
                    "bodyRate" : "10B/s",
                    "connections" : "auto",
                    "connectionsPerClient" : false
                  },
                  "trustedProxies" : [ ],
                  "admin" : {
                    "listen" : "127.0.0.1:9901"
                  },
                  "accessLog" : "off",
                  "log" : {
                    "format" : "text",
                    "level" : "info"
                  },
                  "transport" : "auto"
                }
                """);
    }
}
