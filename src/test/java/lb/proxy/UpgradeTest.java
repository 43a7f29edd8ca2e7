package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import lb.http.Received;
import org.junit.jupiter.api.Test;

final class UpgradeTest {
    @Test void isAskedForByBothFieldsInHttp11() {
        assertThat(asked("GET / HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket")).isTrue();
        assertThat(asked("GET / HTTP/1.1", "Connection: keep-alive, UPGRADE", "Upgrade: a, b/2")).isTrue();
        assertThat(asked("GET / HTTP/1.1", "Upgrade: websocket")).isFalse();
        assertThat(asked("GET / HTTP/1.1", "Connection: Upgrade")).isFalse();
        assertThat(asked("GET / HTTP/1.1", "Connection: Upgrade", "Upgrade:")).isFalse();
        assertThat(asked("GET / HTTP/1.1", "Connection: Upgrade", "Upgrade: a", "Upgrade: b")).isFalse();
        assertThat(asked("GET / HTTP/1.0", "Connection: Upgrade", "Upgrade: websocket")).isFalse();
    }

    @Test void isNeverPassedOnForH2c() {
        assertThat(asked("GET / HTTP/1.1", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c")).isFalse();
        assertThat(asked("GET / HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket, H2C")).isFalse();
    }

    @Test void isAgreedToByAProtocolThatWasAskedFor() {
        assertThat(agreed("websocket", "Connection: Upgrade", "Upgrade: WebSocket")).isTrue();
        assertThat(agreed("a, b/2", "Connection: upgrade", "Upgrade: b/2")).isTrue();
        assertThat(agreed("websocket", "Connection: Upgrade", "Upgrade: other")).isFalse();
        assertThat(agreed("websocket", "Connection: Upgrade")).isFalse();
        assertThat(agreed("websocket", "Upgrade: websocket")).isFalse();
        assertThat(agreed("a, b", "Connection: upgrade", "Upgrade: a, b")).isFalse();
    }

    private static boolean asked(String start, String... lines) {
        String[] all = new String[lines.length + 2];
        all[0] = start;
        all[1] = "Host: a";
        System.arraycopy(lines, 0, all, 2, lines.length);
        return Upgrade.asked(Received.requestHead(all));
    }

    private static boolean agreed(String asked, String... lines) {
        String[] all = new String[lines.length + 1];
        all[0] = "HTTP/1.1 101 Switching";
        System.arraycopy(lines, 0, all, 1, lines.length);
        return Upgrade.agreed(Received.requestHead("GET / HTTP/1.1", "Host: a", "Connection: upgrade", "Upgrade: "
                + asked),
                Received.responseHead(all));
    }
}
