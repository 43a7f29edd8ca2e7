/**
 * Whether backends answer: probes on a schedule and what a row of them means, real requests and whom they eject.
 * Starting points: {@link lb.health.HealthChecker}, {@link lb.health.RiseFall}, {@link lb.health.TrafficWatch}.
 *
 * <p>Threading: everything belongs to the control thread; {@link lb.health.HealthView} may be read by anyone.
 * Imports: pool, config, Netty.
 */
package lb.health;
