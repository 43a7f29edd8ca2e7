package lb.sticky;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import lb.config.StickyConfig;
import lb.http.Head;
import lb.pool.Backend;
import lb.pool.Hash;
import lb.pool.Pool;
import lb.sticky.NamedBackends.Named;

/**
 * Sessions by a cookie of the application's: whichever backend sets it gets what comes with it.
 *
 * <pre>
 * the request's cookie                          then
 * its value learned, backend may serve          goes there
 * its value learned, backend may not serve      as one that is not known
 * its value not known                           goes by {@link Rendezvous} of the value
 * missing or empty                              goes anywhere
 * </pre>
 *
 * Of several cookies of the name the first learned one counts, else the first. Only what a response sets is learned:
 * where a value went by rendezvous is forgotten, as it would be found again. What is learned is known to this process
 * only; every other, and this one after a restart, takes the rendezvous.
 *
 * <p>Values are known by an unkeyed 64-bit hash: who makes his value meet another's sends his own requests to the
 * other's backend, and nothing more.
 *
 * <p>Threading: any event loop; no lock.
 */
final class LearnedSessions implements Sticky {
    static final Duration DEFAULT_TTL = Duration.ofHours(1);

    private final Pool pool;
    private final StickyConfig config;
    private final LongSupplier nanoClock;
    private final LearnedTable table;
    private final NamedBackends named;
    private final Rendezvous rendezvous;
    private final int ttl;                          // seconds
    private final Session none = new LearnedSession(null, false, false);

    /** @param before of the pool whose place this one takes, or null */
    LearnedSessions(Pool pool, LearnedSessions before, LongSupplier nanoClock) {
        this.pool = pool;
        this.nanoClock = nanoClock;
        config = pool.config().sticky();
        ttl = (int) StickyCookie.seconds(config.ttl() == null ? DEFAULT_TTL : config.ttl());
        boolean same = before != null && before.learnsLike(pool);
        table = same ? before.table : new LearnedTable();
        rendezvous = new Rendezvous(pool);
        named = new NamedBackends(pool.backends().size());
        for (Backend backend : pool.backends()) named.add(name(backend), new Named(backend, 0));
    }

    boolean isOf(Pool other) {
        return pool == other;
    }

    private boolean learnsLike(Pool other) {
        return pool.name().equals(other.name()) && config.learn().equals(other.config().sticky().learn());
    }

    private static long name(Backend backend) {
        long hash = Hash.of(backend.id());
        return hash == LearnedTable.NONE ? 1 : hash;
    }

    @Override public Session session(Head request) {
        RequestCookies cookies = new RequestCookies(request, config.learn());
        boolean any = false;
        boolean known = false;
        long first = 0;
        while (cookies.next()) {
            if (cookies.start() == cookies.end()) continue;
            long value = hash(request, cookies.start(), cookies.end());
            long name = table.used(value, now(), ttl);
            Named backend = named.find(name);
            if (backend != null && pool.mayServeSessionsOf(backend.backend())) {
                return new LearnedSession(backend.backend(), true, true);
            }
            known |= name != LearnedTable.NONE;
            if (!any) first = value;
            any = true;
        }
        return any ? new LearnedSession(rendezvous.pick(first), known, false) : none;
    }

    private static long hash(Head head, int start, int end) {
        long hash = Hash.BEGIN;
        for (int i = start; i < end; i++) hash = Hash.step(hash, head.octet(i));
        return Hash.end(hash);
    }

    /** Seconds; their beginning means nothing. */
    private int now() {
        return (int) TimeUnit.NANOSECONDS.toSeconds(nanoClock.getAsLong());
    }

    /** @param backend or null @param known it was learned @param own the backend is the one that was learned */
    private final class LearnedSession implements Session {
        private final Backend backend;
        private final boolean known;
        private final boolean own;

        LearnedSession(Backend backend, boolean known, boolean own) {
            this.backend = backend;
            this.known = known;
            this.own = own;
        }

        @Override public Backend backend() {
            return backend != null && pool.mayServeSessionsOf(backend) ? backend : null;
        }

        @Override public boolean known() {
            return known;
        }

        @Override public boolean kept() {
            return own && pool.mayServeSessionsOf(backend);
        }

        @Override public void answered(Backend by, Head response, boolean https) {
            ResponseCookies cookies = new ResponseCookies(response, config.learn());
            while (cookies.next()) {
                table.learn(hash(response, cookies.start(), cookies.end()), name(by), now());
            }
        }
    }

    @Override public String explain(Head request) {
        RequestCookies cookies = new RequestCookies(request, config.learn());
        String cookie = "cookie " + config.learn() + ": ";
        String gone = "";
        boolean any = false;
        long first = 0;
        while (cookies.next()) {
            if (cookies.start() == cookies.end()) continue;
            long value = hash(request, cookies.start(), cookies.end());
            long name = table.peek(value, now(), ttl);
            Named backend = named.find(name);
            if (backend != null && pool.mayServeSessionsOf(backend.backend())) {
                return cookie + "learned, backend " + backend.backend().id();
            }
            if (name != LearnedTable.NONE && gone.isEmpty()) gone = gone(backend);
            if (!any) first = value;
            any = true;
        }
        if (!any) return "no cookie " + config.learn();
        Backend picked = rendezvous.pick(first);
        String there = picked == null ? "no backend may serve it" : "by its hash, backend " + picked.id();
        return cookie + (gone.isEmpty() ? "not learned" : gone) + "; " + there;
    }

    /** @param backend or null: the pool has it no more */
    private static String gone(Named backend) {
        if (backend == null) return "learned of a backend that the pool does not have";
        return "learned of backend " + backend.backend().id() + ", which is " + backend.backend().status();
    }
}
