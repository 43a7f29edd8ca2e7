package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import lb.config.BalanceConfig;
import lb.config.RetryConfig;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.testkit.Configs;
import lb.testkit.Conversation;
import lb.testkit.LogCapture;
import lb.testkit.Message;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A balancer that came in a jar of its own throws: the request in question is answered, nobody else notices. */
class BalancerFailsTest extends ProxyTest {
    private final ScriptedBackend other = backend();
    private final LogCapture log = open(LogCapture.of("lb.proxy.Exchange"));

    @BeforeEach void afterItsFirstPick() {
        start(failing());
        assertThat(exchange(get("/")).status()).isEqualTo(500);
    }

    private Configs failing() {
        return Configs.of(backend.port(), other.port()).outlier(null).balance(BalanceConfig.of("failing"))
                .retry(new RetryConfig(2, true, true, true, Set.of(503), Duration.ofSeconds(10), 1));
    }

    @AfterEach void nothingIsLeft() {
        Pool pool = daemon().topology().pools().get("default");
        await().until(() -> pool.backends().stream().mapToInt(Backend::inFlight).sum() == 0);
        assertThat(log.lines()).isNotEmpty().allMatch(line -> line.contains("failed through a fault of our own"));
    }

    private void isAnsweredByUs(RawClient client) {
        Message answer = client.send(get("/")).readResponse();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).contains("cause: proxy.error");
    }

    @Test void theSameClientGoesOn() {
        start(failing());
        RawClient client = client();
        isAnsweredByUs(client);
        assertThat(client.send(get("/")).readResponse().text()).isEqualTo("ok");
    }

    @Test void answersARequestThatCouldNotConnect() {
        backend.stopListening();
        isAnsweredByUs(client());
    }

    @Test void answersARequestThatWasCutOff() {
        backend.onRequest(Conversation::close);
        isAnsweredByUs(client());
    }

    @Test void answersARequestWhoseAnswerIsListedForRetry() {
        backend.onRequest(peer -> peer.reply("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy"));
        RawClient client = client();
        isAnsweredByUs(client);
        isAnsweredByUs(client);
    }
}
