/**
 * lb, a standalone HTTP load balancer and reverse proxy.
 *
 * <p>Read the packages as a sentence: <b>listen → proxy → pool (balance) → connect</b>, config and http below, health
 * beside. A request goes along it and the answer comes back the same way, on one event loop, without a lock.
 *
 * <pre>
 * floor 5   lb         Main · Daemon · Topology                    wiring; sees everything, seen by nobody
 * floor 4   listen  health  filter  admin  observe  demo
 * floor 3   proxy      Exchange · Relay · RouteTable · RetryRule
 * floor 2   connect    balance  route  sticky
 * floor 1   pool       Backend · Pool · Balancer/Picker · Status
 * floor 0   config     http
 * </pre>
 *
 * A package imports from lower floors only, never sideways, never upwards; {@code ArchitectureTest} holds the table.
 *
 * <p>Threading: one <b>control thread</b> decides (reload, health, draining); <b>event loops</b> carry exchanges. The
 * admin listener and the two logs have a thread each, so that neither waits for the other.
 * Starting points: {@link lb.Main}.
 */
package lb;
