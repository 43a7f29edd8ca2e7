package lb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionOptionsTest {
    @Test void findsAnOptionAnywhereInAnyLine() {
        for (String value : new String[] {"close", "CLOSE", "a,close", "close,a", "a, close , b", ",,close,,",
                "\tclose\t"}) {
            assertThat(ConnectionOptions.contains(request("Connection: " + value), "close")).as(value).isTrue();
        }
        assertThat(ConnectionOptions.contains(request("Connection: a", "connection: close"), "close")).isTrue();
    }

    @Test void doesNotFindPartsOfOptions() {
        for (String value : new String[] {"", ",", " , ,", "closed", "xclose", "clo se", "close;a", "clos",
                "\"close\""}) {
            assertThat(ConnectionOptions.contains(request("Connection: " + value), "close")).as(value).isFalse();
        }
        assertThat(ConnectionOptions.contains(request("X-Connection: close"), "close")).isFalse();
    }

    @Test void knowsWhoKeepsItsConnection() {
        assertThat(ConnectionOptions.persistent(request())).isTrue();
        assertThat(ConnectionOptions.persistent(request("Connection: x"))).isTrue();
        assertThat(ConnectionOptions.persistent(request("Connection: keep-alive"))).isTrue();
        assertThat(ConnectionOptions.persistent(request("Connection: close"))).isFalse();
        assertThat(ConnectionOptions.persistent(request("Connection: keep-alive, close"))).isFalse();
        assertThat(ConnectionOptions.persistent(request("Proxy-Connection: close"))).isTrue();
        assertThat(ConnectionOptions.persistent(old())).isFalse();
        assertThat(ConnectionOptions.persistent(old("Connection: x"))).isFalse();
        assertThat(ConnectionOptions.persistent(old("Connection: Keep-Alive"))).isTrue();
        assertThat(ConnectionOptions.persistent(old("Connection: keep-alive", "Connection: close"))).isFalse();
    }

    @Test void removesWhatIsNominatedInAnySpelling() {
        assertThat(afterNomination("Connection: x-a, ,X-B", "X-A: 1", "x-a: 2", "X-b: 3", "X-AB: 4", "X-C: 5"))
                .containsExactly("Connection", "X-AB", "X-C");
        assertThat(afterNomination("Connection: a", "Connection: b", "A: 1", "B: 2", "C: 3"))
                .containsExactly("Connection", "Connection", "C");
        assertThat(afterNomination("Connection: a b, c=d", "A: 1", "B: 2", "C: 3"))
                .containsExactly("Connection", "A", "B", "C");
    }

    @Test void aNominationNeverTakesAKnownNameAway() {
        for (FieldName each : FieldName.values()) {
            // what is not a plain line of a request: nameless ones, and those that make it another request
            if (each == FieldName.OTHER || each == FieldName.UNDERSCORED || each == FieldName.X_FORWARDED_REST
                    || each == FieldName.HOST || each == FieldName.TRANSFER_ENCODING
                    || each == FieldName.CONTENT_LENGTH) {
                continue;
            }
            assertThat(afterNomination("Connection: " + each, each + ": x")).as(each.toString()).hasSize(2);
        }
        assertThat(afterNomination("Connection: content-length, host", "Content-Length: 0"))
                .containsExactly("Connection", "Content-Length");
        assertThat(afterNomination("Connection: x-forwarded-any, x_forwarded_for",
                "X-Forwarded-Any: 1", "X-Forwarded-For: 1")).hasSize(3);
    }

    @Test void aNominationNeverTakesAStandardFieldOfTheEndsAway() {
        for (String name : new String[] {"Origin", "range", "If-None-Match", "Sec-Fetch-Site", "Content-Language",
                "Access-Control-Request-Method", "WWW-Authenticate", "traceparent"}) {
            assertThat(afterNomination("Connection: close, " + name, name + ": x")).as(name).hasSize(2);
        }
        assertThat(afterNomination("Connection: sec-, if, originx", "Sec-: 1", "If: 2", "OriginX: 3"))
                .containsExactly("Connection");
    }

    private static List<String> afterNomination(String... lines) {
        Head head = request(lines);
        ConnectionOptions.removeNominated(head);
        List<String> left = new ArrayList<>();
        for (int i = 1; i < head.count(); i++) if (!head.removed(i)) left.add(head.nameText(i));
        return left;
    }

    private static Head request(String... lines) {
        return head("GET / HTTP/1.1", lines);
    }

    private static Head old(String... lines) {
        return head("GET / HTTP/1.0", lines);
    }

    private static Head head(String start, String... lines) {
        List<String> all = new ArrayList<>(List.of(start, "Host: a"));
        all.addAll(List.of(lines));
        return Received.requestHead(all.toArray(String[]::new));
    }
}
