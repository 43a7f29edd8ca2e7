/**
 * Connections to backends: dialling, keeping, giving back; and what else belongs to one event loop.
 *
 * <p>Starting points: {@link lb.connect.Lane}, {@link lb.connect.BackendConnections},
 * {@link lb.connect.Http1BackendSide}.
 *
 * <p>Words: a <b>lane</b> is one event loop with everything that only it may touch.
 *
 * <p>Threading: what has a state belongs to one event loop, but {@link lb.connect.Transport} and
 * {@link lb.connect.Dialler}, which serve them all. Imports: pool, http, config, Netty.
 */
package lb.connect;
