package lb.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import lb.config.route.BasicAuthConfig;
import lb.http.Failure;
import lb.proxy.Exchange;
import lb.proxy.LocalAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicAuthTest {
    private final BasicAuth auth = new BasicAuth(new BasicAuthConfig("the \"shop\"",
            Map.of("ann", "s:e c\u00e9", "bob", "sha256:salt:" + sha256("saltopen"), "cy", "")));

    @Test void admitsWhoKnowsThePassword() {
        assertThat(asks("Basic " + base64("ann:s:e c\u00e9"))).isNull();
        assertThat(asks("Basic " + base64("bob:open"))).isNull();
        assertThat(asks("Basic " + base64("cy:"))).isNull();
    }

    @Test void takesTheSchemesNameInAnyCaseAndSpacesBehindIt() {
        assertThat(asks("bASIC   " + base64("bob:open"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob:shut", "bob:", "bob", "", "bob:open ", "BOB:open", "ann:open", "dan:open", ":open",
        "bob:sha256:salt:", "cy:x"})
    void refusesEverybodyElse(String credentials) {
        refused(asks("Basic " + base64(credentials)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic ", "Basic ???", "Basic Ym9", "Bearer Ym9iOm9wZW4=", "BasicYm9iOm9wZW4=",
        "Basic Ym9iOm9wZW4=, Basic Ym9iOm9wZW4="})
    void refusesWhatIsNoSuchField(String value) {
        refused(asks(value));
    }

    @Test void asksForNameAndPassword() {
        LocalAnswer answer = auth.request(Asked.by("GET / HTTP/1.1", "Host: a"));
        refused(answer);
        assertThat(answer.fields())
                .isEqualTo("WWW-Authenticate: Basic realm=\"the \\\"shop\\\"\", charset=\"UTF-8\"\r\n");
    }

    /** A second line might be the one that a backend reads. */
    @Test void refusesTwoLinesThoughOneIsRight() {
        String right = "Authorization: Basic " + base64("bob:open");
        refused(auth.request(Asked.by("GET / HTTP/1.1", "Host: a", right, "Authorization: Basic x")));
    }

    @Test void keepsThePasswordFromTheBackend() {
        Exchange exchange = Asked.by("GET / HTTP/1.1", "Host: a", "authorization: Basic " + base64("bob:open"), "B: 1");
        assertThat(auth.request(exchange)).isNull();
        assertThat(Asked.forwarded(auth, exchange)).isEqualTo("GET / HTTP/1.1\r\nHost: a\r\nB: 1\r\n\r\n");
    }

    @Test void refusesAMalformedSecretWithoutRepeatingIt() {
        for (String secret : new String[] {"sha256:hidden", "sha256:salt:hidden", "sha256:salt:" + "0".repeat(63),
            "sha256:" + "0".repeat(64)}) {
            assertThatThrownBy(() -> new BasicAuth(new BasicAuthConfig("lb", Map.of("ann", secret))))
                    .isInstanceOf(IllegalArgumentException.class).message().doesNotContain("hidden", "000");
        }
    }

    private LocalAnswer asks(String authorization) {
        return auth.request(Asked.by("GET / HTTP/1.1", "Host: a", "Authorization: " + authorization));
    }

    private static void refused(LocalAnswer answer) {
        assertThat(answer).isNotNull();
        assertThat(answer.failure()).isEqualTo(Failure.UNAUTHORIZED);
        assertThat(answer.status()).isEqualTo(401);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
