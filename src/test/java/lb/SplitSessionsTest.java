package lb;

import static org.assertj.core.api.Assertions.assertThat;

import lb.testkit.Message;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client whose session is in one pool of a split stays there, wherever its requests come from. */
class SplitSessionsTest extends ProxyTest {
    private static final String OWN = "'sticky': { 'cookie': 'lb_s', 'keys': ['a key of enough length'] }";
    private static final String LEARNED = "'sticky': { 'learn': 'SID' }";

    private final ScriptedBackend left = named("left");
    private final ScriptedBackend right = named("right");
    private final ScriptedBackend other = named("other");
    private int clients;

    /** Sets the application's cookie, too. */
    private ScriptedBackend named(String name) {
        return backend().onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nSet-Cookie: SID=" + name
                + "\r\nContent-Length: " + name.length() + "\r\n\r\n" + name));
    }

    private String split(String sticky, int toLeft, int toRight) {
        return sticky + ", 'trustedProxies': ['127.0.0.1'], 'routes': [{ 'split': { 'left': " + toLeft
                + ", 'right': " + toRight + " } }], 'pools': { 'left': { 'backends': ['http://" + left.id()
                + "'] }, 'right': { 'backends': ['http://" + right.id() + "', 'http://" + other.id() + "'] } }";
    }

    /** Each from an address of its own. */
    private Message from(RawClient client, String cookie) {
        clients++;
        String address = "X-Forwarded-For: 198.51." + clients / 250 + "." + clients % 250;
        return client.send(get("/", address, "Cookie: a=b" + cookie)).readResponse();
    }

    private static String cookies(Message answer) {
        StringBuilder cookies = new StringBuilder();
        for (String line : answer.values("Set-Cookie")) cookies.append("; ").append(line.split(";")[0]);
        return cookies.toString();
    }

    /** @return the cookies of a session with that backend */
    private String sessionWith(RawClient client, String name) {
        for (int i = 0; i < 200; i++) {
            Message answer = from(client, "");
            if (answer.text().equals(name)) return cookies(answer);
        }
        throw new AssertionError("nobody came to " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, LEARNED})
    void staysInItsPoolWhereverItComesFrom(String sticky) {
        startFile(split(sticky, 1, 1));
        RawClient client = client();
        for (String name : new String[] {"left", "right", "other"}) {
            String cookies = sessionWith(client, name);
            for (int i = 0; i < 12; i++) assertThat(from(client, cookies).text()).isEqualTo(name);
        }
    }

    @Test void sessionsThatNobodyKnowsAreSharedAsClientsAre() {
        startFile(split(LEARNED, 1, 1));
        RawClient client = client();
        int toLeft = 0;
        for (int i = 0; i < 200; i++) {
            if (from(client, "; SID=unknown" + i).text().equals("left")) toLeft++;
        }
        assertThat(toLeft).isBetween(60, 140);
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, LEARNED})
    void aBackendThatIsOutLeavesThemInItsPool(String sticky) {
        startFile(split(sticky, 1, 1));
        RawClient client = client();
        String cookies = sessionWith(client, "right");
        reloadFile(split(sticky, 1, 1).replace("'http://" + right.id() + "'",
                "{ 'url': 'http://" + right.id() + "', 'state': 'maint' }"));
        for (int i = 0; i < 12; i++) assertThat(from(client, cookies).text()).isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, LEARNED})
    void aPoolWithoutAShareKeepsThemOnlyWithTheirBackend(String sticky) {
        startFile(split(sticky, 1, 1));
        RawClient client = client();
        String cookies = sessionWith(client, "right");
        reloadFile(split(sticky, 1, 0));
        for (int i = 0; i < 6; i++) assertThat(from(client, cookies).text()).isEqualTo("right");
        reloadFile(split(sticky, 1, 0).replace("'http://" + right.id() + "'",
                "{ 'url': 'http://" + right.id() + "', 'state': 'maint' }"));
        for (int i = 0; i < 6; i++) assertThat(from(client, cookies).text()).isEqualTo("left");
    }
}
