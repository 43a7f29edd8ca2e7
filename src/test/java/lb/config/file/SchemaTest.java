package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lb.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema says the same as the reader: same keys, same defaults, same verdict. */
class SchemaTest {
    /** Where the object of a shape stands under {@code $defs}; the root is the document itself. */
    private static final Map<Shape, String> DEFINITIONS = new EnumMap<>(Map.ofEntries(
            Map.entry(Shape.LISTENER, "listenerObject"), Map.entry(Shape.POOL, "pool"),
            Map.entry(Shape.BACKEND, "backend"), Map.entry(Shape.BALANCE, "balanceObject"),
            Map.entry(Shape.HEALTH, "healthObject"),
            Map.entry(Shape.EXPECT, "expect"), Map.entry(Shape.RETRY, "retryObject"),
            Map.entry(Shape.TIMEOUTS, "timeouts"), Map.entry(Shape.POOL_TIMEOUTS, "poolTimeouts"),
            Map.entry(Shape.LIMITS, "limits"), Map.entry(Shape.POOL_LIMITS, "poolLimits"),
            Map.entry(Shape.CONNECTIONS, "connections"), Map.entry(Shape.ADMIN, "admin"),
            Map.entry(Shape.OUTLIER, "outlierObject"), Map.entry(Shape.SUCCESS_RATE, "successRate"),
            Map.entry(Shape.STICKY, "stickyObject"), Map.entry(Shape.ROUTE, "route"),
            Map.entry(Shape.MATCH, "match"), Map.entry(Shape.REDIRECT, "redirectObject"),
            Map.entry(Shape.RESPOND, "respondObject"), Map.entry(Shape.BASIC_AUTH, "basicAuth"),
            Map.entry(Shape.RATE_LIMIT, "rateLimitObject"), Map.entry(Shape.REWRITE, "rewrite"),
            Map.entry(Shape.HEADERS, "headers"), Map.entry(Shape.EDITS, "edits"),
            Map.entry(Shape.COMPRESS, "compressObject"), Map.entry(Shape.MIRROR, "mirrorObject"),
            Map.entry(Shape.ROUTE_TIMEOUTS, "poolTimeouts"), Map.entry(Shape.ROUTE_RETRY, "routeRetry"),
            Map.entry(Shape.ROUTE_LIMITS, "poolLimits"),
            Map.entry(Shape.ACCESS_LOG, "accessLog"), Map.entry(Shape.LOG, "log")));

    /** What takes more than a schema to know: how values relate, what an address means, what is in the environment. */
    private static final Set<String> BEYOND_A_SCHEMA = Set.of(
            "a duration finer than a millisecond",
            "a duration of nothing",
            "a duration too long",
            "a share of nothing",
            "a rate of nothing",
            "a size too small",
            "a size too large",
            "a health timeout above the interval",
            "a first ejection above the longest",
            "an expectation without a path",
            "an expectation the wrong way round",
            "a trusted range with bits beyond its prefix",
            "a trusted range with too long a prefix",
            "a trusted IPv4 address in IPv6 form",
            "an octal address",
            "admin where a listener is",
            "an access log to what is no path",
            "a lookup of a variable that is not set",
            "a lookup of a file that is not there",
            "a secret that does not fit is not shown",
            "a backend on port 0",
            "a backup with a priority", "a backend with too large an address",
            "an id twice",
            "a listener's unknown pool",
            "a listener without a pool where none is called default",
            "listen at the root where no pool is called default",
            "two listeners on one address",
            "two spellings of one address",
            "listeners where one takes every address",
            "a listener where admin is by default",
            "a route that leads nowhere where no pool is called default",
            "routes of a listener, checked as those at the root",
            "no pool for what no route takes where there are no routes",
            "a sticky cookie that browsers drop",
            "sticky cookies whose names ask for more",
            "sticky without a cookie");

    private static JsonNode definition(Shape shape) {
        return shape == Shape.ROOT ? Schema.DOCUMENT : Schema.DOCUMENT.at("/$defs/" + DEFINITIONS.get(shape));
    }

    @ParameterizedTest
    @EnumSource
    void hasTheReadersKeys(Shape shape) {
        Set<String> keys = new TreeSet<>();
        definition(shape).get("properties").fieldNames().forEachRemaining(keys::add);
        keys.remove("$schema");
        assertThat(keys).isEqualTo(new TreeSet<>(shape.keys()));
    }

    @ParameterizedTest
    @EnumSource
    void refusesUnknownKeysAndAllowsNotes(Shape shape) {
        assertThat(definition(shape).get("additionalProperties").toString()).isEqualTo("false");
        assertThat(definition(shape).at("/patternProperties/^(~1~1|x-)").toString()).isEqualTo("true");
    }

    @ParameterizedTest
    @EnumSource
    void describesEveryKey(Shape shape) {
        definition(shape).get("properties").forEach(property -> {
            JsonNode target = property.has("description") ? property : SettingsTable.follow(property);
            assertThat(target.path("description").asText()).as("%s", property).isNotBlank();
        });
    }

    /** Writing out every default of the schema changes nothing. */
    @Test void statesTheDefaultsThatTheReaderFillsIn() throws ConfigProblems {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("listen", 8080).putArray("backends").addObject().put("url", "http://a")
                .setAll(defaults(Shape.BACKEND));
        file.setAll(defaults(Shape.ROOT));
        file.set("timeouts", defaults(Shape.TIMEOUTS));
        file.set("limits", defaults(Shape.LIMITS));
        file.set("connections", defaults(Shape.CONNECTIONS));
        file.set("retry", defaults(Shape.RETRY));
        file.set("health", defaults(Shape.HEALTH));
        file.set("outlier", defaults(Shape.OUTLIER).set("successRate", defaults(Shape.SUCCESS_RATE)));
        file.set("admin", defaults(Shape.ADMIN));
        file.set("log", defaults(Shape.LOG));
        assertThat(file.at("/timeouts").size()).isEqualTo(Shape.TIMEOUTS.keys().size());
        assertThat(file.at("/outlier").size()).isEqualTo(Shape.OUTLIER.keys().size());
        assertThat(file.at("/outlier/successRate").size()).isEqualTo(Shape.SUCCESS_RATE.keys().size());
        assertThat(file.at("/health").size()).isEqualTo(Shape.HEALTH.keys().size() - 1);
        Config bare = Reading.read("{ \"listen\": 8080, \"backends\": [\"http://a\"] }");
        assertThat(Reading.read(file.toString())).isEqualTo(bare);

        assertThat(Reading.with("\"accessLog\": " + defaults(Shape.ACCESS_LOG)))
                .isEqualTo(Reading.with("\"accessLog\": \"combined\""));
        assertThat(Reading.with("\"health\": { \"path\": \"/\", \"expect\": " + defaults(Shape.EXPECT) + " }"))
                .isEqualTo(Reading.with("\"health\": \"/\""));
        assertThat(Reading.with("\"sticky\": " + defaults(Shape.STICKY).put("cookie", "a")))
                .isEqualTo(Reading.with("\"sticky\": \"a\""));
        assertSameRoute(defaults(Shape.ROUTE), "{}");
        assertSameRoute(withDefaults("redirect", Shape.REDIRECT, "to", "/a"), "{ \"redirect\": \"/a\" }");
        assertSameRoute(withDefaults("respond", Shape.RESPOND, "body", "a"), "{ \"respond\": { \"body\": \"a\" } }");
        assertSameRoute(withDefaults("rateLimit", Shape.RATE_LIMIT, "rate", "9/s"), "{ \"rateLimit\": \"9/s\" }");
        assertSameRoute(withDefaults("mirror", Shape.MIRROR, "pool", "default"), "{ \"mirror\": \"default\" }");
        ObjectNode compress = defaults(Shape.COMPRESS);
        assertSameRoute(JsonNodeFactory.instance.objectNode().set("compress", compress), "{ \"compress\": true }");
        ObjectNode retry = defaults(Shape.ROUTE_RETRY);
        assertSameRoute(JsonNodeFactory.instance.objectNode().set("retry", retry), "{ \"retry\": {} }");
    }

    private static ObjectNode withDefaults(String key, Shape shape, String required, String value) {
        return JsonNodeFactory.instance.objectNode().set(key, defaults(shape).put(required, value));
    }

    private static void assertSameRoute(ObjectNode route, String other) throws ConfigProblems {
        assertThat(Reading.with("\"routes\": [" + route + "]")).isEqualTo(Reading.with("\"routes\": [" + other + "]"));
    }

    private static ObjectNode defaults(Shape shape) {
        ObjectNode defaults = JsonNodeFactory.instance.objectNode();
        definition(shape).get("properties").fields().forEachRemaining(property -> {
            JsonNode value = SettingsTable.defaultOf(property.getValue());
            if (value != null) defaults.set(property.getKey(), value);
        });
        return defaults;
    }

    @ParameterizedTest
    @ValueSource(strings = {"lb.json", "service.json", "pools.json", "routes.json"})
    void acceptsTheSamplesAsTheReaderDoes(String sample) throws Exception {
        String text = Schema.text(Path.of("config", sample));
        assertThat(Schema.errors(Schema.parse(text))).isEmpty();
        ConfigReader.Checked checked = Reading.check(text);
        assertThat(checked.warnings()).isEmpty();
        String printed = ConfigPrinter.print(checked.config()).replace("\"…\"", "\"${env:SECRET}\"");
        assertThat(Schema.errors(Schema.parse(printed))).as("printed").isEmpty();
    }

    @Test void showsEveryKeyInASample() {
        Set<String> written = new TreeSet<>();
        collectKeys(Schema.parse(Schema.text(Path.of("config/pools.json"))), written);
        collectKeys(Schema.parse(Schema.text(Path.of("config/service.json"))), written);
        collectKeys(Schema.parse(Schema.text(Path.of("config/routes.json"))), written);
        for (Shape shape : Shape.values()) assertThat(written).as("keys of %s", shape).containsAll(shape.keys());
    }

    private static void collectKeys(JsonNode node, Set<String> keys) {
        node.fieldNames().forEachRemaining(keys::add);
        node.forEach(child -> collectKeys(child, keys));
    }

    @Test void refusesWhatTheReaderRefusesAsFarAsASchemaCan() {
        List<String> accepted = new ArrayList<>();
        int tried = 0;
        for (RefusedFilesTest.Case refused : RefusedFilesTest.all()) {
            JsonNode file = Schema.parse(refused.file());
            if (file == null || file.isMissingNode()) continue;
            tried++;
            if (Schema.errors(file).isEmpty()) accepted.add(refused.title());
        }
        assertThat(tried).isGreaterThan(100);
        assertThat(accepted).containsExactlyInAnyOrderElementsOf(BEYOND_A_SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "\"balance\": \"random\"", "\"balance\": { \"hash\": \"path\" }",
            "\"balance\": { \"hash\": \"query:a[]\" }",
            "\"health\": false", "\"health\": \"/h\"", "\"health\": { \"path\": false }", "\"retry\": false",
            "\"accessLog\": false", "\"accessLog\": \"off\"", "\"log\": \"json\"", "\"admin\": false",
            "\"admin\": { \"listen\": \"[::1]:1\" }", "\"limits\": { \"body\": false, \"connections\": \"auto\" }",
            "\"limits\": { \"bodyRate\": \"1KiB/s\", \"connectionsPerClient\": 1 }",
            "\"limits\": { \"bodyRate\": false, \"connectionsPerClient\": false }",
            "\"connections\": { \"maxPerBackend\": false }", "\"timeouts\": { \"connect\": \"1h30m\" }",
            "\"timeouts\": { \"connect\": \"1.5s\" }",
            "\"outlier\": false, \"slowStart\": false, \"whenNoneEligible\": \"useAll\"",
            "\"zone\": \"eu-1a\", \"enoughEligible\": false", "\"zone\": \"${env:ZONE}\", \"enoughEligible\": \"50%\"",
            "\"outlier\": { \"successRate\": false, \"on\": [\"5xx\"] }",
            "\"sticky\": \"lb\"", "\"sticky\": { \"learn\": \"JSESSIONID\", \"ttl\": \"30m\" }",
            "\"sticky\": { \"cookie\": \"a\", \"ttl\": false, \"domain\": false, \"keys\": [] }",
            "\"routes\": []", "\"routes\": [{}]", "\"routes\": [{ \"//\": 1, \"x-a\": 2, \"match\": {} }]",
            "\"routes\": [{ \"redirect\": \"{scheme}://{host}/\" }, { \"respond\": 404 }, { \"respond\": {} }]",
            "\"routes\": [{ \"match\": { \"path\": \"/a*\" }, \"split\": { \"default\": 1, \"x-note\": \"why\" } }]",
            "\"routes\": [{ \"match\": { \"path\": \"/a/*/b/*\", \"header\": { \"x-a\": true, \"//\": 1 } } }]",
            "\"routes\": [{ \"match\": { \"host\": [\"[::1]\", \"*.a\"], \"query\": { \"a[]\": \"b%20c\" } } }]",
            "\"routes\": [{ \"headers\": { \"request\": { \"set\": { \"x-a\": \"{clientIp}\", \"// b\": [] } } } }]",
            "\"routes\": [{ \"rateLimit\": \"1000/h\", \"mirror\": \"default\", \"compress\": false }]",
            "\"routes\": [{ \"basicAuth\": { \"users\": { \"x-a\": \"${env:LB_A}\" } }, \"retry\": false }]",
            "\"transport\": \"${env:LB_T}\"", "\"x-y\": [{}], \"//\": 1",
            "\"health\": { \"path\": \"/\", \"expect\": { \"status\": 200 } }",
            "\"health\": { \"path\": \"/\", \"expect\": { \"status\": \"200-299, 404\" } }",
            "\"pools\": { \"a\": { \"backends\": [\"http://[::1]:9\"] }, \"x-a\": 1, \"// a\": 2 }",
            "\"listeners\": { \"a\": \"[::1]:80\", \"b\": \":81\", \"c\": 82, \"d\": { \"listen\": \"1.2.3.4:5\" } }"})
    void acceptsEveryShortForm(String members) throws ConfigProblems {
        String file = "{ \"listen\": 8080, \"backends\": [\"http://a\"], " + members + " }";
        assertThat(Schema.errors(Schema.parse(file))).isEmpty();
        new ConfigReader(Reading.BALANCERS, name -> "auto").read(file.getBytes(StandardCharsets.UTF_8));
    }

    @Test void isInTheJarByteForByte() throws IOException {
        try (InputStream packed = ConfigReader.class.getResourceAsStream("/lb/lb.schema.json")) {
            assertThat(packed.readAllBytes()).isEqualTo(Files.readAllBytes(Schema.FILE));
        }
    }
}
