/**
 * Connections to backends: dialling, keeping, giving back; and what else belongs to one event loop.
 *
 * <p>Starting points: {@link lb.connect.Lane}, {@link lb.connect.BackendConnections},
 * {@link lb.connect.Http1BackendSide}.
 *
 * <p>Words: a <b>lane</b> is one event loop with everything that only it may touch.
 *
 * <p>Threading: every type but {@link lb.connect.Transport} belongs to one event loop. Imports: pool, http, config,
 * Netty.
 */
package lb.connect;
