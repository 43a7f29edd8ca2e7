package lb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import lb.balance.Balancers;
import lb.config.Config;
import lb.config.file.ConfigProblems;
import lb.config.file.ConfigReader;
import lb.testkit.Configs;
import lb.testkit.LeakWatch;
import lb.testkit.Message;
import lb.testkit.RawClient;
import lb.testkit.ScriptedBackend;
import lb.testkit.Setup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A running lb between raw clients and scripted backends. What a test opens here is closed behind it, the last first;
 * no buffer may be lost in a class.
 */
@ExtendWith(LeakWatch.class)
abstract class ProxyTest {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Setup setup;
    private Daemon daemon;

    /** The only backend, unless the test starts lb with others. */
    final ScriptedBackend backend = backend();

    ProxyTest() {
        this(Setup.standard());
    }

    ProxyTest(Setup setup) {
        this.setup = setup;
    }

    @AfterEach void closeAll() throws Exception {
        Throwable first = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception | AssertionError e) {
                if (first == null) first = e;
                else first.addSuppressed(e);
            }
        }
        if (first != null) throw new AssertionError("could not close", first);
    }

    /** A further backend. */
    final ScriptedBackend backend() {
        return open(ScriptedBackend.start());
    }

    final <T extends AutoCloseable> T open(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    final Daemon start(Configs configs) {
        return start(configs.build());
    }

    final Daemon start(Config config) {
        try {
            daemon = open(Daemon.start(config, setup.transport(), setup.eventLoops()));
            return daemon;
        } catch (StartFailure e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Starts lb with a file such as an operator writes, on any port and with neither probes, ejection, slow start nor
     * admin listener unless it says otherwise.
     *
     * @param members of its root object, with single quotes in place of double ones
     */
    final Daemon startFile(String members) {
        return start(file(members));
    }

    final void reloadFile(String members) {
        reload(file(members));
    }

    private static Config file(String members) {
        StringBuilder text = new StringBuilder("{ ").append(members.replace('\'', '"'));
        for (String quiet : new String[] {"\"listen\": \"127.0.0.1:0\"", "\"health\": false", "\"outlier\": false",
            "\"slowStart\": false", "\"admin\": false"}) {
            if (!text.toString().contains(quiet.substring(0, quiet.indexOf(':')))) text.append(", ").append(quiet);
        }
        try {
            return new ConfigReader(Balancers.names(), name -> null).read(bytes(text.append(" }").toString()));
        } catch (ConfigProblems e) {
            throw new AssertionError(String.join("\n", e.lines("lb.json")), e);
        }
    }

    final void reload(Configs next) {
        reload(next.build());
    }

    final void reload(Config next) {
        try {
            daemon().reload(next);
        } catch (ReloadFailure e) {
            throw new AssertionError(e);
        }
    }

    /** The daemon, started with the defaults and {@link #backend} unless the test did otherwise before. */
    final Daemon daemon() {
        return daemon != null ? daemon : start(Configs.of(backend.port()));
    }

    /** A new connection to lb. */
    final RawClient client() {
        return open(RawClient.connect(daemon().port(Config.DEFAULT)));
    }

    /** A new connection to lb that takes little before it is read. */
    final RawClient slowClient() {
        return open(RawClient.connectWithSmallWindow(daemon().port(Config.DEFAULT)));
    }

    /** The response to this request on a connection of its own. */
    final Message exchange(String request) {
        return client().send(request).readResponse(request.substring(0, request.indexOf(' ')));
    }

    static String get(String target, String... fieldLines) {
        return request("GET", target, fieldLines);
    }

    /** A request without a body. */
    static String request(String method, String target, String... fieldLines) {
        StringBuilder head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        head.append("Host: shop.example\r\n");
        for (String line : fieldLines) head.append(line).append("\r\n");
        return head.append("\r\n").toString();
    }

    static String post(String body, String... fieldLines) {
        String head = request("POST", "/", fieldLines);
        return head.substring(0, head.length() - 2) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
