/**
 * Finds the route that takes a request, at a cost that does not grow with the number of routes, and refuses paths that
 * would lead elsewhere if a backend read them in another way. Looks at the octets that are forwarded, makes no Strings.
 *
 * <pre>
 * host → a table of paths for the name, for every wildcard above it, and for all hosts     ({@code HostTable})
 * path → lists of candidates: that path, all below it, all that begins so                  ({@code PathTable})
 * of all candidates, the first in the order of the config whose other conditions hold      ({@code Candidate})
 * </pre>
 *
 * <p>Starting points: {@link lb.route.RouteIndex}.
 *
 * <p>Threading: immutable once built; any event loop. May import {@code http}, {@code config}.
 */
package lb.route;
