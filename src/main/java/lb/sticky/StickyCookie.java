package lb.sticky;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.LongSupplier;
import lb.config.StickyConfig;
import lb.config.Units;
import lb.http.FieldName;
import lb.http.Head;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.sticky.NamedBackends.Named;
import lb.sticky.VerifiedCookies.Verified;

/**
 * Sessions by a cookie of lb's own, which names the backend. All is in the cookie, so it works across restarts and on
 * every replica with the same keys, and the clients' number costs no memory.
 *
 * <pre>
 * the request's cookie                          then
 * valid, its backend may serve sessions         goes there
 * valid, signed by an older key                 goes there; the response brings a new one
 * valid, older than half its ttl                goes there; the response brings a new one
 * valid, its backend may not serve              goes to another; the response names that
 * malformed, forged, of another pool or cookie, ignored: goes anywhere; the response brings a new one
 *   expired, of the future, of no backend here
 * </pre>
 *
 * The name is lb's: where a backend gives that cookie a value of its own, be it another lb, the client does not get it,
 * or it would lose its session with every such response.
 *
 * <p>Of several valid cookies of the name, as a change of path or domain leaves them, the newest of those whose backend
 * may serve counts, else the newest. A response that a shared cache may store gets no cookie: the next one brings it.
 *
 * <p>The cookie says nothing of the client and is no secret between it and its backends: it goes on to them unchanged,
 * as every other does.
 *
 * <p>Threading: any event loop; no lock.
 */
final class StickyCookie implements Sticky {
    /** Seconds by which the clock of the replica that issued a cookie may be ahead. */
    static final int SKEW = 60;

    private final Pool pool;
    private final StickyConfig config;
    private final LongSupplier epochSeconds;
    private final CookieKeys keys;
    private final VerifiedCookies verified;
    private final NamedBackends named;
    private final Map<Backend, CookieLine> lines;
    private final long ttl;                         // seconds; Long.MAX_VALUE: as long as the browser keeps it
    private final Session none = new CookieSession(null, true);

    /** @param before of the pool whose place this one takes, or null */
    StickyCookie(Pool pool, StickyCookie before, LongSupplier epochSeconds) {
        this.pool = pool;
        this.epochSeconds = epochSeconds;
        config = pool.config().sticky();
        ttl = config.ttl() == null ? Long.MAX_VALUE : seconds(config.ttl());
        boolean same = before != null && before.verifiesLike(pool);
        keys = same ? before.keys : CookieKeys.of(config, pool.name());
        verified = same ? before.verified : new VerifiedCookies();
        named = new NamedBackends(pool.backends().size() * keys.count());
        lines = new IdentityHashMap<>(pool.backends().size());
        CookieLine.Form form = CookieLine.Form.of(config);
        for (Backend backend : pool.backends()) {
            for (int key = 0; key < keys.count(); key++) {
                named.add(keys.name(key, backend.id()), new Named(backend, key));
            }
            lines.put(backend, new CookieLine(form, keys, backend.id()));
        }
    }

    boolean isOf(Pool other) {
        return pool == other;
    }

    private boolean verifiesLike(Pool other) {
        StickyConfig its = other.config().sticky();
        return pool.name().equals(other.name()) && config.cookie().equals(its.cookie())
                && config.keys().equals(its.keys());
    }

    /** As Max-Age counts, rounded up: at least 1. */
    static long seconds(Duration ttl) {
        return ttl.plusNanos(999_999_999).toSeconds();
    }

    @Override public Session session(Head request) {
        RequestCookies cookies = new RequestCookies(request, config.cookie());
        Named best = null;
        Verified bestValue = null;
        long now = 0;
        while (cookies.next()) {
            Verified value = verified(request, cookies.start(), cookies.end());
            if (value == null) continue;
            Named backend = named.find(value.name());
            now = epochSeconds.getAsLong();
            if (backend == null || !inTime(value.issued(), now)) continue;
            if (best == null || better(backend, value.issued(), best, bestValue.issued())) {
                best = backend;
                bestValue = value;
            }
        }
        if (best == null) return none;
        // not twice the age: the longest ttl of all must not overflow
        boolean renew = best.key() > 0 || now - bestValue.issued() > ttl / 2;
        return new CookieSession(best.backend(), renew);
    }

    private boolean better(Named backend, long issued, Named than, long thanIssued) {
        boolean serves = pool.mayServeSessionsOf(backend.backend());
        return serves == pool.mayServeSessionsOf(than.backend()) ? issued > thanIssued : serves;
    }

    private boolean inTime(long issued, long now) {
        return issued <= now + SKEW && now - issued <= ttl;
    }

    /** Null when it is malformed, names nobody, or is not signed by the key by which it names somebody. */
    private Verified verified(Head request, int start, int end) {
        if (end - start != CookieValue.LENGTH) return null;
        Verified known = verified.find(request, start);
        if (known != null) return known;
        byte[] fields = new byte[CookieValue.SIZE];
        if (!CookieValue.decode(request, start, end, fields)) return null;
        Named backend = named.find(CookieValue.name(fields));
        if (backend == null || !keys.signed(backend.key(), fields)) return null;
        return verified.add(request, start, fields);
    }

    /** @param backend that the cookie names, or null @param renew the cookie should be replaced anyway */
    private final class CookieSession implements Session {
        private final Backend backend;
        private final boolean renew;

        CookieSession(Backend backend, boolean renew) {
            this.backend = backend;
            this.renew = renew;
        }

        @Override public Backend backend() {
            return kept() ? backend : null;
        }

        @Override public boolean known() {
            return backend != null;
        }

        @Override public boolean kept() {
            return backend != null && pool.mayServeSessionsOf(backend);
        }

        @Override public void answered(Backend by, Head response, boolean https) {
            if (response.has(FieldName.SET_COOKIE)) removeForeign(response);
            if (by == backend && !renew || SharedCaches.mayStore(response)) return;
            CookieLine line = lines.get(by);
            if (line != null) response.append(line.at(epochSeconds.getAsLong(), https));
        }
    }

    /** A deletion stays: who logs out may wish to be anybody's again. */
    private void removeForeign(Head response) {
        ResponseCookies cookies = new ResponseCookies(response, config.cookie());
        while (cookies.next()) response.remove(cookies.line());
    }

    @Override public String explain(Head request) {
        RequestCookies cookies = new RequestCookies(request, config.cookie());
        StringJoiner text = new StringJoiner(", ", "cookie " + config.cookie() + ": ", "");
        text.setEmptyValue("no cookie " + config.cookie());
        byte[] best = null;
        while (cookies.next()) {
            byte[] fields = new byte[CookieValue.SIZE];
            boolean formed = CookieValue.decode(request, cookies.start(), cookies.end(), fields);
            String wrong = formed ? wrong(fields) : "malformed";
            if (wrong != null) {
                text.add("ignored (" + wrong + ")");
            } else if (best == null || better(fields, best)) {
                best = fields;
            }
        }
        return best == null ? text.toString() : text.add(valid(best)).toString();
    }

    private boolean better(byte[] fields, byte[] than) {
        return better(named.find(CookieValue.name(fields)), CookieValue.issued(fields),
                named.find(CookieValue.name(than)), CookieValue.issued(than));
    }

    private String valid(byte[] fields) {
        Backend backend = named.find(CookieValue.name(fields)).backend();
        long age = Math.max(0, epochSeconds.getAsLong() - CookieValue.issued(fields));
        String which = "backend " + backend.id() + ", issued " + Units.show(Duration.ofSeconds(age)) + " ago";
        return pool.mayServeSessionsOf(backend) ? which : which + "; it may not serve now: " + backend.status();
    }

    /** Why a well-formed value is ignored; null when it is not. */
    private String wrong(byte[] fields) {
        Named backend = named.find(CookieValue.name(fields));
        boolean signed = false;
        for (int key = 0; key < keys.count(); key++) {
            signed |= (backend == null || backend.key() == key) && keys.signed(key, fields);
        }
        if (!signed) return "not signed by a key of this pool and cookie";
        if (backend == null) return "of a backend that the pool does not have";
        long issued = CookieValue.issued(fields);
        long now = epochSeconds.getAsLong();
        if (inTime(issued, now)) return null;
        return issued > now ? "issued in the future" : "expired";
    }
}
