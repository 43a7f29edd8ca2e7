/**
 * Backends, who of them may be picked, who waits for one, and what more their pool can bear. Starting points:
 * {@link lb.pool.Backend}, {@link lb.pool.Pool}, {@link lb.pool.WaitingLine}, {@link lb.pool.Retries}.
 *
 * <p>Threading: changed on the control thread, picked from on any event loop. Imports: config; no Netty.
 */
package lb.pool;
