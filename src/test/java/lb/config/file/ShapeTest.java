package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A key that is known is also read: a value that fits nothing is refused under each of them. */
class ShapeTest {
    private static final String POOL = "{ \"pools\": { \"p\": { \"%s\": { @ } } } }";
    private static final String ROUTE = "{ \"listeners\": { \"l\": { \"routes\": [{ \"%s\": { @ } }] } } }";

    /** A file with a hole where the object's members go. */
    private static final Map<Shape, String> FILES = new EnumMap<>(Map.ofEntries(
            Map.entry(Shape.ROOT, "{ @ }"),
            Map.entry(Shape.LISTENER, "{ \"listeners\": { \"l\": { @ } } }"),
            Map.entry(Shape.POOL, "{ \"pools\": { \"p\": { @ } } }"),
            Map.entry(Shape.BACKEND, "{ \"backends\": [{ @ }] }"),
            Map.entry(Shape.BALANCE, "{ \"balance\": { @ } }"),
            Map.entry(Shape.HEALTH, "{ \"health\": { @ } }"),
            Map.entry(Shape.EXPECT, "{ \"health\": { \"path\": \"/\", \"expect\": { @ } } }"),
            Map.entry(Shape.RETRY, "{ \"retry\": { @ } }"),
            Map.entry(Shape.TIMEOUTS, "{ \"timeouts\": { @ } }"),
            Map.entry(Shape.POOL_TIMEOUTS, String.format(POOL, "timeouts")),
            Map.entry(Shape.LIMITS, "{ \"limits\": { @ } }"),
            Map.entry(Shape.POOL_LIMITS, String.format(POOL, "limits")),
            Map.entry(Shape.CONNECTIONS, "{ \"connections\": { @ } }"),
            Map.entry(Shape.OUTLIER, "{ \"outlier\": { @ } }"),
            Map.entry(Shape.SUCCESS_RATE, "{ \"outlier\": { \"successRate\": { @ } } }"),
            Map.entry(Shape.STICKY, "{ \"sticky\": { @ } }"),
            Map.entry(Shape.ROUTE, "{ \"routes\": [{ @ }] }"),
            Map.entry(Shape.MATCH, String.format(ROUTE, "match")),
            Map.entry(Shape.REDIRECT, String.format(ROUTE, "redirect")),
            Map.entry(Shape.RESPOND, String.format(ROUTE, "respond")),
            Map.entry(Shape.BASIC_AUTH, String.format(ROUTE, "basicAuth")),
            Map.entry(Shape.RATE_LIMIT, String.format(ROUTE, "rateLimit")),
            Map.entry(Shape.REWRITE, String.format(ROUTE, "rewrite")),
            Map.entry(Shape.HEADERS, String.format(ROUTE, "headers")),
            Map.entry(Shape.EDITS, "{ \"routes\": [{ \"headers\": { \"request\": { @ } } }] }"),
            Map.entry(Shape.COMPRESS, String.format(ROUTE, "compress")),
            Map.entry(Shape.MIRROR, String.format(ROUTE, "mirror")),
            Map.entry(Shape.ROUTE_TIMEOUTS, String.format(ROUTE, "timeouts")),
            Map.entry(Shape.ROUTE_RETRY, String.format(ROUTE, "retry")),
            Map.entry(Shape.ROUTE_LIMITS, String.format(ROUTE, "limits")),
            Map.entry(Shape.ADMIN, "{ \"admin\": { @ } }"),
            Map.entry(Shape.ACCESS_LOG, "{ \"accessLog\": { @ } }"),
            Map.entry(Shape.LOG, "{ \"log\": { @ } }")));

    static Stream<Arguments> keys() {
        return Stream.of(Shape.values()).flatMap(shape -> shape.keys().stream().map(key -> Arguments.of(shape, key)));
    }

    @Test void isTriedForEveryObject() {
        assertThat(FILES).containsOnlyKeys(Shape.values());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void isReadKeyByKey(Shape shape, String key) {
        String file = FILES.get(shape).replace("@", "\"" + key + "\": [[]]");
        ConfigProblems problems = catchThrowableOfType(ConfigProblems.class, () -> Reading.read(file));
        assertThat(problems.problems())
                .anySatisfy(problem -> {
                    assertThat(problem.path()).matches("(.*\\.)?" + key + "(\\[0])?");
                    assertThat(problem.message()).contains("list does not fit");
                })
                .noneSatisfy(problem -> assertThat(problem.message()).contains("unknown key"));
    }
}
