package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import lb.config.AccessLogConfig;
import lb.config.AddressRange;
import lb.config.AdminConfig;
import lb.config.BackendAddress;
import lb.config.BackendConfig;
import lb.config.BalanceConfig;
import lb.config.Config;
import lb.config.ConnectionsConfig;
import lb.config.HashSource;
import lb.config.HealthConfig;
import lb.config.Limits;
import lb.config.ListenAddress;
import lb.config.ListenerConfig;
import lb.config.LogConfig;
import lb.config.OutlierConfig;
import lb.config.PoolConfig;
import lb.config.RetryConfig;
import lb.config.StatusRanges;
import lb.config.SuccessRateConfig;
import lb.config.Timeouts;
import lb.config.TransportChoice;
import lb.config.WhenNoneEligible;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short forms, defaults, what the root says for all pools, notes and lookups. */
class GoodFilesTest {
    @Test void fillsInEveryDefault() throws ConfigProblems {
        Config config = Reading.read("{ \"listen\": 8080, \"backends\": [\"http://a:1\"] }");
        assertThat(config).isEqualTo(Config.of(
                new ListenAddress("0.0.0.0", 8080), List.of(BackendConfig.at(new BackendAddress("a", 1)))));
        PoolConfig pool = config.pools().get("default");
        assertThat(pool.balance()).isEqualTo(BalanceConfig.of("weightedRoundRobin"));
        assertThat(pool.backends().get(0).backup()).isFalse();
        assertThat(pool.health()).isEqualTo(new HealthConfig(
                null, StatusRanges.parse("200-399"), Duration.ofSeconds(5), Duration.ofSeconds(2), 2, 3));
        assertThat(pool.retry()).isEqualTo(new RetryConfig(2, true, true));
        assertThat(pool.timeouts()).isEqualTo(new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(60),
                Duration.ofSeconds(60), Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofSeconds(60),
                Duration.ofSeconds(25)));
        assertThat(pool.limits()).isEqualTo(new Limits(16384, 100, 8192, Limits.NONE, 10, 0, 0));
        assertThat(pool.connections()).isEqualTo(new ConnectionsConfig(0, Duration.ofSeconds(30), 32));
        assertThat(pool.preserveHost()).isTrue();
        assertThat(pool.outlier()).isEqualTo(new OutlierConfig(5, Duration.ofSeconds(10), Duration.ofMinutes(5), 0.5,
                Set.of(OutlierConfig.On.CONNECT, OutlierConfig.On.RESET, OutlierConfig.On.TIMEOUT,
                        OutlierConfig.On.BAD_RESPONSE),
                new SuccessRateConfig(0.2, 100, Duration.ofSeconds(30)), true));
        assertThat(pool.slowStart()).isEqualTo(Duration.ofSeconds(10));
        assertThat(pool.whenNoneEligible()).isEqualTo(WhenNoneEligible.FAIL);
        assertThat(config.admin().listen()).hasToString("127.0.0.1:9901");
        assertThat(config.accessLog()).isNull();
        assertThat(config.log()).isEqualTo(new LogConfig(LogConfig.Format.TEXT, LogConfig.Level.INFO));
        assertThat(config.transport()).isEqualTo(TransportChoice.AUTO);
    }

    @Test void listensInEveryShortForm() throws ConfigProblems {
        Config config = Reading.read("{ \"listeners\": { \"a\": 1, \"b\": \":2\", \"c\": \"127.0.0.1:3\","
                + " \"d\": \"[::1]:4\", \"e\": { \"listen\": 5 }, \"f\": \"6\" }, \"backends\": [\"http://x\"] }");
        assertThat(config.listeners().values()).extracting(ListenerConfig::listen).map(ListenAddress::toString)
                .containsExactly("0.0.0.0:1", "0.0.0.0:2", "127.0.0.1:3", "[::1]:4", "0.0.0.0:5", "0.0.0.0:6");
        assertThat(config.listeners().values()).extracting(ListenerConfig::pool).containsOnly("default");
    }

    @Test void readsBackendsInBothForms() throws ConfigProblems {
        Config config = Reading.read("{ \"listen\": 1, \"backends\": [\"http://a\", { \"url\": \"http://[::1]:9/\","
                + " \"id\": \"b\", \"weight\": 0, \"state\": \"maint\", \"backup\": true }] }");
        assertThat(config.pools().get("default").backends()).containsExactly(
                new BackendConfig("a:80", "a", 80, 1, BackendConfig.State.READY),
                new BackendConfig("b", "::1", 9, 0, BackendConfig.State.MAINT, BackendConfig.BACKUP, null));
    }

    @Test void turnsThingsOffWithFalse() throws ConfigProblems {
        Config config = Reading.with("\"health\": false, \"retry\": false, \"admin\": false, \"accessLog\": false,"
                + " \"limits\": { \"body\": false, \"bodyRate\": false, \"connectionsPerClient\": false },"
                + " \"connections\": { \"maxPerBackend\": false }");
        PoolConfig pool = config.pools().get("default");
        assertThat(pool.health()).isNull();
        assertThat(pool.retry()).isEqualTo(RetryConfig.NEVER);
        assertThat(pool.limits().body()).isEqualTo(Limits.NONE);
        assertThat(config.limits().bodyRate()).isZero();
        assertThat(config.limits().connectionsPerClient()).isZero();
        assertThat(pool.connections().maxPerBackend()).isZero();
        assertThat(config.admin()).isNull();
        assertThat(config.accessLog()).isNull();
        assertThat(Reading.with("\"accessLog\": \"off\"").accessLog()).isNull();
    }

    @Test void takesAPathForHealth() throws ConfigProblems {
        HealthConfig asText = Reading.poolWith("\"health\": \"/healthz\"").health();
        assertThat(asText.path()).isEqualTo("/healthz");
        assertThat(Reading.poolWith("\"health\": { \"path\": \"/healthz\" }").health()).isEqualTo(asText);
    }

    @Test void shortensTheDefaultTimeoutOfAProbeToItsInterval() throws ConfigProblems {
        assertThat(Reading.poolWith("\"health\": { \"interval\": \"400ms\" }").health().timeout())
                .isEqualTo(Duration.ofMillis(400));
        assertThat(Reading.poolWith("\"health\": { \"interval\": \"1s\", \"timeout\": \"1s\" }").health().timeout())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test void takesOneStatusAsANumber() throws ConfigProblems {
        assertThat(Reading.poolWith("\"health\": { \"path\": \"/\", \"expect\": { \"status\": 204 } }").health()
                .expect()).hasToString("204");
    }

    @Test void readsWhatBelongsToTheProcess() throws ConfigProblems {
        Config config = Reading.with("\"trustedProxies\": [\"10.0.0.0/8\", \"::1\"], \"admin\": \"[::1]:9902\","
                + " \"accessLog\": { \"format\": \"json\", \"to\": \"/tmp/a.log\", \"sample\": \"0.5%\","
                + " \"redactHeaders\": [\"X-Key\"] }, \"log\": { \"format\": \"json\", \"level\": \"debug\" },"
                + " \"transport\": \"io_uring\", \"limits\": { \"connections\": 50, \"headers\": \"4KiB\","
                + " \"bodyRate\": \"1KiB/s\", \"connectionsPerClient\": 7 }");
        assertThat(config.trustedProxies())
                .containsExactly(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1"));
        assertThat(config.admin()).isEqualTo(new AdminConfig(new ListenAddress("::1", 9902)));
        assertThat(config.accessLog()).isEqualTo(
                new AccessLogConfig(AccessLogConfig.Format.JSON, "/tmp/a.log", 0.005, Set.of("x-key")));
        assertThat(config.log()).isEqualTo(new LogConfig(LogConfig.Format.JSON, LogConfig.Level.DEBUG));
        assertThat(config.transport()).isEqualTo(TransportChoice.IO_URING);
        assertThat(config.limits().connections()).isEqualTo(50);
        assertThat(config.limits().bodyRate()).isEqualTo(1024);
        assertThat(config.limits().connectionsPerClient()).isEqualTo(7);
        assertThat(config.limits().headers()).isEqualTo(4096);
        assertThat(Reading.with("\"accessLog\": \"combined\", \"log\": \"json\"").accessLog())
                .isEqualTo(AccessLogConfig.of(AccessLogConfig.Format.COMBINED));
    }

    @Test void takesTheRootForTheDefaultOfEveryPoolKeyByKey() throws ConfigProblems {
        Config config = Reading.read("""
                {
                  "listeners": { "a": { "listen": 1, "pool": "one" }, "b": { "listen": 2, "pool": "two" } },
                  "pools": {
                    "one": { "backends": ["http://a"] },
                    "two": {
                      "backends": ["http://a"],
                      "balance": { "hash": "path" },
                      "health": { "path": false, "interval": "2s" },
                      "retry": { "attempts": 4 },
                      "timeouts": { "response": "7s" },
                      "limits": { "body": "1KiB" },
                      "connections": { "maxIdle": 1 },
                      "preserveHost": true
                    }
                  },
                  "balance": "roundRobin",
                  "health": { "path": "/h", "interval": "9s", "fall": 5 },
                  "retry": { "on": ["connect"] },
                  "timeouts": { "connect": "8s", "clientIdle": "11s" },
                  "limits": { "body": "2KiB", "line": "1KiB" },
                  "connections": { "idle": "3s" },
                  "preserveHost": false
                }
                """);
        PoolConfig one = config.pools().get("one");
        PoolConfig two = config.pools().get("two");
        assertThat(one.balance()).isEqualTo(BalanceConfig.of("roundRobin"));
        assertThat(two.balance()).isEqualTo(BalanceConfig.hash(HashSource.parse("path")));
        assertThat(one.health().path()).isEqualTo("/h");
        assertThat(two.health()).isEqualTo(new HealthConfig(
                null, StatusRanges.DEFAULT, Duration.ofSeconds(2), Duration.ofSeconds(2), 2, 5));
        assertThat(one.retry()).isEqualTo(new RetryConfig(2, true, false));
        assertThat(two.retry()).isEqualTo(new RetryConfig(4, true, false));
        assertThat(two.timeouts().connect()).isEqualTo(Duration.ofSeconds(8));
        assertThat(two.timeouts().response()).isEqualTo(Duration.ofSeconds(7));
        assertThat(two.timeouts().clientIdle()).isEqualTo(Duration.ofSeconds(11));
        assertThat(one.limits().body()).isEqualTo(2048);
        assertThat(two.limits().body()).isEqualTo(1024);
        assertThat(two.limits().line()).isEqualTo(1024);
        assertThat(two.connections()).isEqualTo(new ConnectionsConfig(0, Duration.ofSeconds(3), 1));
        assertThat(one.preserveHost()).isFalse();
        assertThat(two.preserveHost()).isTrue();
    }

    @Test void takesFromTheRootWhatAPoolDoesNotSayOfEjections() throws ConfigProblems {
        Config config = Reading.read("""
                { "listen": 1, "slowStart": false, "whenNoneEligible": "useAll",
                  "outlier": { "consecutiveFailures": 9, "eject": "10m", "successRate": { "below": "40%" } },
                  "pools": { "default": { "backends": ["http://a"],
                      "outlier": { "on": ["5xx", "5xx"], "successRate": { "window": "1m" } } } } }
                """);
        PoolConfig pool = config.pools().get("default");
        assertThat(pool.outlier()).isEqualTo(new OutlierConfig(9, Duration.ofMinutes(10), Duration.ofMinutes(10), 0.5,
                Set.of(OutlierConfig.On.STATUS_5XX), new SuccessRateConfig(0.4, 100, Duration.ofMinutes(1)), true));
        assertThat(pool.slowStart()).isZero();
        assertThat(pool.whenNoneEligible()).isEqualTo(WhenNoneEligible.USE_ALL);
    }

    @Test void turnsOnInAPoolWhatIsOffAtTheRoot() throws ConfigProblems {
        Config config = Reading.read("{ \"listen\": 1, \"health\": false, \"retry\": false, \"pools\": { \"default\": {"
                + " \"backends\": [\"http://a\"], \"health\": \"/h\", \"retry\": { \"attempts\": 3 } } } }");
        assertThat(config.pools().get("default").health().fall()).isEqualTo(3);
        assertThat(config.pools().get("default").retry()).isEqualTo(new RetryConfig(3, true, true));
    }

    @Test void addsPoolsBesideTheDefaultOneWithoutChangingIt() throws ConfigProblems {
        String alone = "{ \"listen\": 1, \"backends\": [\"http://a\"] }";
        String beside = "{ \"listen\": 1, \"backends\": [\"http://a\"], \"listeners\": { \"l\": { \"listen\": 2,"
                + " \"pool\": \"p\" } }, \"pools\": { \"p\": { \"backends\": [\"http://b\"] } } }";
        assertThat(Reading.read(beside).pools()).containsAllEntriesOf(Reading.read(alone).pools())
                .containsOnlyKeys("default", "p");
    }

    @Test void readsPastCommentsAndNotes() throws ConfigProblems {
        String noted = """
                // a file
                {
                  "$schema": "./lb.schema.json", "//": ["any", null], "// why": 5, "x-anchor": { "listen": "no" },
                  "listen": 8080, /* here */
                  "backends": [{ "url": "http://127.0.0.1:9001", "//": "first" }],
                  "pools": { "//": "none yet" }
                }
                // the end
                """;
        assertThat(Reading.read(noted)).isEqualTo(Reading.with("\"balance\": \"weightedRoundRobin\""));
    }

    @Test void fillsInTheEnvironmentAndFiles(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("port"), "9005\n", StandardCharsets.UTF_8);
        Config config = Reading.read("{ \"listen\": \":${env:LB_PORT}\", \"backends\": ["
                + "\"http://${env:LB_HOST}:${file:" + secret + "}\"] }");
        assertThat(config.listeners().get("default").listen().port()).isEqualTo(8081);
        assertThat(config.pools().get("default").backends().get(0).id()).isEqualTo("10.0.0.7:9005");
    }

    @Test void readsAnEscapedLookupAsText() throws ConfigProblems {
        assertThat(Reading.with("\"accessLog\": { \"to\": \"/tmp/$${env:X}$5\" }").accessLog().to())
                .isEqualTo("/tmp/${env:X}$5");
    }

    @Test void balancesByEveryNameAndByWhatIsHashed() throws ConfigProblems {
        for (String name : List.of("weightedRoundRobin", "roundRobin", "random", "leastRequests", "leastLatency")) {
            assertThat(Reading.poolWith("\"balance\": \"" + name + "\"").balance()).isEqualTo(BalanceConfig.of(name));
        }
        for (String source : List.of("clientIp", "header:X-User", "cookie:session", "query:user[]", "path")) {
            BalanceConfig balance = Reading.poolWith("\"balance\": { \"hash\": \"" + source + "\" }").balance();
            assertThat(balance).isEqualTo(BalanceConfig.hash(HashSource.parse(source)));
            assertThat(balance.hash().toString()).isEqualToIgnoringCase(source);
        }
        assertThat(Reading.poolWith("\"balance\": { \"hash\": \"header:${env:LB_SECRET}\", \"//\": 1 }").balance())
                .hasToString("hash header:s3cret");
    }

    @Test void warnsOfAPoolWithoutUse() throws ConfigProblems {
        assertThat(Reading.warnings("{ \"listen\": 1, \"backends\": [\"http://a\"],\n \"pools\": { \"p\": {"
                + " \"backends\": [\"http://b\"] } } }"))
                .containsExactly("lb.json:2:13  pools.p   no listener, route or mirror leads to this pool");
    }

    @Test void readsWhatMayBeTriedAgainInAnyOrder() throws ConfigProblems {
        RetryConfig retry = Reading.with("\"retry\": { \"on\": [\"503\", \"timeout\", \"429\", \"503\"],"
                + " \"within\": \"90s\", \"budget\": \"0.5%\" }").pools().get("default").retry();
        assertThat(retry).isEqualTo(
                new RetryConfig(2, false, false, true, Set.of(429, 503), Duration.ofSeconds(90), 0.005));
    }

    @Test void warnsOfAQueueWithoutALimit() throws ConfigProblems {
        assertThat(Reading.warnings("{ \"listen\": 1, \"connections\": { \"queue\": 5 },\n"
                + "\"backends\": [\"http://a\"] }"))
                .containsExactly("lb.json:2:1   backends   connections.queue has no effect without "
                        + "connections.maxPerBackend");
    }

    @Test void warnsOfRetriesThatComeTooLate() throws ConfigProblems {
        assertThat(Reading.warnings("{ \"listen\": 1, \"retry\": { \"on\": [\"timeout\"] },\n"
                + "\"backends\": [\"http://a\"] }"))
                .containsExactly("lb.json:2:1   backends   \"timeout\" in retry.on has no effect: retry.within is 10s, "
                        + "timeouts.response 1m");
    }

    @Test void warnsOfWeightsThatAreIgnored() throws ConfigProblems {
        assertThat(Reading.warnings("{ \"listen\": 1, \"balance\": \"roundRobin\", \"backends\": [\"http://a\",\n"
                + "{ \"url\": \"http://b\", \"weight\": 3 }, { \"url\": \"http://c\", \"weight\": 4 }] }"))
                .containsExactly("lb.json:2:32  backends[1].weight   3 is ignored by \"roundRobin\"; "
                        + "\"weightedRoundRobin\" heeds weights");
    }
}
