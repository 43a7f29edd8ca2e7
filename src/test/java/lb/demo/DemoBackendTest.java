package lb.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoBackendTest {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private DemoBackend backend;

    @AfterEach void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    @Test void answersWithItsNameAndTheRequestLine() throws Exception {
        start(0);
        try (Socket client = connect()) {
            String answer = ask(client, "/x?y=1");
            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("X-Demo-Backend: moody\r\n")
                    .endsWith("\r\n\r\nmoody answers GET /x?y=1\n");
        }
    }

    @Test void closesTheConnectionInPlaceOfEverySoManiethAnswer() throws Exception {
        start(3);
        for (int round = 0; round < 2; round++) {
            try (Socket client = connect()) {
                assertThat(ask(client, "/1")).startsWith("HTTP/1.1 200");
                assertThat(ask(client, "/healthz")).startsWith("HTTP/1.1 200");
                assertThat(ask(client, "/2")).startsWith("HTTP/1.1 200");
                assertThat(ask(client, "/3")).isEmpty();
            }
        }
    }

    @Test void refusesAndCutsConnectionsWhileItIsDownAndComesBackOnItsPort() throws Exception {
        start(0);
        try (Socket client = connect()) {
            assertThat(ask(client, "/before")).startsWith("HTTP/1.1 200");
            onLoop(backend::die);
            assertThat(ended(client)).isTrue();
        }
        await().atMost(Duration.ofSeconds(5)).untilAsserted(
                () -> assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class));
        onLoop(backend::comeBack);
        await().atMost(Duration.ofSeconds(5)).ignoreExceptions().untilAsserted(() -> {
            try (Socket client = connect()) {
                assertThat(ask(client, "/after")).startsWith("HTTP/1.1 200");
            }
        });
    }

    private void start(int closeEvery) throws Exception {
        int port = FreePort.from(9101);
        backend = new DemoBackend(new DemoBackend.Manner("moody", 1, closeEvery, true), (EventLoop) group.next(), port);
        backend.open().sync();
    }

    private void onLoop(Runnable task) throws Exception {
        group.next().submit(task).get(5, TimeUnit.SECONDS);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(5_000);
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", backend.port()), 5_000);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    /** @return the whole answer, or nothing when the connection ended */
    private static String ask(Socket client, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0 || !answer.toString().endsWith("\n")
                || answer.toString().endsWith("\r\n")) {
            int octet = client.getInputStream().read();
            if (octet < 0) return answer.toString();
            answer.append((char) octet);
        }
        return answer.toString();
    }

    private static boolean ended(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }
}
