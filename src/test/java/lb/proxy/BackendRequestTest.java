package lb.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import lb.config.BackendConfig;
import lb.http.Head;
import lb.http.HeadWriter;
import lb.http.Received;
import lb.pool.Backend;
import org.junit.jupiter.api.Test;

/** What a backend gets to read, forwarding fields included. */
final class BackendRequestTest {
    private static final String STRANGER = "203.0.113.9";

    @Test void tellsWhoIsAsking() {
        assertThat(edited("GET /p HTTP/1.1", "Host: a", "A: b")).containsExactly("GET /p HTTP/1.1", "Host: a", "A: b",
                "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: http",
                "Forwarded: for=203.0.113.9;proto=http;host=\"a\"", "X-Forwarded-Host: a", "Via: 1.1 lb");
    }

    @Test void replacesWhatAStrangerSaysAboutItselfInEverySpelling() {
        List<String> lines = edited("GET / HTTP/1.1", "Host: a", "X-Forwarded-For: 1.1.1.1", "x-forwarded-for: 2.2.2.2",
                "X_Forwarded_For: 3.3.3.3", "X-Forwarded_For: 3.3.3.4", "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil",
                "X-Forwarded-Port: 666", "X-Forwarded-Server: evil", "X-Forwarded-Ssl: on", "X-Forwarded-Scheme: https",
                "X-Forwarded-Prefix: /evil", "X-Forwarded-Whatever: evil", "X_Forwarded_Whatever: evil",
                "Forwarded: for=evil", "X_Real_IP: 4.4.4.4");
        assertThat(lines).containsExactly("GET / HTTP/1.1", "Host: a",
                "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: http",
                "Forwarded: for=203.0.113.9;proto=http;host=\"a\"", "X-Forwarded-Host: a", "Via: 1.1 lb");
    }

    @Test void replacesXRealIpOnlyWhereItWasSent() {
        assertThat(edited("GET / HTTP/1.1", "Host: a", "X-Real-IP: 6.6.6.6", "x-real-ip: 7.7.7.7"))
                .containsOnlyOnce("X-Real-IP: 203.0.113.9")
                        .noneMatch(each -> each.contains("6.6.6") || each.contains("7.7.7"));
        assertThat(edited("GET / HTTP/1.1", "Host: a")).noneMatch(each -> each.startsWith("X-Real"));
    }

    @Test void addsToTheWordsOfATrustedProxy() {
        assertThat(trusted("GET / HTTP/1.1", "Host: a", "X-Forwarded-For: 1.1.1.1, 2.2.2.2", "A: b",
                "X-Forwarded-For: 3.3.3.3", "X-Forwarded-For:", "Forwarded: for=1.1.1.1", "X-Forwarded-Proto: https",
                "X-Forwarded-Host: shop", "X-Real-IP: 1.1.1.1"))
                .containsExactly("GET / HTTP/1.1", "Host: a", "A: b", "X-Forwarded-Proto: https",
                        "X-Forwarded-Host: shop",
                        "X-Real-IP: 1.1.1.1", "X-Forwarded-For: 1.1.1.1, 2.2.2.2, 3.3.3.3, 203.0.113.9",
                        "Forwarded: for=1.1.1.1, for=203.0.113.9;proto=http;host=\"a\"", "Via: 1.1 lb");
    }

    @Test void tellsWhatATrustedProxyLeftOut() {
        assertThat(trusted("GET / HTTP/1.1", "Host: a")).containsExactly("GET / HTTP/1.1", "Host: a",
                "X-Forwarded-For: 203.0.113.9", "Forwarded: for=203.0.113.9;proto=http;host=\"a\"",
                "X-Forwarded-Proto: http", "X-Forwarded-Host: a", "Via: 1.1 lb");
    }

    @Test void tellsWhatATrustedProxySaysTheStandardWayOnly() {
        assertThat(trusted("GET / HTTP/1.1", "Host: a", "Forwarded: for=1.1.1.1;proto=https"))
                .contains("Forwarded: for=1.1.1.1;proto=https, for=" + STRANGER + ";proto=http;host=\"a\"",
                        "X-Forwarded-Proto: https");
        assertThat(trusted("GET / HTTP/1.1", "Host: a", "X-Forwarded-For: 1.1.1.1", "Forwarded: proto=https"))
                .as("a stranger's words passed on").contains("X-Forwarded-Proto: http");
        assertThat(edited("GET / HTTP/1.1", "Host: a", "Forwarded: proto=https"))
                .contains("X-Forwarded-Proto: http");
    }

    @Test void doesNotBelieveTheUnderscoresOfATrustedProxyEither() {
        assertThat(trusted("GET / HTTP/1.1", "Host: a", "X_Forwarded_Proto: https")).contains("X-Forwarded-Proto: http")
                .noneMatch(each -> each.contains("https"));
    }

    @Test void quotesAnIpv6Client() {
        assertThat(edited("2001:db8::7", false, true, false, "GET / HTTP/1.1", "Host: [::1]:80"))
                .contains("X-Forwarded-For: 2001:db8::7",
                        "Forwarded: for=\"[2001:db8::7]\";proto=http;host=\"[::1]:80\"");
    }

    @Test void namesAMappedIpv4ClientByItsIpv4Address() {
        assertThat(edited("::ffff:1.2.3.4", false, true, false, "GET / HTTP/1.1", "Host: a"))
                .contains("X-Forwarded-For: 1.2.3.4");
    }

    @Test void addsItsViaBehindThoseThatCame() {
        assertThat(edited("GET / HTTP/1.1", "Host: a", "Via: 1.0 x")).containsSubsequence("Via: 1.0 x", "Via: 1.1 lb");
    }

    @Test void removesWhatBelongsToTheClientsConnection() {
        List<String> lines = edited("GET / HTTP/1.1", "Host: a", "Connection: keep-alive, X-Mine", "X-Mine: 1",
                "x-mine: 2",
                "Keep-Alive: timeout=5", "Proxy-Connection: keep-alive", "Upgrade: websocket", "HTTP2-Settings: x",
                "TE: gzip", "Content-Length: 0", "Content_Length: 7", "Trailer: X-A");
        assertThat(lines.subList(0, 3)).containsExactly("GET / HTTP/1.1", "Host: a", "Trailer: X-A");
        assertThat(lines.get(3)).startsWith("X-Forwarded-For");
    }

    @Test void aNominationNeverTakesAwayWhatOthersRelyOn() {
        assertThat(edited("GET / HTTP/1.1", "Host: a", "Connection: host, cookie, authorization, X-Forwarded-For, via",
                "Cookie: c", "Authorization: d", "Via: 1.1 x"))
                .contains("Host: a", "Cookie: c", "Authorization: d", "Via: 1.1 x", "X-Forwarded-For: 203.0.113.9");
    }

    @Test void theHostOfAnAbsoluteTargetReplacesTheHostField() {
        assertThat(edited("GET http://b:81/p HTTP/1.1", "Host: a")).startsWith("GET /p HTTP/1.1", "Host: b:81")
                .doesNotContain("Host: a").contains("X-Forwarded-Host: b:81");
        assertThat(edited("GET http://b?q HTTP/1.1", "Host: a")).startsWith("GET /?q HTTP/1.1", "Host: b");
        assertThat(edited("OPTIONS http://b HTTP/1.1", "Host: a")).startsWith("OPTIONS * HTTP/1.1", "Host: b");
    }

    @Test void theBackendSeesItsOwnNameWhenTheHostIsNotPreserved() {
        assertThat(edited(STRANGER, false, false, false, "GET / HTTP/1.1", "Host: a"))
                .startsWith("GET / HTTP/1.1", "Host: [::1]:8081").doesNotContain("Host: a")
                        .contains("X-Forwarded-Host: a");
        assertThat(edited(STRANGER, false, false, false, "GET http://b/ HTTP/1.1", "Host: a"))
                .startsWith("GET / HTTP/1.1", "Host: [::1]:8081").contains("X-Forwarded-Host: b");
    }

    @Test void aRequestWithoutHostGetsTheBackendsName() {
        assertThat(edited("GET / HTTP/1.0")).containsExactly("GET / HTTP/1.1", "Host: [::1]:8081",
                "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: http",
                "Forwarded: for=203.0.113.9;proto=http", "Via: 1.0 lb");
    }

    @Test void countsMaxForwardsDownWhereItMeansSomething() {
        assertThat(edited("OPTIONS * HTTP/1.1", "Host: a", "Max-Forwards: 10")).contains("Max-Forwards: 9");
        assertThat(edited("TRACE / HTTP/1.1", "Host: a", "Max-Forwards: 1")).contains("Max-Forwards: 0");
        assertThat(edited("GET / HTTP/1.1", "Host: a", "Max-Forwards: 10")).contains("Max-Forwards: 10");
        assertThat(edited("OPTIONS * HTTP/1.1", "Host: a", "Max-Forwards: x")).contains("Max-Forwards: x");
        assertThat(edited("OPTIONS * HTTP/1.1", "Host: a", "Max-Forwards: 99999999999"))
                .contains("Max-Forwards: 999999999").doesNotContain("Max-Forwards: 99999999999");
        assertThat(edited("OPTIONS * HTTP/1.1", "Host: a", "Max-Forwards: 5", "Max-Forwards: 7"))
                .filteredOn(each -> each.startsWith("Max")).containsExactly("Max-Forwards: 4");
    }

    @Test void asksForTrailersInItsOwnName() {
        assertThat(edited("GET / HTTP/1.1", "Host: a", "TE: gzip, Trailers")).endsWith("TE: trailers", "Connection: TE")
                .doesNotContain("TE: gzip, Trailers");
        assertThat(edited("GET / HTTP/1.1", "Host: a", "TE: gzip")).noneMatch(each -> each.startsWith("TE"));
    }

    @Test void passesAnUpgradeOn() {
        assertThat(edited(STRANGER, false, true, true, "GET / HTTP/1.1", "Host: a", "Connection: keep-alive, upgrade",
                "Upgrade: websocket", "TE: trailers")).endsWith("Connection: Upgrade", "Upgrade: websocket")
                .filteredOn(each -> each.startsWith("Connection") || each.startsWith("TE")).hasSize(1);
    }

    @Test void anOldClientExpectsNothing() {
        assertThat(edited("POST / HTTP/1.0", "Host: a", "Expect: 100-continue"))
                .noneMatch(each -> each.startsWith("Expect"));
        assertThat(edited("POST / HTTP/1.1", "Host: a", "Expect: 100-continue")).contains("Expect: 100-continue");
    }

    @Test void aSecondAttemptIsEditedFromScratch() {
        Head head = Received.requestHead("OPTIONS http://b HTTP/1.1", "Host: a", "Max-Forwards: 4",
                "X-Real-IP: 1.1.1.1");
        ForwardingFields forwarding = forwarding(STRANGER, false);
        BackendRequest.edit(head, backend(), false, false, forwarding);
        BackendRequest.edit(head, backend(), true, false, forwarding);
        List<String> twice = lines(head);
        assertThat(twice).isEqualTo(edited("OPTIONS http://b HTTP/1.1", "Host: a", "Max-Forwards: 4",
                "X-Real-IP: 1.1.1.1"));
    }

    private static List<String> edited(String... lines) {
        return edited(STRANGER, false, true, false, lines);
    }

    private static List<String> trusted(String... lines) {
        return edited(STRANGER, true, true, false, lines);
    }

    private static List<String> edited(String client, boolean trusted, boolean preserveHost, boolean upgrade,
            String... lines) {
        Head head = Received.requestHead(lines);
        BackendRequest.edit(head, backend(), preserveHost, upgrade, forwarding(client, trusted));
        return lines(head);
    }

    private static ForwardingFields forwarding(String client, boolean trusted) {
        try {
            return new ForwardingFields(new InetSocketAddress(InetAddress.getByName(client), 40_000), trusted);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(client, e);
        }
    }

    private static Backend backend() {
        return new Backend(new BackendConfig("b", "::1", 8081, 1, BackendConfig.State.READY), () -> 0);
    }

    private static List<String> lines(Head head) {
        ByteBuf out = Unpooled.buffer();
        HeadWriter.request(head, out);
        String text = out.toString(StandardCharsets.ISO_8859_1);
        out.release();
        assertThat(text).endsWith("\r\n\r\n");
        return Arrays.asList(text.substring(0, text.length() - 4).split("\r\n", -1));
    }
}
