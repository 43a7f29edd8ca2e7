package lb.pool;

/**
 * What a backend is good for now, derived from its causes. Only UP is eligible.
 *
 * <p>MAINT (the operator took it out) and DRAINING (the operator lets it run dry) win over DOWN (its probes fail),
 * which wins over EJECTED (its answers to real traffic were bad).
 */
public enum Status { UP, DOWN, DRAINING, EJECTED, MAINT }
