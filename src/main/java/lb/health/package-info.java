/**
 * Whether backends answer: probes on a schedule and what a row of them means, real requests and whom they eject,
 * and both together about backends that have gone silent.
 * Starting points: {@link lb.health.HealthChecker}, {@link lb.health.RiseFall}, {@link lb.health.TrafficWatch},
 * {@link lb.health.SilentBackends}.
 *
 * <p>Threading: everything belongs to the control thread; {@link lb.health.HealthView} and
 * {@link lb.health.EjectionView} may be read by anyone.
 * Imports: pool, connect, config, Netty.
 */
package lb.health;
