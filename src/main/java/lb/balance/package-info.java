/**
 * How pools spread load: one file per balancer, one line each in {@link lb.balance.Balancers}. Starting points:
 * {@link lb.balance.Balancers}, {@link lb.balance.WeightedRoundRobin}, {@link lb.balance.LeastRequests}.
 *
 * <table>
 * <caption>Which one</caption>
 * <tr><td>{@code weightedRoundRobin}</td><td>requests alike, backends alike or of known strength</td></tr>
 * <tr><td>{@code roundRobin}</td><td>the same, and every backend the same number whatever its weight</td></tr>
 * <tr><td>{@code random}</td><td>the same, with many instances of lb before one pool</td></tr>
 * <tr><td>{@code leastRequests}</td><td>requests of very different length</td></tr>
 * <tr><td>{@code leastLatency}</td><td>backends that may become slow, or are not equally far away</td></tr>
 * <tr><td>{@code hash}</td><td>backends that keep something for a client: a cache, a session</td></tr>
 * </table>
 *
 * <p>A balancer of your own needs no change of lb: a {@link lb.balance.BalancerProvider} in a jar that names it in
 * {@code META-INF/services/lb.balance.BalancerProvider}. The README shows one, from its source to the command that runs
 * it. What is done when membership or status changes belongs in front of the balancer's {@code return}; the picker
 * itself runs on every event loop at once and may neither lock nor wait.
 *
 * <p>Threading: a balancer belongs to the control thread, its pickers are asked on any event loop, concurrently.
 * Imports: pool, config; no Netty.
 */
package lb.balance;
