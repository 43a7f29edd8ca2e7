package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import lb.config.HashSource;
import lb.http.Received;
import lb.pool.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which bytes of a request decide: what is written down is always the hash of some text. */
final class AffinityTest {
    private static final String CLIENT = "203.0.113.9";

    private static long of(String source, String... lines) {
        return Affinity.of(source == null ? null : HashSource.parse(source), Received.requestHead(lines),
                CLIENT.getBytes(StandardCharsets.US_ASCII));
    }

    @Test void isNothingWhereNobodyLooksAtIt() {
        assertThat(of(null, "GET / HTTP/1.1", "Host: a")).isZero();
    }

    @Test void isTheClientsAddress() {
        assertThat(of("clientIp", "GET / HTTP/1.1", "Host: a")).isEqualTo(Hash.of(CLIENT));
    }

    @Test void isAHeadersValueWhateverTheCaseOfItsName() {
        for (String name : new String[] {"X-User", "x-user", "X-USER"}) {
            assertThat(of("header:X-User", "GET / HTTP/1.1", "Host: a", "X-Use: no", "X-Users: no", name + ":  Ann  "))
                    .isEqualTo(Hash.of("Ann"));
        }
        assertThat(of("header:x-user", "GET / HTTP/1.1", "Host: a", "X-User: one", "X-User: two"))
                .isEqualTo(Hash.of("one"));
        assertThat(of("header:host", "GET / HTTP/1.1", "Host: shop")).isEqualTo(Hash.of("shop"));
    }

    @ParameterizedTest
    @CsvSource({
        "'session=x1'",
        "'a=1; session=x1'",
        "'a=1;session=x1;b=2'",
        "'xsession=no; session=x1; session=later'",
        "'Session=no; session=x1 '",
        "'session; session=x1'"})
    void isACookiesValue(String cookies) {
        assertThat(of("cookie:session", "GET / HTTP/1.1", "Host: a", "Cookie: " + cookies)).isEqualTo(Hash.of("x1"));
        assertThat(of("cookie:session", "GET / HTTP/1.1", "Host: a", "Cookie: z=1", "Cookie: " + cookies))
                .isEqualTo(Hash.of("x1"));
    }

    @ParameterizedTest
    @CsvSource({
        "/p?user=x1", "/p?a=1&user=x1&b=2", "/?xuser=no&user=x1", "/p?user&user=x1", "http://h/p?user=x1",
        "http://h?user=x1"})
    void isAParametersValue(String target) {
        assertThat(of("query:user", "GET " + target + " HTTP/1.1", "Host: a")).isEqualTo(Hash.of("x1"));
    }

    @ParameterizedTest
    @CsvSource({"/a/b, /a/b", "/a/b?c=/d, /a/b", "http://h:8/a/b?c, /a/b", "https://h/a/b, /a/b", "/a%2Fb, /a%2Fb"})
    void isThePathWithoutTheQuery(String target, String expected) {
        assertThat(of("path", "GET " + target + " HTTP/1.1", "Host: a")).isEqualTo(Hash.of(expected));
    }

    /** Else all who come for the first time would go to one backend. */
    @ParameterizedTest
    @CsvSource({
        "header:X-User, /, 'A: b'", "header:X-User, /, 'X-User:'",
        "cookie:session, /, 'A: session=1'", "cookie:session, /, 'Cookie: session='",
        "cookie:session, /, 'Cookie: s=1'", "cookie:session, /, 'Cookie: session=;a=1'", "cookie:session, /, 'Cookie:'",
        "query:user, /, 'A: b'", "query:user, /?, 'A: b'", "query:user, /?user=, 'A: b'", "query:user, /?user, 'A: b'",
        "query:user, /user=1, 'A: b'"})
    void isTheClientsAddressWhereItIsMissingOrEmpty(String source, String target, String line) {
        assertThat(of(source, "GET " + target + " HTTP/1.1", "Host: a", line)).isEqualTo(Hash.of(CLIENT));
    }
}
