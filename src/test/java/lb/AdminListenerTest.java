package lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lb.admin.ListenerView;
import lb.admin.PoolView;
import lb.admin.Readiness;
import lb.admin.StatusSource;
import lb.admin.StatusView;
import lb.config.AdminConfig;
import lb.config.ListenAddress;
import lb.config.TransportChoice;
import lb.connect.Transport;
import lb.testkit.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminListenerTest {
    private static final String ASK = "GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final AdminConfig config = new AdminConfig(new ListenAddress("127.0.0.1", 0));
    private final AdminListener admin = new AdminListener(Transport.choose(TransportChoice.NIO), new Ready());

    @AfterEach void close() {
        admin.close();
    }

    @Test void answersNobodyBeforeItTakesEffectAndThenThoseWhoWaited() throws Exception {
        AdminListener.Prepared prepared = admin.prepare(config);
        try (RawClient early = RawClient.connect(prepared.server().port())) {
            early.send(ASK).expectNothing(Duration.ofMillis(300));
            admin.swap(prepared);
            assertThat(early.readResponse().status()).isEqualTo(200);
        }
    }

    @Test void oneThatIsGivenUpAnswersNobody() throws Exception {
        AdminListener.Prepared prepared = admin.prepare(config);
        try (RawClient early = RawClient.connect(prepared.server().port())) {
            admin.giveUp(prepared);
            assertThat(early.trySend(ASK).readAll()).isEmpty();
        }
        assertThat(admin.port()).isEqualTo(-1);
    }

    @Test void oneThatStaysGoesOnAnswering() throws Exception {
        admin.swap(admin.prepare(config));
        try (RawClient client = RawClient.connect(admin.port())) {
            assertThat(client.send(ASK).readResponse().status()).isEqualTo(200);
            admin.swap(admin.prepare(config));
            assertThat(client.send(ASK).readResponse().status()).isEqualTo(200);
        }
    }

    private static final class Ready implements StatusSource {
        @Override public Readiness readiness() {
            return new Readiness(true, null, null);
        }

        @Override public StatusView status() {
            throw new UnsupportedOperationException();
        }

        @Override public List<ListenerView> listeners() {
            return List.of();
        }

        @Override public List<PoolView> pools() {
            return List.of();
        }
    }
}
