/**
 * Listeners and the clients' side of exchanges.
 *
 * <p>Starting points: {@link lb.listen.Listener}, {@link lb.listen.Http1ClientConnection}.
 *
 * <p>Threading: a listener is opened, changed and closed on the control thread; a client's side belongs to one event
 * loop. Imports: proxy and what is below it, Netty.
 */
package lb.listen;
