package lb.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lb.config.ListenAddress;
import lb.config.TransportChoice;
import lb.connect.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AdminServerTest {
    private static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Transport transport = Transport.choose(TransportChoice.AUTO);
    private final Views views = new Views();
    private AdminServer server;

    @BeforeEach void start() throws IOException {
        server = AdminServer.start(ANY_PORT, transport, views);
        server.accept();
    }

    @AfterEach void close() {
        server.close();
    }

    @Test void saysThatItIsAlive() throws Exception {
        HttpResponse<String> response = get("/livez");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("ok\n");
    }

    @Test void saysWhyItIsNotReady() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        views.readiness = new Readiness(false, "draining", null);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).isEqualTo("draining\n");
    }

    @Test void staysReadyAfterAReloadThatFailedAndTellsOfIt() throws Exception {
        views.readiness = new Readiness(true, null, "last reload failed: lb.json:7:7 unknown key");
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("ok\nlast reload failed: lb.json:7:7 unknown key\n");
    }

    @Test void showsTheWholeStatusAsJson() throws Exception {
        views.reload = new StatusView.Reload(Instant.parse("2026-11-22T14:00:00Z"), false, List.of("\"a\" is wrong"));
        HttpResponse<String> response = get("/api/v1/status");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(new ObjectMapper().readTree(response.body())).isEqualTo(new ObjectMapper().readTree("""
                {"name": "lb", "version": "0.1.0", "java": "17.0.15", "netty": "4.2.20", "transport": "epoll",
                 "pid": 4711, "started": "2026-11-22T13:51:05Z", "uptime": 192.5, "generation": 3,
                 "config": {"path": "lb.json", "hash": "3f2a", "loadedAt": "2026-11-22T13:52:05Z"},
                 "lastReload": {"at": "2026-11-22T14:00:00Z", "ok": false, "problems": ["\\"a\\" is wrong"]},
                 "listeners": [
                   {"name": "http", "address": "0.0.0.0:8080", "port": 8080, "connected": 11, "connections": 1034}],
                 "clients": {"connected": 12, "limit": 40000, "refused": 5},
                 "pools": [
                   {"name": "api", "balance": "roundRobin", "eligible": 1, "tiers": [
                     {"name": "priority 1 in zone eu-1a", "eligible": 1, "share": 0.714},
                     {"name": "backups", "eligible": 1, "share": 0.286}], "unserved": 6, "waiting": 61,
                    "retries": {"connect": 62}, "retriesRefused": {"budget": 63},
                    "retryBudget": {"used": 64, "most": 65}, "backends": [
                     {"id": "b1", "address": "10.0.0.7:8080", "status": "UP", "since": "2026-11-22T13:51:05Z",
                      "forSeconds": 10800.0, "cause": "added", "weight": 2, "share": 0.3,
                      "backup": false, "priority": 1, "zone": "eu-1a", "latencySeconds": 0.036,
                      "inFlight": 31, "connections": 32,
                      "idleConnections": 33, "requests": 34, "failures": 35,
                      "responses": {"1xx": 41, "2xx": 42, "3xx": 43, "4xx": 44, "5xx": 45},
                      "health": {"lastResult": "200 in 3 ms", "lastProbeAt": "2026-11-22T13:51:10Z", "probes": 51,
                                 "failures": 52},
                      "traffic": {"failuresInARow": 46, "ejectedUntil": null, "ejectionsInARow": 47}},
                     {"id": "10.0.0.8:8080", "address": "10.0.0.8:8080", "status": "DOWN",
                      "since": "2026-11-22T13:51:05Z", "forSeconds": 13.0, "cause": "connection refused", "weight": 1,
                      "share": 1.0, "backup": true, "zone": null, "latencySeconds": 0.0,
                      "inFlight": 0, "connections": 0, "idleConnections": 0, "requests": 0, "failures": 0,
                      "responses": {"1xx": 0, "2xx": 0, "3xx": 0, "4xx": 0, "5xx": 0}, "health": null,
                      "traffic": null},
                     {"id": "b3", "address": "10.0.0.9:8080", "status": "EJECTED", "since": "2026-11-22T13:51:05Z",
                      "forSeconds": 3.0, "cause": "5 failures in a row", "weight": 1, "share": 1.0,
                      "backup": false, "priority": 0, "zone": null, "latencySeconds": 0.0, "inFlight": 0,
                      "connections": 0, "idleConnections": 0, "requests": 0, "failures": 0,
                      "responses": {"1xx": 0, "2xx": 0, "3xx": 0, "4xx": 0, "5xx": 0}, "health": null,
                      "traffic": {"failuresInARow": 5, "ejectedUntil": "2026-11-22T13:51:12.300Z",
                                  "ejectionsInARow": 2}}]},
                   {"name": "web/shop", "balance": "weightedRoundRobin", "eligible": 0, "tiers": [], "unserved": 0,
                    "waiting": 0, "retries": {}, "retriesRefused": {},
                    "retryBudget": {"used": 0, "most": 10}, "backends": []}],
                 "exchanges": {"active": 7, "total": 1204, "byCause": {"connect.refused": 9},
                               "byStatus": {"2xx": 1190}},
                 "logs": {"accessDropped": 21, "programDropped": 22},
                 "memory": {"heapUsed": 1000, "heapMax": 2000, "directUsed": 3000}}
                """));
    }

    @Test void showsOnePoolAndOneBackend() throws Exception {
        JsonNode all = json("/api/v1/status");
        assertThat(json("/api/v1/listeners")).isEqualTo(all.get("listeners"));
        assertThat(json("/api/v1/pools")).isEqualTo(all.get("pools"));
        assertThat(json("/api/v1/pools/api")).isEqualTo(all.get("pools").get(0));
        assertThat(json("/api/v1/pools/web%2Fshop")).isEqualTo(all.get("pools").get(1));
        JsonNode backends = all.get("pools").get(0).get("backends");
        assertThat(json("/api/v1/pools/api/backends/b1")).isEqualTo(backends.get(0));
        assertThat(json("/api/v1/pools/api/backends/10.0.0.8:8080")).isEqualTo(backends.get(1));
        assertThat(json("/api/v1/pools/api/backends/10.0.0.8%3A8080")).isEqualTo(backends.get(1));
    }

    @Test void showsTablesForTheTerminal() throws Exception {
        assertThat(get("/status.txt").body()).isEqualTo("""
                lb 0.1.0, Java 17.0.15, Netty 4.2.20, epoll, pid 4711, up 3m12s
                config      lb.json, generation 3, since 2026-11-22T13:52:05Z
                clients     12 of 40000, 5 refused
                exchanges   7 active, 1204 ended, 1190 2xx
                failures    9 connect.refused

                listener  address       port  connected  connections
                http      0.0.0.0:8080  8080  11         1034

                pool api: roundRobin, 1 of 3 eligible, 6 unserved, 61 waiting
                requests go  71% to priority 1 in zone eu-1a, 29% to backups
                retried      62 connect
                not retried  63 budget
                retry budget 64 of 65 used in 10s
                backend        address        status   for  weight    tier        in flight  requests  failures  \
                latency  2xx  3xx  4xx  5xx  cause
                b1             10.0.0.7:8080  UP       3h   2 at 30%  1 in eu-1a  31         34        35        \
                36ms     42   43   44   45   added
                10.0.0.8:8080  10.0.0.8:8080  DOWN     13s  1         backup      0          0         0         \
                –        0    0    0    0    connection refused
                b3             10.0.0.9:8080  EJECTED  3s   1         0           0          0         0         \
                –        0    0    0    0    5 failures in a row; ejected until 2026-11-22T13:51:12Z

                pool web/shop: weightedRoundRobin, 0 of 0 eligible, 0 unserved
                backend  address  status  for  weight  tier  in flight  requests  failures  latency  2xx  3xx  4xx  \
                5xx  cause
                """);
    }

    @Test void answersWhatItDoesNotKnowWithAProblem() throws Exception {
        for (String path : new String[] {"/nothing", "/api/v1/pools/none", "/api/v1/pools/api/backends/b9", "/a/"}) {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            JsonNode problem = new ObjectMapper().readTree(response.body());
            assertThat(problem.get("status").asInt()).isEqualTo(404);
            assertThat(problem.get("instance").asText()).isEqualTo(path);
        }
        assertThat(get("/api/v1/pools/none").body()).contains("no pool is called \\\"none\\\"");
    }

    @Test void refusesMethodsThatWouldWriteAndSaysWhatIsTaken() throws Exception {
        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
            HttpResponse<String> response = send(request("/livez").method(method, BodyPublishers.ofString("{}")));
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
        }
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test void answersHeadLikeGetWithoutTheBody() throws Exception {
        HttpResponse<String> response = send(request("/livez").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("Content-Length")).contains("3");
    }

    @Test void keepsBrowsersFromGuessingAndKeeping() throws Exception {
        for (String path : new String[] {"/livez", "/api/v1/status", "/nothing"}) {
            HttpResponse<String> response = get(path);
            assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(response.headers().firstValue("Content-Security-Policy")).get().asString().contains("'none'");
        }
    }

    @Test void keepsTheConnectionForTheNextRequestOnEveryTransport() throws Exception {
        for (TransportChoice choice : new TransportChoice[] {TransportChoice.NIO, TransportChoice.AUTO}) {
            try (AdminServer each = AdminServer.start(ANY_PORT, Transport.choose(choice), views);
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), each.port())) {
                each.accept();
                for (int i = 0; i < 3; i++) {
                    for (String piece : new String[] {"GET /livez HTTP/1.1\r\nHo", "st: localhost\r\n\r", "\n"}) {
                        socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
                    }
                    StringBuilder answer = new StringBuilder();
                    while (!answer.toString().endsWith("\r\n\r\nok\n")) {
                        answer.append((char) socket.getInputStream().read());
                    }
                    assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n");
                }
            }
        }
    }

    @Test void refusesForeignHosts() throws Exception {
        assertThat(raw("GET /livez HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ").doesNotContain("ok\n");
        assertThat(raw("GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 403 ");
        assertThat(raw("GET /livez HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test void tellsOfAFaultOfItsOwnAndGoesOn() throws Exception {
        views.broken = true;
        assertThat(get("/api/v1/status").statusCode()).isEqualTo(500);
        assertThat(get("/api/v1/status").body()).doesNotContain("on purpose");
        views.broken = false;
        assertThat(get("/api/v1/status").statusCode()).isEqualTo(200);
    }

    @Test void listensOnLoopbackOnly() {
        assertThatThrownBy(() -> AdminServer.start(new ListenAddress("0.0.0.0", 0), transport, views))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("admin: 0.0.0.0:0 (expected: a loopback address)");
        assertThatThrownBy(() -> AdminServer.start(new ListenAddress("10.1.2.3", 0), transport, views))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test void saysThatItsPortIsTaken() {
        ListenAddress taken = new ListenAddress("127.0.0.1", server.port());
        assertThatThrownBy(() -> AdminServer.start(taken, transport, views)).isInstanceOf(IOException.class)
                .hasMessage("cannot listen on " + taken + " for admin: already in use");
    }

    @Test void leavesNothingBehindWhenItCloses() throws Exception {
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        server.close();
        int port = server.port();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("lb-admin")));
    }

    @Test void measuresItsOwnMemory() {
        MemoryView memory = MemoryView.now();
        assertThat(memory.heapUsed()).isPositive().isLessThanOrEqualTo(memory.heapMax());
        assertThat(memory.rss()).isGreaterThan(memory.heapUsed() / 2);
    }

    private JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(get(path).body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
