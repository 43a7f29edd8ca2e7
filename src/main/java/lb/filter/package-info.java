/**
 * The steps that a route puts between a client and a pool: who may come and how often, other paths, fields added and
 * removed, answers of lb's own, compression, copies for another pool.
 *
 * <p>Starting points: {@link lb.filter.Filters}, {@link lb.proxy.Filter}, which all of them are.
 *
 * <p>Threading: one object serves all event loops; nothing blocks, nothing is locked. May import {@code proxy} and the
 * floors below, and Netty.
 */
package lb.filter;
