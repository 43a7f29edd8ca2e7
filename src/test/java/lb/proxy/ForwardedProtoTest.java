package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import lb.http.FieldName;
import lb.http.Head;
import lb.http.Received;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForwardedProtoTest {
    private static boolean https(String value) {
        Head head = Received.requestHead("GET / HTTP/1.1", "Host: a", "Forwarded: " + value);
        int line = head.find(FieldName.FORWARDED, 0);
        return ForwardedProto.is("https", head, head.valueStart(line), head.valueEnd(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proto=https", "for=192.0.2.43;proto=https;by=10.0.0.1", "proto=https, for=10.0.0.1",
        "for=\"[2001:db8::1]:80\"; Proto=\"HTTPS\" ", "for=\"a;b,c\\\"d\";proto=https", "proto=https;proto=http"})
    void readsItInTheFirstElement(String value) {
        assertThat(https(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "for=192.0.2.43", "proto=http", "for=192.0.2.43, proto=https", "proto=httpsx",
        "proto=", "proto=\"", "proto=\"https", "host=\"a;proto=https\"", "xproto=https", ";;,proto=https",
        "for=\"open;proto=https", "for=\"a\\", "proto = https"})
    void takesNothingElseForIt(String value) {
        assertThat(https(value)).isFalse();
    }
}
