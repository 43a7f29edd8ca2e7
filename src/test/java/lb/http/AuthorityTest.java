package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "a", "a.b", "A-b_c~", "a:", "a:0", "a:80", "a:65535", "a:00001", "1.2.3.4", "1.2.3.4:5", "[::]", "[::1]",
        "[::1]:", "[::1]:80", "[2001:db8::1]", "[::ffff:1.2.3.4]:443", "%41", "a%4F%4f:80",
        "a;b=c", "a!$&'()*+b"
    })
    void isNameOrAddressWithOrWithoutPort(String text) {
        assertThat(valid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ":", ":80", "a:65536", "a:99999", "a:123456", "a:-1", "a:+1", "a:1a", "a:a", "a:1:2", "a::", "u@a",
        "u:p@a", "a,b", "a b", " a", "a ", "a\t", "a/", "a?", "a#", "a\\", "a\"", "<a>", "[", "]", "[]", "[:]x",
        "[::1", "::1", "[::1]x", "[::1]80", "[::1]:x", "[g::1]", "[::1%25e]", "[v1.a]", "a[", "\u00e9", "a\u007f",
        "a\0", "a|b", "a^b", "a`b", "{a}", "%", "a%", "a%4", "a%zz", "%4g:80",
        "[:]", "[:::::]", "[1.2.3.4]", "[1::2::3]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[::1.2.3]", "[12345::]"
    })
    void isNothingElse(String text) {
        assertThat(valid(text)).isFalse();
    }

    private static boolean valid(String text) {
        // with what could lead astray behind both ends
        byte[] bytes = ("9" + text + "9").getBytes(StandardCharsets.ISO_8859_1);
        return Authority.valid(bytes, 1, bytes.length - 1);
    }
}
