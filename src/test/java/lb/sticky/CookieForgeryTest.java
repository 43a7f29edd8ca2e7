package lb.sticky;

import static lb.sticky.StickyFixture.COOKIE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import lb.config.PoolConfig;
import lb.config.StickyConfig;
import lb.config.StickyConfig.SameSite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is not exactly what lb issued says nothing, and is replaced. */
class CookieForgeryTest {
    private static final String KEY = "the key of this pool";
    private static final StickyConfig CONFIG = StickyFixture.cookie(Duration.ofHours(1), KEY);
    private static final PoolConfig POOL = StickyFixture.config("shop", CONFIG, "a", "b");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static String valid() {
        return new StickyFixture(POOL).issued("a");
    }

    static Stream<Arguments> tampered() {
        Map<String, String> cases = new LinkedHashMap<>();
        String valid = valid();
        for (int bit = 0; bit < CookieValue.SIZE * 8; bit += 5) cases.put("bit " + bit + " flipped", flipped(bit));
        spellings(cases, valid);
        strangers(cases);
        return cases.entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    /** The right octets, or nearly, in another form. */
    private static void spellings(Map<String, String> cases, String valid) {
        String body = valid.substring(3);
        cases.put("empty", "");
        cases.put("the version only", "v1.");
        cases.put("no version", body);
        cases.put("an upper-case version", "V1." + body);
        cases.put("another version", "v2." + body);
        cases.put("a longer version", "v01." + body);
        cases.put("no dot", "v1" + body);
        cases.put("a character less", valid.substring(0, valid.length() - 1));
        cases.put("its first half", valid.substring(0, valid.length() / 2));
        cases.put("a character more", valid + "A");
        cases.put("a character more in front", "A" + valid);
        cases.put("padding", valid + "=");
        cases.put("padding in place of its end", valid.substring(0, valid.length() - 1) + "=");
        cases.put("twice", valid + valid);
        cases.put("in quotes", "\"" + valid + "\"");
        cases.put("in quotes, as long as it should be", "\"" + valid.substring(1, valid.length() - 1) + "\"");
        cases.put("a space in it", valid.substring(0, 20) + " " + valid.substring(21));
        cases.put("percent-encoded", valid.replace(".", "%2E"));
        cases.put("the base64 of letters and mail", "v1." + mail(body));
        cases.put("a character of no base64", valid.substring(0, 20) + "!" + valid.substring(21));
        cases.put("an octet beyond ASCII", valid.substring(0, 20) + "\u00e9" + valid.substring(21));
        cases.put("lower case", valid.toLowerCase());
        cases.put("its octets reversed", "v1." + new StringBuilder(body).reverse());
        cases.put("spare bits set", spare(valid, 1));
        cases.put("other spare bits set", spare(valid, 2));
        cases.put("all spare bits set", spare(valid, 3));
        cases.put("all zero", "v1." + "A".repeat(39));
        cases.put("all ones", "v1." + "_".repeat(38) + "8");
        cases.put("huge", "v1." + "A".repeat(4000));
        cases.put("an address", "10.0.0.1:80");
        cases.put("an id", "a");
    }

    /** The right form, of somebody else. */
    private static void strangers(Map<String, String> cases) {
        cases.put("another pool's", new StickyFixture(StickyFixture.config("blog", CONFIG, "a", "b")).issued("a"));
        cases.put("another key's", StickyFixture.of(StickyFixture.cookie(null, KEY + "!"), "a", "b").issued("a"));
        cases.put("no key's", StickyFixture.of(StickyFixture.cookie(null), "a", "b").issued("a"));
        cases.put("another cookie's", otherCookies());
        cases.put("of an unknown backend", StickyFixture.of(CONFIG, "a", "c").issued("c"));
        cases.put("of the future", moved(61));
        cases.put("of a far future", moved((1L << 40) - 1 - StickyFixture.NOW));
        cases.put("expired", moved(-3601));
        cases.put("of 1970", moved(-StickyFixture.NOW));
        cases.put("a tag of another second", mixed(valid(), moved(-1)));
        cases.put("a tag of another backend", mixed(valid(), new StickyFixture(POOL).issued("b")));
    }

    private static String flipped(int bit) {
        byte[] fields = decoded(valid());
        fields[bit / 8] ^= (byte) (0x80 >>> bit % 8);
        return encoded(fields);
    }

    private static String spare(String valid, int bits) {
        int last = ALPHABET.indexOf(valid.charAt(valid.length() - 1));
        return valid.substring(0, valid.length() - 1) + ALPHABET.charAt(last | bits);
    }

    /** In the alphabet of RFC 4648 §4; as a value may hold neither, one is put in. */
    private static String mail(String body) {
        String plain = body.replace('-', '+').replace('_', '/');
        return plain.equals(body) ? "+" + body.substring(1) : plain;
    }

    private static String otherCookies() {
        StickyConfig other = new StickyConfig("x" + COOKIE.substring(1), null, null, false, SameSite.LAX, null, "/",
                CONFIG.keys());
        String fields = StickyFixture.of(other, "a", "b").answered("a", "HTTP/1.1 200 OK");
        return StickyFixture.value(fields.replace("x" + COOKIE.substring(1), COOKIE));
    }

    private static String moved(long seconds) {
        StickyFixture issuer = new StickyFixture(POOL);
        issuer.clockMoves(seconds);
        return issuer.issued("a");
    }

    /** The fields of one and the tag of the other. */
    private static String mixed(String one, String other) {
        byte[] fields = decoded(one);
        System.arraycopy(decoded(other), CookieValue.SIGNED, fields, CookieValue.SIGNED, 16);
        return encoded(fields);
    }

    private static byte[] decoded(String value) {
        return Base64.getUrlDecoder().decode(value.substring(3));
    }

    private static String encoded(byte[] fields) {
        return new String(CookieValue.encode(fields), StandardCharsets.ISO_8859_1);
    }

    @Test void thereAreCasesEnough() {
        assertThat(tampered()).hasSizeGreaterThan(80);
        assertThat(tampered().map(each -> each.get()[1])).doesNotHaveDuplicates().doesNotContain(valid());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tampered")
    void ignoresAndReplaces(String how, String value) {
        StickyFixture fresh = new StickyFixture(POOL);
        assertThat(fresh.session(COOKIE + "=" + value)).isNull();

        StickyFixture knowing = new StickyFixture(POOL);
        String valid = knowing.issued("a");
        assertThat(knowing.session(COOKIE + "=" + valid)).as("what was tampered with").isEqualTo("a");
        assertThat(knowing.session(COOKIE + "=" + value)).as("once the right value is known").isNull();
        assertThat(StickyFixture.value(knowing.answered("a", "HTTP/1.1 200 OK", COOKIE + "=" + value)))
                .as("replaced").isEqualTo(valid);
        assertThat(knowing.session(COOKIE + "=" + value, COOKIE + "=" + valid)).as("beside a valid one").isEqualTo("a");
        assertThat(knowing.sticky().explain(StickyFixture.request(COOKIE + "=" + value))).contains("ignored (");
    }
}
