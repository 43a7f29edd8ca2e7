package lb.sticky;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lb.config.BackendConfig;
import lb.config.BackendConfig.State;
import lb.config.PoolConfig;
import lb.config.PreferenceConfig;
import lb.config.StickyConfig;
import lb.config.StickyConfig.SameSite;
import lb.config.WhenNoneEligible;
import lb.http.Head;
import lb.http.HeadWriter;
import lb.http.Received;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.pool.PoolFixture;

/** One replica of lb with a sticky pool, whose clocks stand still until a test moves them. */
final class StickyFixture {
    static final String COOKIE = "lb_shop";
    /** What the clock of the wall says at first: seconds since 1970. */
    static final long NOW = 1_800_000_000L;

    private long nanos;
    private long epochSeconds = NOW;
    private Pool pool;
    private Sticky sticky;

    StickyFixture(PoolConfig config) {
        reload(config);
    }

    static StickyFixture of(StickyConfig sticky, String... ids) {
        return new StickyFixture(config("shop", sticky, ids));
    }

    static StickyConfig cookie(Duration ttl, String... keys) {
        return new StickyConfig(COOKIE, null, ttl, false, SameSite.LAX, null, "/", List.of(keys));
    }

    static StickyConfig learn(Duration ttl) {
        return new StickyConfig(null, "SID", ttl, false, SameSite.LAX, null, "/", List.of());
    }

    static PoolConfig config(String name, StickyConfig sticky, String... ids) {
        BackendConfig[] backends = new BackendConfig[ids.length];
        for (int i = 0; i < ids.length; i++) backends[i] = backend(ids[i], 1, State.READY);
        return config(name, sticky, WhenNoneEligible.FAIL, backends);
    }

    /** Its {@code timeouts.drain} is a minute. */
    static PoolConfig config(String name, StickyConfig sticky, WhenNoneEligible none, BackendConfig... backends) {
        PoolConfig base = PoolFixture.config(null, List.of(backends));
        return new PoolConfig(name, base.backends(), base.balance(), null, base.retry(), base.timeouts(),
                base.limits(), base.connections(), true, null, Duration.ZERO, none, sticky, PreferenceConfig.DEFAULT);
    }

    static BackendConfig backend(String id, int weight, State state) {
        return new BackendConfig(id, "10.0.0.1", 80, weight, state);
    }

    static BackendConfig backup(String id) {
        return new BackendConfig(id, "10.0.0.1", 80, 1, State.READY, BackendConfig.BACKUP, null);
    }

    /** As a topology does it: the new pool has the old backends, and is opened after its sticky was made. */
    void reload(PoolConfig config) {
        List<Backend> backends = new ArrayList<>();
        for (BackendConfig each : config.backends()) {
            Backend old = pool == null ? null : find(each.id());
            backends.add(old != null ? old : new Backend(each, () -> nanos));
        }
        Pool before = pool;
        pool = new Pool(config, backends, up -> affinity -> up.get(0), Runnable::run, before);
        sticky = Stickies.of(pool, sticky, () -> epochSeconds, () -> nanos);
        pool.open();
        if (before != null) before.close();
    }

    void reload(BackendConfig... backends) {
        PoolConfig now = pool.config();
        reload(config(now.name(), now.sticky(), now.whenNoneEligible(), backends));
    }

    void pass(Duration time) {
        nanos += time.toNanos();
        epochSeconds += time.toSeconds();
    }

    /** Only the clock of the wall is put right. */
    void clockMoves(long seconds) {
        epochSeconds += seconds;
    }

    Pool pool() {
        return pool;
    }

    Sticky sticky() {
        return sticky;
    }

    Backend backend(String id) {
        Backend found = find(id);
        if (found == null) throw new AssertionError("no backend " + id);
        return found;
    }

    private Backend find(String id) {
        return pool.backends().stream().filter(each -> each.id().equals(id)).findFirst().orElse(null);
    }

    /** The id of the backend that has the session of a request with these Cookie lines, or null. */
    String session(String... cookies) {
        Backend backend = sticky.session(request(cookies)).backend();
        return backend == null ? null : backend.id();
    }

    /** The value of lb's cookie that a client without one gets. */
    String issued(String id) {
        return value(answered(id, "HTTP/1.1 200 OK"));
    }

    /** What the client gets: the fields of the response to a request with these Cookie lines. */
    String answered(String id, String statusLine, String... cookies) {
        return answered(id, Received.responseHead(statusLine, "Content-Length: 0"), cookies);
    }

    String answered(String id, Head response, String... cookies) {
        sticky.session(request(cookies)).answered(backend(id), response, false);
        ByteBuf out = Unpooled.buffer();
        HeadWriter.fields(response, out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /** The response of a backend that sets the application's cookie. */
    void sets(String id, String setCookie) {
        answered(id, Received.responseHead("HTTP/1.1 200 OK", "Content-Length: 0", "Set-Cookie: " + setCookie));
    }

    static Head request(String... cookies) {
        String[] lines = new String[cookies.length + 2];
        lines[0] = "GET / HTTP/1.1";
        lines[1] = "Host: shop";
        for (int i = 0; i < cookies.length; i++) lines[i + 2] = "Cookie: " + cookies[i];
        return Received.requestHead(lines);
    }

    /** The value of lb's cookie in what a client got; null when there is none. */
    static String value(String fields) {
        String before = "Set-Cookie: " + COOKIE + "=";
        int start = fields.indexOf(before);
        return start < 0 ? null : fields.substring(start + before.length(), fields.indexOf(';', start));
    }
}
