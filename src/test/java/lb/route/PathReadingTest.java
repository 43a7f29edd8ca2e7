package lb.route;

import static lb.route.Matches.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lb.http.Head;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a path is in each reading, written down. */
class PathReadingTest {
    private static final PathReading STRICT = new PathReading(PathDecoding.UNRESERVED, false, false, true);
    private static final PathReading LENIENT = new PathReading(PathDecoding.ALL, true, true, true);

    private static String read(PathReading reading, String path) {
        byte[] octets = path.getBytes(StandardCharsets.ISO_8859_1);
        byte[] read = reading.of(octets);
        assertThat(octets).as("stays as it is").isEqualTo(path.getBytes(StandardCharsets.ISO_8859_1));
        return read == null ? null : new String(read, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        // path, strict, lenient
        "/, /, /",
        "/a/b, /a/b, /a/b",
        "/a/b/, /a/b/, /a/b/",
        "/%61%2E%7e%5F, /a.~_, /a.~_",
        "/%c3%a9, /%C3%A9, /\u00c3\u00a9",
        "/%c0%ae, /%C0%AE, /",
        "/a/%c0%ae%C0%AE/b, /a/%C0%AE%C0%AE/b, /b",
        "/a%c0%afb, /a%C0%AFb, /a/b",
        "/a%c1%9cb, /a%C1%9Cb, /a/b",
        "/%c1%a1, /%C1%A1, /a",
        "/%c0%80, /%C0%80,",
        "/%e0%80%ae/a, /%E0%80%AE/a, /a",
        "/%e0%81%a1, /%E0%81%A1, /a",
        "/%f0%80%80%afa, /%F0%80%80%AFa, /a",
        "/%fc%80%80%80%80%aea, /%FC%80%80%80%80%AEa, /.a",
        "/%f0%80%afa, /%F0%80%AFa, /\u00f0\u0080\u00afa",
        "/%e2%82%ac, /%E2%82%AC, /\u00e2\u0082\u00ac",
        "/%c0%2e%80, /%C0.%80, /\u00c0.\u0080",
        "/%80%80, /%80%80, /\u0080\u0080",
        "/a%2fb, /a%2Fb, /a/b",
        "/a%5cb, /a%5Cb, /a/b",
        "/a\\b, /a\\b, /a/b",
        "/%2561, /%2561, /%61",
        "/%, /%, /%",
        "/%4, /%4, /%4",
        "/%4g%g4, /%4g%g4, /%4g%g4",
        "/%u002f, /%u002f, /%u002f",
        "/a;v=1, /a;v=1, /a",
        "/a;v=1/b;w, /a;v=1/b;w, /a/b",
        "/a%3bv, /a%3Bv, /a",
        "/;v/a, /;v/a, /a",
        "/a/;v, /a/;v, /a/",
        "//, //, /",
        "/a//b, /a//b, /a/b",
        "//a///b//, //a///b//, /a/b/",
        "/., /, /",
        "/./, /, /",
        "/.., /, /",
        "/../a, /a, /a",
        "/../../a/.., /, /",
        "/a/., /a/, /a/",
        "/a/./b, /a/b, /a/b",
        "/a/b/.., /a/, /a/",
        "/a/b/../, /a/, /a/",
        "/a/b/../c, /a/c, /a/c",
        "/a/b/../../c, /c, /c",
        "/a/%2e%2E/b, /b, /b",
        "/a/.%2e/b, /b, /b",
        "/a/%252e%252e/b, /a/%252e%252e/b, /a/%2e%2e/b",
        "/a%2f..%2fb, /a%2F..%2Fb, /b",
        "/a\\..\\b, /a\\..\\b, /b",
        "/a/..;/b, /a/..;/b, /b",
        "/a/.;x/b, /a/.;x/b, /a/b",
        "/a//../b, /a/b, /b",
        "/a/..//b, //b, /b",
        "/a/.../b, /a/.../b, /a/.../b",
        "/a/..b/c.., /a/..b/c.., /a/..b/c..",
        "/.well-known/x, /.well-known/x, /.well-known/x"})
    void isWrittenDown(String path, String strict, String lenient) {
        assertThat(read(STRICT, path)).isEqualTo(strict);
        assertThat(read(LENIENT, path)).isEqualTo(lenient);
    }

    @ParameterizedTest
    @CsvSource({
        // parameters, empty, dots
        "true, true, true, /c", "false, true, true, /c", "true, false, true, /a/c", "false, false, true, /a;v/c",
        "true, true, false, /a/../c", "false, true, false, /a;v/../c", "true, false, false, /a//../c",
        "false, false, false, /a;v//../c"})
    void removesWhatItSaysAndNothingElse(boolean parameters, boolean empty, boolean dots, String expected) {
        PathReading reading = new PathReading(PathDecoding.ALL, parameters, empty, dots);
        assertThat(read(reading, "/a;v%2f/../c")).isEqualTo(expected);
    }

    @Test void isNoneWithControlCharacters() {
        for (int octet = 0; octet < 256; octet++) {
            boolean control = octet < ' ' || octet == 0x7f;
            String path = String.format("/a%%%02x", octet);
            assertThat(read(LENIENT, path) == null).as(path).isEqualTo(control);
        }
        assertThat(read(STRICT, "/a%00%0a")).isEqualTo("/a%00%0A");
    }

    @Test void maybeDiffersWhereverItDoes() {
        for (String path : List.of("/a", "/a/b/", "/a.b", "/a./b", "/a/b.c", "/a~b_c-d", "/a:b@c,d=e+f&g", "/*")) {
            Head head = get(path);
            assertThat(PathReading.mayDiffer(head, head.pathStart(), head.pathEnd())).as(path).isFalse();
            for (PathDecoding decoding : PathDecoding.values()) {
                PathReading.of(decoding).forEach(reading -> assertThat(read(reading, path)).isEqualTo(path));
            }
        }
        for (String path : List.of("/%61", "/a;", "/a\\", "//", "/a//", "/a/.", "/a/..", "/./a")) {
            Head head = get(path);
            assertThat(PathReading.mayDiffer(head, head.pathStart(), head.pathEnd())).as(path).isTrue();
        }
    }
}
