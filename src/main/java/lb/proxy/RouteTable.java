package lb.proxy;

import java.net.InetAddress;
import java.util.List;
import lb.config.AddressRange;
import lb.http.Head;
import lb.pool.Pool;

/**
 * Where the requests of one listener go. Immutable: an exchange reads it once and keeps what it got; a reload hands the
 * listener another one.
 *
 * @param listener       its name
 * @param pool           takes every request
 * @param trustedProxies clients whose forwarding fields are believed
 */
public record RouteTable(String listener, Pool pool, List<AddressRange> trustedProxies) {

    /** The pool for this request; never null. */
    Pool route(Head request) {
        return pool;
    }

    /** True for a client whose forwarding fields are believed. */
    public boolean trusts(InetAddress address) {
        for (AddressRange range : trustedProxies) {
            if (range.contains(address)) return true;
        }
        return false;
    }
}
