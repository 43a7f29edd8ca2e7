/**
 * What lb shows to its operators: a listener on loopback with calls to read status from. It changes nothing yet; calls
 * that do, metrics and a page get their line in {@link lb.admin.AdminRoutes}.
 *
 * <p>Starting points: {@link lb.admin.AdminServer}, {@link lb.admin.AdminRoutes}, {@link lb.admin.StatusSource}.
 *
 * <p>Threading: an event loop of its own, so that it answers when the lanes are busy. Imports: connect, pool, config,
 * Netty's HTTP codec, Jackson.
 */
package lb.admin;
