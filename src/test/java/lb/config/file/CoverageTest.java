package lb.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import lb.config.route.MatchConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                             | { 'path': '/a' }                              | true
            { 'path': '/a' }                               | {}                                            | false
            { 'path': '/v1/*' }                            | { 'path': '/v1/*' }                           | true
            { 'path': '/v1/*' }                            | { 'path': '/v1' }                             | true
            { 'path': '/v1/*' }                            | { 'path': ['/v1/a', '/v1/*/b', '/v1/a*'] }    | true
            { 'path': '/v1/*' }                            | { 'path': '/v10' }                            | false
            { 'path': '/v1/*' }                            | { 'path': '/v1*' }                            | false
            { 'path': '/v1*' }                             | { 'path': ['/v1/*', '/v10'] }                 | true
            { 'path': '/v1*' }                             | { 'path': '/v*' }                             | false
            { 'path': '/*' }                               | { 'path': '/' }                               | true
            { 'path': '/a/*/c' }                           | { 'path': '/a/b/c' }                          | false
            { 'path': ['/a', '/b'] }                       | { 'path': '/b' }                              | true
            { 'path': '/b' }                               | { 'path': ['/a', '/b'] }                      | false
            { 'host': '*.b' }                              | { 'host': ['a.b', '*.a.b', '*.b'] }           | true
            { 'host': '*.b' }                              | { 'host': 'b' }                               | false
            { 'host': '*.b' }                              | { 'host': 'ab' }                              | false
            { 'host': 'b' }                                | { 'host': '*.b' }                             | false
            { 'host': 'a', 'path': '/*' }                  | { 'host': 'a', 'path': '/x' }                 | true
            { 'host': 'a', 'path': '/*' }                  | { 'path': '/x' }                              | false
            { 'method': ['GET', 'PUT'] }                   | { 'method': 'PUT' }                           | true
            { 'method': 'GET' }                            | { 'method': ['GET', 'PUT'] }                  | false
            { 'header': { 'A': true } }                    | { 'header': { 'a': '1', 'b': '2' } }          | true
            { 'header': { 'a': '1' } }                     | { 'header': { 'a': true } }                   | false
            { 'header': { 'a': '1' } }                     | { 'header': { 'a': '2' } }                    | false
            { 'query': { 'a': '1' } }                      | { 'query': { 'a': '1' }, 'path': '/x' }       | true
            { 'query': { 'a': true } }                     | { 'query': { 'A': '1' } }                     | false
            """)
    void knowsWhenOneMatchTakesAllOfAnother(String wide, String narrow, boolean covers) throws ConfigProblems {
        assertThat(Coverage.covers(match(wide), match(narrow))).isEqualTo(covers);
    }

    private static MatchConfig match(String text) throws ConfigProblems {
        return Reading.with("\"routes\": [{ \"match\": " + text.replace('\'', '"') + " }]").listeners().get("default")
                .routes().get(0).match();
    }
}
