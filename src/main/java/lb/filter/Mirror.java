package lb.filter;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import lb.config.route.MirrorConfig;
import lb.connect.Connections;
import lb.http.FieldName;
import lb.http.Head;
import lb.pool.Backend;
import lb.pool.Pool;
import lb.proxy.Exchange;
import lb.proxy.Filter;
import lb.proxy.LocalAnswer;
import lb.proxy.MirrorRequest;

/**
 * Sends a copy of requests to another pool, too. A copy is the request as received, but for what is about the way it
 * takes: connection and forwarding fields, and a password that was meant for lb. Requests that ask for another protocol
 * have no copy.
 *
 * <p>Threading: any event loop, concurrently; the copies under way are counted together.
 */
final class Mirror implements Filter {
    private final Pool pool;
    private final double share;
    private final int most;
    private final boolean secret;
    private final AtomicInteger inFlight;

    /** @param secret the request's Authorization is for lb alone @param inFlight copies of the same route under way */
    Mirror(MirrorConfig config, Pool pool, boolean secret, AtomicInteger inFlight) {
        this.inFlight = inFlight;
        this.pool = pool;
        this.secret = secret;
        share = config.share();
        most = config.inFlight();
    }

    @Override public LocalAnswer request(Exchange exchange) {
        if (!drawn() || exchange.request().has(FieldName.UPGRADE)) return null;
        MirrorCopy copy = copy(exchange, exchange.lane().connections());
        if (copy != null) exchange.copyTo(copy);
        return null;
    }

    boolean drawn() {
        return share >= 1 || ThreadLocalRandom.current().nextDouble() < share;
    }

    /** @param connections of the exchange's lane. @return null where no copy can be made */
    MirrorCopy copy(Exchange exchange, Connections connections) {
        if (!enter()) return null;
        Backend backend = pool.pick(exchange.key(pool.config().balance().hash()));
        if (backend == null) {
            left();
            return null;
        }
        MirrorCopy copy = new MirrorCopy(this, exchange.lane(), head(exchange, backend), backend);
        return copy.begin(connections) ? copy : null;
    }

    private Head head(Exchange exchange, Backend backend) {
        Head head = exchange.lane().heads().acquire();
        head.copyFrom(exchange.request());
        MirrorRequest.edit(head, backend, pool, exchange);
        if (secret) head.removeAll(FieldName.AUTHORIZATION);
        return head;
    }

    Pool pool() {
        return pool;
    }

    int inFlight() {
        return inFlight.get();
    }

    private boolean enter() {
        if (inFlight.incrementAndGet() <= most) return true;
        left();
        return false;
    }

    /** A copy is over. */
    void left() {
        inFlight.decrementAndGet();
    }
}
