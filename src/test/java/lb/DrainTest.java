package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import lb.config.Config;
import lb.config.ConnectionsConfig;
import lb.testkit.BlackHole;
import lb.testkit.Configs;
import lb.testkit.Conversation;
import lb.testkit.LogFile;
import lb.testkit.Message;
import lb.testkit.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** lb stops: what runs may end, nothing begins. */
class DrainTest extends ProxyTest {
    @Test void aRunningExchangeEndsAndItsClientIsToldToGo() {
        CountDownLatch answer = new CountDownLatch(1);
        backend.onRequest(peer -> peer.await(answer).ok("the last"));
        RawClient client = client().send(get("/"));
        backend.awaitHeads(1);

        CompletableFuture<Void> stopped = daemon().drain();
        awaitRefusing();
        assertThat(stopped).isNotDone();
        answer.countDown();
        Message response = client.readResponse();
        assertThat(response.text()).isEqualTo("the last");
        assertThat(response.value("Connection")).isEqualToIgnoringCase("close");
        client.expectClosed();
        assertThat(stopped).succeedsWithin(RawClient.DEADLINE);
    }

    @Test void anAnswerWhoseHeadWasSentArrivesWhole() {
        CountDownLatch rest = new CountDownLatch(1);
        backend.onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc")
                .await(rest).reply("def"));
        RawClient client = client().send(get("/"));
        client.readResponseHead();
        CompletableFuture<Void> stopped = daemon().drain();
        awaitRefusing();
        rest.countDown();
        assertThat(client.readRest("GET").text()).isEqualTo("abcdef");
        client.expectClosed();
        assertThat(stopped).succeedsWithin(RawClient.DEADLINE);
    }

    @Test void aClientWithoutARequestIsClosedAtOnce() {
        RawClient client = client().send(get("/"));
        client.readResponse();
        CompletableFuture<Void> stopped = daemon().drain();
        client.expectClosed();
        assertThat(stopped).succeedsWithin(Duration.ofSeconds(3));
    }

    @Test void whatDoesNotEndInTimeIsCut() {
        start(Configs.of(backend.port()).drain(Duration.ofMillis(300)));
        backend.onRequest(Conversation::neverAnswer);
        RawClient client = client().send(get("/"));
        backend.awaitHeads(1);
        assertThat(daemon().drain()).succeedsWithin(Duration.ofSeconds(4));
        daemon().close();
        assertThat(client.readAll()).doesNotContain(" 200 ");
        backend.awaitOpenConnections(0);
    }

    @Test void whatIsCutIsAnsweredAndLoggedAsOurDoing(@TempDir Path folder) {
        Path file = folder.resolve("access.txt");
        start(Configs.of(backend.port()).drain(Duration.ofMillis(300)).accessLog(file));
        backend.onRequest(Conversation::neverAnswer);
        RawClient client = client().send(get("/"));
        backend.awaitHeads(1);
        assertThat(daemon().drain()).succeedsWithin(Duration.ofSeconds(4));
        daemon().close();
        assertThat(client.readResponse().status()).isEqualTo(503);
        assertThat(new LogFile(file).lines()).singleElement().asString()
                .contains("\"lb.end\":\"proxy.drained\"").contains("\"http.response.status_code\":503");
    }

    @Test void whatWaitsInLineIsAnsweredAndLoggedWhenTheTimeIsOver(@TempDir Path folder) {
        Path file = folder.resolve("access.txt");
        start(Configs.of(backend.port()).drain(Duration.ofMillis(300)).accessLog(file)
                .connections(new ConnectionsConfig(1, Duration.ofSeconds(30), 1, 10, Duration.ofHours(1))));
        backend.onRequest(Conversation::neverAnswer);
        RawClient carried = client().send(get("/carried"));
        backend.awaitHeads(1);
        RawClient waiting = client().send(get("/waiting"));
        Awaitility.await().until(() -> daemon().lanes().active() == 2);
        assertThat(daemon().drain()).succeedsWithin(RawClient.DEADLINE);
        daemon().close();
        for (RawClient client : List.of(carried, waiting)) {
            assertThat(client.readResponse().text()).contains("cause: proxy.drained");
        }
        assertThat(new LogFile(file).lines()).hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("\"lb.end\":\"proxy.drained\""));
    }

    @Test void whatIsStillConnectingIsAnsweredAndLoggedWhenTheTimeIsOver(@TempDir Path folder) {
        Path file = folder.resolve("access.txt");
        try (BlackHole silent = new BlackHole()) {
            start(Configs.of(silent.port()).drain(Duration.ofMillis(300)).accessLog(file)
                    .connect(Duration.ofHours(1)));
            RawClient client = client().send(get("/"));
            Awaitility.await().until(() -> daemon().lanes().active() == 1);
            assertThat(daemon().drain()).succeedsWithin(RawClient.DEADLINE);
            daemon().close();
            assertThat(client.readResponse().text()).contains("cause: proxy.drained");
            assertThat(new LogFile(file).lines()).singleElement().asString()
                    .contains("\"lb.end\":\"proxy.drained\"").contains("\"http.response.status_code\":503");
        }
    }

    @Test void drainingTwiceIsDrainingOnce() {
        client().send(get("/")).readResponse();
        Daemon daemon = daemon();
        daemon.drain();
        assertThat(daemon.drain()).succeedsWithin(RawClient.DEADLINE);
    }

    @Test void aReloadWhileItStopsIsRefusedAndNotTakenForDone() {
        CountDownLatch answer = new CountDownLatch(1);
        backend.onRequest(peer -> peer.await(answer).ok("the last"));
        RawClient client = client().send(get("/"));
        backend.awaitHeads(1);
        CompletableFuture<Void> stopped = daemon().drain();
        long before = daemon().topology().generation();
        assertThatThrownBy(() -> daemon().reload(Configs.of(backend.port()).build()))
                .isInstanceOf(ReloadFailure.class).hasMessage("lb is stopping");
        assertThat(daemon().topology().generation()).isEqualTo(before);
        answer.countDown();
        client.readResponse();
        assertThat(stopped).succeedsWithin(RawClient.DEADLINE);
    }

    @Test void aReloadAskedForAfterTheEndIsNoFault(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("lb.json"), "{}");
        ConfigSource source = new ConfigSource(Arguments.parse(new String[] {"--config", file.toString()}));
        Reloads reloads = new Reloads(source, daemon(), null, Files.readAllBytes(file));
        reloads.watch(file);
        daemon().close();
        assertThatCode(reloads::now).doesNotThrowAnyException();
    }

    @Test void closingEndsEverythingNowAndOnce() {
        backend.onRequest(Conversation::neverAnswer);
        RawClient client = client().send(get("/"));
        backend.awaitHeads(1);
        int port = daemon().port(Config.DEFAULT);
        daemon().close();
        client.readAll();
        assertThatThrownBy(() -> RawClient.connect(port)).hasMessageContaining("no connection");
        backend.awaitOpenConnections(0);
        daemon().close();
    }

    @Test void aControlThreadThatIsStuckDoesNotKeepItFromEnding() {
        CountDownLatch stuck = new CountDownLatch(1);
        Daemon daemon = daemon();
        daemon.control().execute(() -> awaitQuietly(stuck));
        CompletableFuture<Void> closed = CompletableFuture.runAsync(daemon::close);
        try {
            assertThat(closed).succeedsWithin(Duration.ofSeconds(30));
        } finally {
            stuck.countDown();
            closed.join();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitRefusing() {
        int port = daemon().port(Config.DEFAULT);
        Awaitility.await().until(() -> {
            try (RawClient late = RawClient.connect(port)) {
                return late.trySend(get("/late")).readAll().isEmpty();
            } catch (AssertionError refused) {
                return true;
            }
        });
    }
}
