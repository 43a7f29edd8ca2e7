package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lb.testkit.ScriptedBackend;
import org.junit.jupiter.api.Test;

class AdminClientTest {
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();

    @Test void takesAPortAloneForOneOfLoopback() {
        assertThat(AdminClient.address("9902")).isEqualTo("127.0.0.1:9902");
        assertThat(AdminClient.address(":9902")).isEqualTo("127.0.0.1:9902");
    }

    @Test void takesAnAddressAsItIs() {
        assertThat(AdminClient.address("[::1]:9902")).isEqualTo("[::1]:9902");
        assertThat(AdminClient.address("localhost:9902")).isEqualTo("localhost:9902");
    }

    @Test void passesOnWhatIsAnswered() throws Exception {
        assertThat(ask(Duration.ofSeconds(30), 2, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")).isZero();
        assertThat(passed.toString(StandardCharsets.UTF_8)).isEqualTo("ok");
    }

    @Test void givesUpAnAnswerThatComesForEver() {
        assertThatThrownBy(() -> ask(Duration.ofMillis(200), 1 << 20, "HTTP/1.1 200 OK\r\nX-"))
                .isInstanceOf(IOException.class).hasMessage("not whole within 200ms");
    }

    @Test void givesUpAnAnswerThatIsTooLarge() {
        assertThatThrownBy(() -> ask(Duration.ofSeconds(30), 10, "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(11)))
                .isInstanceOf(IOException.class).hasMessage("more than 10 bytes");
    }

    @Test void asksWhereAdminListensUnlessToldOtherwise() {
        assertThat(AdminClient.address(null)).isEqualTo("127.0.0.1:9901");
    }

    /** Of somebody who answers so, and then sends a byte now and then without end. */
    private int ask(Duration deadline, long most, String answer) throws Exception {
        try (ScriptedBackend backend = ScriptedBackend.start()) {
            backend.onRequest(peer -> peer.reply(answer).neverAnswer());
            return new AdminClient(deadline, most, new PrintStream(passed)).ask("http://127.0.0.1:" + backend.port());
        }
    }
}
