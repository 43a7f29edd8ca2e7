package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignWordsTest {
    private static List<String> warnings(String members) throws ConfigProblems {
        return Reading.warnings("{ \"listen\": 1, \"backends\": [\"http://a\"],\n" + members + " }");
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void holdsNoKeyThatLbKnowsInThatPlace(Shape shape) {
        assertThat(shape.keys()).allSatisfy(key -> assertThat(ForeignWords.hint(shape, key)).isNull());
    }

    @ParameterizedTest
    @CsvSource({"proxy_pass, '; write \"pool\"'", "ProxyPass, '; write \"pool\"'", "host, '; it stands in \"match\"'",
        "stripPrefix, '; it stands in \"rewrite\"'", "nothing, "})
    void readsThemInEverySpelling(String key, String hint) {
        assertThat(ForeignWords.hint(Shape.ROUTE, key)).isEqualTo(hint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://$host$request_uri", "https://a/$1", "https://%[req.hdr(host)]/"})
    void warnsOfVariablesThatNobodyFillsIn(String location) throws ConfigProblems {
        assertThat(warnings("\"routes\": [{ \"redirect\": \"" + location + "\" }]")).singleElement().asString()
                .startsWith("lb.json:2:26 ").contains("is sent as it stands here");
        assertThat(warnings("\"routes\": [{ \"redirect\": { \"to\": \"" + location + "\" } }]")).hasSize(1);
        assertThat(warnings("\"routes\": [{ \"headers\": { \"request\": { \"set\": { \"X-A\": \"" + location
                + "\" } } } }]")).hasSize(1);
    }

    @Test void letsMoneyAndPercentSignsPass() throws ConfigProblems {
        String headers = "{ \"response\": { \"set\": { \"X-A\": \"US$ 5, 100%\" } } }";
        assertThat(warnings("\"routes\": [{ \"headers\": " + headers + " }]")).isEmpty();
    }

    @Test void warnsOfAPoolThatTakesNoRequests() throws ConfigProblems {
        assertThat(Reading.warnings("{ \"listen\": 1, \"backends\": [{ \"url\": \"http://a\", \"weight\": 0 }] }"))
                .singleElement().asString().contains("every backend has weight 0");
    }
}
