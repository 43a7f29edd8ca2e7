package lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.TreeMap;
import lb.testkit.LogCapture;
import lb.testkit.ScriptedBackend;
import org.junit.jupiter.api.Test;

/** Backends of one priority, or of lb's own zone, come before others. */
class PreferenceTest extends ProxyTest {
    private static final String PROBED = "'health': { 'interval': '50ms', 'timeout': '50ms', 'fall': 1, 'rise': 1 }, ";

    private final LogCapture log = open(LogCapture.of("lb.pool"));
    private final ScriptedBackend first = named("first");
    private final ScriptedBackend second = named("second");
    private final ScriptedBackend third = named("third");

    private ScriptedBackend named(String name) {
        return backend().onRequest(peer -> peer.reply("HTTP/1.1 200 OK\r\nContent-Length: " + name.length()
                + "\r\n\r\n" + name));
    }

    /** @param members what is said of the first, the second and the third */
    private String pool(String... members) {
        return "'backends': [{ 'url': 'http://%s', %s }, { 'url': 'http://%s', %s }, { 'url': 'http://%s', %s }]"
                .formatted(first.id(), members[0], second.id(), members[1], third.id(), members[2]);
    }

    private Map<String, Integer> answers(int requests) {
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < requests; i++) answers.merge(exchange(get("/")).text(), 1, Integer::sum);
        return answers;
    }

    private void logged(String line) {
        await().until(() -> log.lines().stream().anyMatch(each -> each.contains(line)));
    }

    @Test void theNextPriorityHelpsOutAndThenTakesOver() {
        startFile(PROBED + pool("'priority': 0", "'priority': 0", "'priority': 1"));
        assertThat(answers(8)).containsOnly(Map.entry("first", 4), Map.entry("second", 4));
        first.stopListening();
        logged("pool=default requests go 71% to priority 0, 29% to priority 1");
        assertThat(answers(100)).containsOnlyKeys("second", "third");
        second.stopListening();
        logged("pool=default requests go 100% to priority 1");
        assertThat(answers(4)).containsOnly(Map.entry("third", 4));
        first.listenAgain();
        second.listenAgain();
        logged("pool=default requests go 100% to priority 0");
        await().until(() -> answers(2).keySet().equals(Map.of("first", 1, "second", 1).keySet()));
    }

    @Test void itsOwnZoneIsPreferredAndAReloadMovesIt() {
        String zones = pool("'zone': 'a'", "'zone': 'b'", "'zone': 'c'");
        startFile("'zone': 'a', " + zones);
        assertThat(answers(4)).containsOnlyKeys("first");
        reloadFile("'zone': 'c', " + zones);
        assertThat(answers(4)).containsOnlyKeys("third");
        logged("pool=default requests go 100% to priority 0 in zone c");
        reloadFile(zones);
        assertThat(answers(6)).containsOnlyKeys("first", "second", "third");
    }

    @Test void anotherZoneAnswersWhenNobodyIsLeftInItsOwn() {
        first.stopListening();
        startFile("'zone': 'a', " + pool("'zone': 'a'", "'zone': 'b'", "'zone': 'b'"));
        assertThat(answers(4)).isNotEmpty().doesNotContainKeys("first", "");
    }
}
