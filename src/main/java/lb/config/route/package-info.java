/**
 * What a route says: which requests it takes, where they go, and what happens to them on the way. Values only.
 *
 * <p>Starting points: {@link lb.config.route.RouteConfig}.
 *
 * <p>Threading: immutable. May import {@code lb.config}; no Netty, no Jackson.
 */
package lb.config.route;
