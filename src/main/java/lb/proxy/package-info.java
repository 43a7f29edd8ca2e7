/**
 * The exchange: one client request and its response, head to last byte, and everything that is decided about it.
 *
 * <p>Starting points: {@link lb.proxy.Exchange}, {@link lb.proxy.RetryRule}, {@link lb.proxy.ClientSide}.
 *
 * <p>Threading: an exchange and all it touches belong to one event loop. Imports: connect, route, sticky, pool, http,
 * config; of Netty its buffers, event loops and small tools.
 */
package lb.proxy;
